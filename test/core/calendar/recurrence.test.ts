import fc from 'fast-check';
import { RRule, rrulestr } from 'rrule';
import { addDays } from '../../../core/calendar/dates';
import type { LocalDate } from '../../../core/time';
import { occurrenceDates } from '../../../core/calendar/occurrences';
import { parseRrule } from '../../../core/calendar/parseRrule';
import {
	type Recurrence,
	RecurrenceError,
	readRecurrence,
	weekdays,
} from '../../../core/calendar/recurrence';
import { toRrule } from '../../../core/calendar/rrule';
import { moveSeries, splitSeries } from '../../../core/calendar/series';
import { zoneOf } from '../../../core/calendar/zone';
import { recurrences } from './arbitraries';

const lisbon = zoneOf('Europe/Lisbon') ?? fail();

function fail(): never {
	throw new Error('Europe/Lisbon is unknown');
}

const startAt = (date: LocalDate, time = '09:00:00') => ({ date, time, zone: lisbon });

function firstDates(recurrence: Recurrence, most = 40): LocalDate[] {
	const dates: LocalDate[] = [];
	for (const date of occurrenceDates(recurrence)) {
		if (dates.length === most) break;
		dates.push(date);
	}
	return dates;
}

describe('a recurrence as RRULE', () => {
	it('comes back the same from Graph → RRULE → Graph', () => {
		fc.assert(
			fc.property(recurrences, (recurrence) => {
				const text = toRrule(recurrence, lisbon);
				expect(parseRrule(text, startAt(recurrence.range.startDate))).toEqual(recurrence);
			}),
			{ numRuns: 1000 },
		);
	});

	it('comes back the same for all-day series, whose end is a day', () => {
		fc.assert(
			fc.property(recurrences, (recurrence) => {
				const text = toRrule(recurrence);
				const start = startAt(recurrence.range.startDate, '00:00:00');
				expect(text).not.toContain('Z');
				expect(parseRrule(text, start)).toEqual(recurrence);
			}),
		);
	});

	it('means the same days to an RFC 5545 library as the pattern does to us', () => {
		fc.assert(
			fc.property(recurrences, (recurrence) => {
				const { startDate } = recurrence.range;
				const rule = RRule.parseString(toRrule(recurrence));
				// A date's UNTIL means its whole day.
				if (rule.until) rule.until = new Date(rule.until.getTime() + 86_399_000);
				const expanded = new RRule({ ...rule, dtstart: new Date(`${startDate}T00:00:00Z`) });
				const horizon = new Date('2060-01-01T00:00:00Z');
				const theirs = expanded
					.between(new Date(`${startDate}T00:00:00Z`), horizon, true, (_, length) => length < 40)
					.slice(0, 40)
					.map((date) => date.toISOString().slice(0, 10));
				const ours = firstDates(recurrence).filter((date) => date <= '2060-01-01');
				expect(ours).toEqual(theirs);
			}),
			{ numRuns: 400 },
		);
	});

	it('ends at the last moment of the last day in the zone of the series', () => {
		const text = toRrule(
			{
				pattern: { type: 'daily', interval: 1 },
				range: { type: 'endDate', startDate: '2026-07-01', endDate: '2026-07-31' },
			},
			lisbon,
		);
		expect(text).toBe('FREQ=DAILY;UNTIL=20260731T225959Z');
		expect(rrulestr(text).options.until?.toISOString()).toBe('2026-07-31T22:59:59.000Z');
	});
});

