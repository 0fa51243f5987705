import { RRule, type Options, type Weekday } from 'rrule';
import type { LocalDate } from '../../../core/time';
import type { StoredRecurrence } from './types';

const days: Readonly<Record<string, Weekday>> = {
	monday: RRule.MO,
	tuesday: RRule.TU,
	wednesday: RRule.WE,
	thursday: RRule.TH,
	friday: RRule.FR,
	saturday: RRule.SA,
	sunday: RRule.SU,
};

const places: Readonly<Record<string, number>> = {
	first: 1,
	second: 2,
	third: 3,
	fourth: 4,
	last: -1,
};

/** The days of a series between two days, both included. */
export function daysBetween(
	recurrence: StoredRecurrence,
	from: LocalDate,
	until: LocalDate,
): LocalDate[] {
	const rule = new RRule(optionsOf(recurrence));
	return rule
		.between(utcDay(from), utcDay(until), true)
		.map((date) => date.toISOString().slice(0, 10));
}

/** The first days of a series. */
export function firstDays(recurrence: StoredRecurrence, count: number): LocalDate[] {
	const found: LocalDate[] = [];
	new RRule(optionsOf(recurrence)).all((date) => {
		found.push(date.toISOString().slice(0, 10));
		return found.length < count;
	});
	return found;
}

// The library reckons in UTC days: the hour and the zone are added by who asks.
function optionsOf({ pattern, range }: StoredRecurrence): Partial<Options> {
	const weekdays = (pattern.daysOfWeek ?? []).flatMap((name) => days[name.toLowerCase()] ?? []);
	const common: Partial<Options> = {
		dtstart: utcDay(range.startDate),
		interval: pattern.interval,
		...(range.type === 'endDate' &&
			range.endDate !== undefined && { until: utcDay(range.endDate) }),
		...(range.type === 'numbered' &&
			range.numberOfOccurrences !== undefined && { count: range.numberOfOccurrences }),
	};
	const inMonth = (): Partial<Options> =>
		pattern.type.startsWith('relative')
			? { byweekday: weekdays, bysetpos: places[pattern.index ?? 'first'] ?? 1 }
			: lastPossible(pattern.dayOfMonth ?? 1);
	switch (pattern.type) {
		case 'daily':
			return { ...common, freq: RRule.DAILY };
		case 'weekly':
			return {
				...common,
				freq: RRule.WEEKLY,
				byweekday: weekdays,
				wkst: days[(pattern.firstDayOfWeek ?? 'sunday').toLowerCase()] ?? RRule.SU,
			};
		case 'absoluteMonthly':
		case 'relativeMonthly':
			return { ...common, freq: RRule.MONTHLY, ...inMonth() };
		default:
			return { ...common, freq: RRule.YEARLY, bymonth: pattern.month ?? 1, ...inMonth() };
	}
}

/** Outlook takes the last day of a month that is shorter. */
function lastPossible(dayOfMonth: number): Partial<Options> {
	const from = Math.min(dayOfMonth, 28);
	const candidates = Array.from({ length: dayOfMonth - from + 1 }, (_, index) => from + index);
	return { bymonthday: candidates, bysetpos: -1 };
}

function utcDay(date: LocalDate): Date {
	return new Date(`${date}T00:00:00Z`);
}
