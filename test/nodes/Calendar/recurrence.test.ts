import fc from 'fast-check';
import { parseRrule } from '../../../core/calendar/parseRrule';
import { weekIndexes, weekdays } from '../../../core/calendar/recurrence';
import { toRrule } from '../../../core/calendar/rrule';
import { zoneOf } from '../../../core/calendar/zone';
import type { RecurrenceForm } from '../../../nodes/Calendar/fields/recurrence';
import { recurrenceOf, recurrenceOfRule } from '../../../nodes/Calendar/recurrence';

const zoneNames = ['Europe/Lisbon', 'Pacific Standard Time', 'Asia/Kathmandu', 'UTC'] as const;

const days = fc.uniqueArray(fc.constantFrom(...weekdays));

/** Whatever somebody may fill into the form. */
const forms: fc.Arbitrary<RecurrenceForm> = fc.record({
	repeat: fc.constantFrom(
		'daily',
		'weekly',
		'absoluteMonthly',
		'relativeMonthly',
		'absoluteYearly',
		'relativeYearly',
	),
	repeatInterval: fc.integer({ min: 1, max: 99 }),
	repeatDays: days,
	repeatWeek: fc.constantFrom('start', ...weekIndexes),
	repeatWeekdays: days,
	repeatUntil: fc.constantFrom('noEnd', 'numbered', 'endDate'),
	repeatCount: fc.integer({ min: 1, max: 999 }),
	repeatEndDay: fc.constant({ kind: 'local', text: '2031-05-17T00:00:00' }),
	recurrenceRule: fc.constant(''),
});

const starts = fc
	.date({ min: new Date('2024-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
	.map((date) => ({ kind: 'local' as const, text: date.toISOString().slice(0, 19) }));

it('form → Graph → RRULE → Graph', () => {
	fc.assert(
		fc.property(forms, starts, fc.constantFrom(...zoneNames), (form, start, zoneName) => {
			const zone = zoneOf(zoneName);
			if (!zone) throw new Error(`${zoneName} is unknown`);
			const fromForm = recurrenceOf(form, start, zone);
			if (!fromForm) throw new Error('The form says that it repeats');
			const text = toRrule(fromForm, zone);
			expect(recurrenceOfRule(text, start, zone)).toEqual(fromForm);
			const date = start.text.slice(0, 10);
			expect(parseRrule(text, { date, time: start.text.slice(11), zone })).toEqual(fromForm);
		}),
		{ numRuns: 1000 },
	);
});

it('takes from the start what the form leaves empty', () => {
	const zone = zoneOf('Europe/Lisbon');
	if (!zone) throw new Error('Europe/Lisbon is unknown');
	// The last Tuesday of March.
	const start = { kind: 'local', text: '2026-03-31T09:00:00' } as const;
	const form: RecurrenceForm = {
		repeat: 'relativeMonthly',
		repeatInterval: 1,
		repeatDays: undefined,
		repeatWeek: 'start',
		repeatWeekdays: [],
		repeatUntil: 'noEnd',
		repeatCount: undefined,
		repeatEndDay: undefined,
		recurrenceRule: undefined,
	};
	expect(recurrenceOf(form, start, zone)?.pattern).toEqual({
		type: 'relativeMonthly',
		interval: 1,
		daysOfWeek: ['tuesday'],
		index: 'last',
	});
	expect(recurrenceOf({ ...form, repeat: 'never' }, start, zone)).toBeUndefined();
	expect(() => recurrenceOf({ ...form, repeatUntil: 'endDate' }, start, zone)).toThrow(
		'Last Possible Day: is empty',
	);
	expect(() => recurrenceOf({ ...form, repeatInterval: 100 }, start, zone)).toThrow(
		'Repeat Every: is 100',
	);
});