describe('reading an RRULE', () => {
	const parse = (text: string, date = '2026-03-03') => parseRrule(text, startAt(date));

	it.each([
		['FREQ=DAILY', { type: 'daily', interval: 1 }],
		['RRULE:freq=daily;interval=3', { type: 'daily', interval: 3 }],
		[
			'FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR',
			{
				type: 'weekly',
				interval: 1,
				daysOfWeek: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
				firstDayOfWeek: 'monday',
			},
		],
		[
			'FREQ=WEEKLY',
			{ type: 'weekly', interval: 1, daysOfWeek: ['tuesday'], firstDayOfWeek: 'monday' },
		],
		['FREQ=MONTHLY', { type: 'absoluteMonthly', interval: 1, dayOfMonth: 3 }],
		['FREQ=MONTHLY;BYMONTHDAY=-1', { type: 'absoluteMonthly', interval: 1, dayOfMonth: 31 }],
		[
			'FREQ=MONTHLY;BYDAY=2TU',
			{ type: 'relativeMonthly', interval: 1, daysOfWeek: ['tuesday'], index: 'second' },
		],
		[
			'FREQ=MONTHLY;BYDAY=MO,FR;BYSETPOS=-1',
			{ type: 'relativeMonthly', interval: 1, daysOfWeek: ['monday', 'friday'], index: 'last' },
		],
		['FREQ=YEARLY', { type: 'absoluteYearly', interval: 1, month: 3, dayOfMonth: 3 }],
		[
			'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1',
			{ type: 'absoluteYearly', interval: 1, month: 2, dayOfMonth: 29 },
		],
	])('%s', (text, pattern) => {
		expect(parse(text).pattern).toEqual(pattern);
	});

	it('takes an UNTIL before the start of its day for the day before', () => {
		expect(parse('FREQ=DAILY;UNTIL=20260310T085959Z').range).toMatchObject({
			endDate: '2026-03-09',
		});
		expect(parse('FREQ=DAILY;UNTIL=20260310T090000Z').range).toMatchObject({
			endDate: '2026-03-10',
		});
		expect(parse('FREQ=DAILY;UNTIL=20260310').range).toMatchObject({ endDate: '2026-03-10' });
		// 23:30 UTC is the next day in Lisbon's summer.
		expect(parse('FREQ=DAILY;UNTIL=20260701T233000Z').range).toMatchObject({
			endDate: '2026-07-01',
		});
	});

	it.each([
		['', 'has no FREQ'],
		['FREQ=HOURLY', "FREQ=HOURLY can't be repeated by Outlook"],
		['FREQ=DAILY;BYHOUR=9', 'Outlook has no pattern for BYHOUR with FREQ=DAILY'],
		['FREQ=DAILY;INTERVAL=2;BYDAY=MO', 'BYDAY with FREQ=DAILY and an INTERVAL'],
		['FREQ=MONTHLY;BYMONTHDAY=1,15', 'BYMONTHDAY=1,15'],
		['FREQ=MONTHLY;BYDAY=TU', "doesn't say which of the month's days"],
		['FREQ=MONTHLY;BYDAY=5TU', '"the 5." of a month'],
		['FREQ=YEARLY;BYDAY=2TU', 'BYDAY with FREQ=YEARLY and no BYMONTH'],
		['FREQ=YEARLY;BYMONTH=13', 'BYMONTH=13 is not a number from 1 to 12'],
		['FREQ=DAILY;INTERVAL=0', 'INTERVAL=0 is not a number from 1 to 999'],
		['FREQ=DAILY;COUNT=2;UNTIL=20260401', 'has both COUNT and UNTIL'],
		['FREQ=DAILY;UNTIL=20260231', 'UNTIL=20260231 is no day or time'],
		['FREQ=DAILY;UNTIL=20260101', 'is before the start'],
		['FREQ=DAILY;FREQ=WEEKLY', 'has FREQ twice'],
		['FREQ=WEEKLY;BYDAY=XX', '"XX" is no day'],
		['DTSTART:20260101\nRRULE:FREQ=DAILY', 'has several lines'],
	])('refuses %p instead of keeping a part of it', (text, message) => {
		expect(() => parse(text)).toThrow(RecurrenceError);
		expect(() => parse(text)).toThrow(message);
	});
});

