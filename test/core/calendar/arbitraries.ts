import fc from 'fast-check';
import { dateOfDay, dayNumber, daysInMonth } from '../../../core/calendar/dates';
import {
	type Pattern,
	type Recurrence,
	weekIndexes,
	weekdays,
} from '../../../core/calendar/recurrence';

const interval = fc.integer({ min: 1, max: 99 });
const days = fc
	.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 })
	.map((chosen) => weekdays.filter((day) => chosen.includes(day)));
const month = fc.integer({ min: 1, max: 12 });
const index = fc.constantFrom(...weekIndexes);
const monthAndDay = month.chain((value) =>
	fc.record({
		month: fc.constant(value),
		dayOfMonth: fc.integer({ min: 1, max: daysInMonth(2000, value) }),
	}),
);

/** Every pattern that Outlook's own form can make. */
export const patterns: fc.Arbitrary<Pattern> = fc.oneof(
	fc.record({ type: fc.constant('daily' as const), interval }),
	fc.record({
		type: fc.constant('weekly' as const),
		interval,
		daysOfWeek: days,
		firstDayOfWeek: fc.constantFrom(...weekdays),
	}),
	fc.record({
		type: fc.constant('absoluteMonthly' as const),
		interval,
		dayOfMonth: fc.integer({ min: 1, max: 31 }),
	}),
	fc.record({ type: fc.constant('relativeMonthly' as const), interval, daysOfWeek: days, index }),
	fc
		.record({ type: fc.constant('absoluteYearly' as const), interval, on: monthAndDay })
		.map(({ on, ...rest }) => ({ ...rest, ...on })),
	fc.record({
		type: fc.constant('relativeYearly' as const),
		interval,
		month,
		daysOfWeek: days,
		index,
	}),
);

const firstDay = dayNumber('2024-01-01');

export const recurrences: fc.Arbitrary<Recurrence> = fc
	.record({
		pattern: patterns,
		start: fc.integer({ min: firstDay, max: firstDay + 1500 }),
		lengthDays: fc.integer({ min: 0, max: 2000 }),
		count: fc.integer({ min: 1, max: 60 }),
		end: fc.constantFrom('noEnd' as const, 'endDate' as const, 'numbered' as const),
	})
	.map(({ pattern, start, lengthDays, count, end }) => {
		const common = { startDate: dateOfDay(start), recurrenceTimeZone: 'Europe/Lisbon' };
		if (end === 'noEnd') return { pattern, range: { ...common, type: end } };
		return end === 'numbered'
			? { pattern, range: { ...common, type: end, numberOfOccurrences: count } }
			: { pattern, range: { ...common, type: end, endDate: dateOfDay(start + lengthDays) } };
	});