describe('splitting a series', () => {
	it('loses and invents no occurrence', () => {
		fc.assert(
			fc.property(recurrences, fc.nat(20), (recurrence, place) => {
				const all = firstDates(recurrence, 100);
				const cut = all[Math.min(place, all.length - 1)];
				fc.pre(cut !== undefined);
				const { before, after } = splitSeries(recurrence, cut);
				const parts = [...(before ? firstDates(before, 100) : []), ...firstDates(after, 100)];
				expect(parts.slice(0, 100)).toEqual(all.slice(0, Math.min(100, parts.length)));
				expect(parts.length).toBeGreaterThanOrEqual(all.length);
			}),
			{ numRuns: 500 },
		);
	});

	it('has nothing before its first occurrence', () => {
		const series: Recurrence = {
			pattern: { type: 'daily', interval: 1 },
			range: { type: 'numbered', startDate: '2026-03-02', numberOfOccurrences: 5 },
		};
		expect(splitSeries(series, '2026-03-02').before).toBeUndefined();
		expect(splitSeries(series, '2026-03-04')).toEqual({
			before: {
				pattern: series.pattern,
				range: { type: 'endDate', startDate: '2026-03-02', endDate: '2026-03-03' },
			},
			after: {
				pattern: series.pattern,
				range: { type: 'numbered', startDate: '2026-03-04', numberOfOccurrences: 3 },
			},
		});
	});
});

describe('moving a series', () => {
	it('moves weekly ones by whole days', () => {
		const weekly = fc.record({
			daysOfWeek: fc
				.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 })
				.map((chosen) => weekdays.filter((day) => chosen.includes(day))),
			by: fc.integer({ min: -6, max: 6 }),
		});
		fc.assert(
			fc.property(weekly, ({ daysOfWeek, by }) => {
				const pattern = {
					type: 'weekly',
					interval: 1,
					daysOfWeek,
					firstDayOfWeek: 'monday',
				} as const;
				const range = {
					type: 'numbered',
					startDate: '2026-03-02',
					numberOfOccurrences: 12,
				} as const;
				const [first = ''] = firstDates({ pattern, range }, 1);
				const started: Recurrence = { pattern, range: { ...range, startDate: first } };
				const moved = moveSeries(started, first, addDays(first, by));
				expect(firstDates(moved)).toEqual(firstDates(started).map((date) => addDays(date, by)));
			}),
		);
	});

	it('follows the day of the month and the weekday', () => {
		const range = { type: 'noEnd', startDate: '2026-03-10' } as const;
		const monthly: Recurrence = {
			pattern: { type: 'absoluteMonthly', interval: 1, dayOfMonth: 10 },
			range,
		};
		expect(moveSeries(monthly, '2026-04-10', '2026-04-12').pattern).toMatchObject({
			dayOfMonth: 12,
		});
		const second: Recurrence = {
			pattern: { type: 'relativeMonthly', interval: 1, daysOfWeek: ['tuesday'], index: 'second' },
			range,
		};
		expect(moveSeries(second, '2026-03-10', '2026-03-18')).toEqual({
			pattern: { type: 'relativeMonthly', interval: 1, daysOfWeek: ['wednesday'], index: 'third' },
			range: { type: 'noEnd', startDate: '2026-03-18' },
		});
	});
});

it("reads Graph's recurrence without what its type lacks", () => {
	expect(
		readRecurrence({
			pattern: {
				type: 'weekly',
				interval: 2,
				month: 0,
				dayOfMonth: 0,
				daysOfWeek: ['friday', 'monday'],
				firstDayOfWeek: 'sunday',
				index: 'first',
			},
			range: {
				type: 'noEnd',
				startDate: '2026-03-02',
				endDate: '0001-01-01',
				recurrenceTimeZone: 'GMT Standard Time',
				numberOfOccurrences: 0,
			},
		}),
	).toEqual({
		pattern: {
			type: 'weekly',
			interval: 2,
			daysOfWeek: ['monday', 'friday'],
			firstDayOfWeek: 'sunday',
		},
		range: { type: 'noEnd', startDate: '2026-03-02', recurrenceTimeZone: 'GMT Standard Time' },
	});
	expect(() =>
		readRecurrence({ pattern: { type: 'lunar' }, range: { startDate: '2026-03-02' } }),
	).toThrow('unknown pattern lunar');
});
