import { dayNumber, daysInMonth, parts, weekdayOf } from './dates';
import type { LocalDate } from '../time';
import {
	type Pattern,
	type Range,
	type Recurrence,
	RecurrenceError,
	type WeekIndex,
	type Weekday,
	weekIndexes,
	weekdays,
} from './recurrence';
import { endDateOf } from './until';
import type { Zone } from './zone';

/** The first occurrence, from which a rule takes what it doesn't say. */
export interface SeriesStart {
	readonly date: LocalDate;
	/** Local, e.g. `09:00:00`. */
	readonly time: string;
	readonly zone: Zone;
}

type Part =
	| 'FREQ'
	| 'INTERVAL'
	| 'BYDAY'
	| 'BYMONTHDAY'
	| 'BYMONTH'
	| 'BYSETPOS'
	| 'WKST'
	| 'COUNT'
	| 'UNTIL';
type Parts = ReadonlyMap<Part, string>;

/** By frequency, the parts that Outlook's patterns can say. */
const known: Readonly<Record<string, readonly Part[]>> = {
	DAILY: ['BYDAY'],
	WEEKLY: ['BYDAY'],
	MONTHLY: ['BYDAY', 'BYMONTHDAY', 'BYSETPOS'],
	YEARLY: ['BYDAY', 'BYMONTHDAY', 'BYMONTH', 'BYSETPOS'],
};
const knownEverywhere: readonly Part[] = ['FREQ', 'INTERVAL', 'WKST', 'COUNT', 'UNTIL'];

/**
 * Reads an RRULE of RFC 5545, with or without `RRULE:` before it.
 * @throws {RecurrenceError} for a rule that Outlook's patterns can't say, so that no rule is kept in part
 */
export function parseRrule(text: string, start: SeriesStart): Recurrence {
	const rule = readParts(text);
	return { pattern: patternOf(rule, start), range: rangeOf(rule, start) };
}

function readParts(text: string): Parts {
	const line = text.trim().replace(/^RRULE:/i, '');
	if (/[\r\n]/.test(line)) {
		throw new RecurrenceError(
			'has several lines',
			'Enter the RRULE line alone; the start comes from Start.',
		);
	}
	const rule = new Map<Part, string>();
	for (const piece of line.split(';').filter((each) => each !== '')) {
		const [name = '', value = '', ...rest] = piece.toUpperCase().split('=');
		if (value === '' || rest.length > 0) throw new RecurrenceError(`"${piece}" is not NAME=value`);
		if (rule.has(name as Part)) throw new RecurrenceError(`has ${name} twice`);
		rule.set(name as Part, value);
	}
	const frequency = rule.get('FREQ');
	const allowed = frequency === undefined ? undefined : known[frequency];
	if (!allowed) {
		throw new RecurrenceError(
			frequency === undefined ? 'has no FREQ' : `FREQ=${frequency} can't be repeated by Outlook`,
			'Use FREQ=DAILY, WEEKLY, MONTHLY or YEARLY, as in FREQ=WEEKLY;BYDAY=MO,WE;COUNT=10.',
		);
	}
	for (const name of rule.keys()) {
		if (!allowed.includes(name) && !knownEverywhere.includes(name))
			throw cannot(`${name} with FREQ=${frequency}`);
	}
	return rule;
}

function patternOf(rule: Parts, start: SeriesStart): Pattern {
	const interval = wholeNumber(rule, 'INTERVAL', rule.get('FREQ') === 'DAILY' ? 999 : 99) ?? 1;
	const { month: startMonth, day: startDay } = parts(start.date);
	const byDay = rule.get('BYDAY');
	switch (rule.get('FREQ')) {
		case 'DAILY':
			if (byDay === undefined) return { type: 'daily', interval };
			if (interval !== 1) throw cannot('BYDAY with FREQ=DAILY and an INTERVAL');
			return weekly(rule, start, interval);
		case 'WEEKLY':
			return weekly(rule, start, interval);
		case 'MONTHLY':
			return byDay === undefined
				? { type: 'absoluteMonthly', interval, dayOfMonth: monthDay(rule, 28, 31) ?? startDay }
				: { type: 'relativeMonthly', interval, ...relative(rule, byDay) };
		default: {
			const month = wholeNumber(rule, 'BYMONTH', 12) ?? startMonth;
			if (byDay !== undefined) {
				if (!rule.has('BYMONTH')) throw cannot('BYDAY with FREQ=YEARLY and no BYMONTH');
				return { type: 'relativeYearly', interval, month, ...relative(rule, byDay) };
			}
			const longest = daysInMonth(2000, month);
			const dayOfMonth = monthDay(rule, daysInMonth(2001, month), longest) ?? startDay;
			return { type: 'absoluteYearly', interval, month, dayOfMonth };
		}
	}
}

function weekly(rule: Parts, start: SeriesStart, interval: number): Pattern {
	const byDay = rule.get('BYDAY');
	const startWeekday = weekdays[weekdayOf(dayNumber(start.date))] ?? 'monday';
	return {
		type: 'weekly',
		interval,
		daysOfWeek: byDay === undefined ? [startWeekday] : dayList(byDay),
		// RFC 5545's week begins on Monday where the rule says nothing, Graph's on Sunday.
		firstDayOfWeek: weekday(rule.get('WKST') ?? 'MO'),
	};
}

/**
 * A day of the month. `-1` is its last day, and so is, by RFC 5545's idiom, a list up to a day that
 * not every month has, with `BYSETPOS=-1`.
 */
function monthDay(rule: Parts, sureDays: number, longest: number): number | undefined {
	const days = rule.get('BYMONTHDAY')?.split(',').map(Number);
	const place = rule.get('BYSETPOS');
	if (!days) {
		if (place !== undefined) throw cannot('BYSETPOS without BYDAY or BYMONTHDAY');
		return undefined;
	}
	const [first = NaN] = days;
	const last = days.at(-1) ?? NaN;
	if (days.length === 1 && place === undefined) {
		if (first === -1) return longest;
		if (first >= 1 && first <= longest) return first;
	}
	const isRun = days.every((day, index) => day === sureDays + index);
	if (days.length > 1 && place === '-1' && isRun && last <= longest) return last;
	throw cannot(`BYMONTHDAY=${days.join(',')}${place === undefined ? '' : `;BYSETPOS=${place}`}`);
}

function relative(rule: Parts, byDay: string): { daysOfWeek: Weekday[]; index: WeekIndex } {
	if (rule.has('BYMONTHDAY')) throw cannot('BYDAY together with BYMONTHDAY');
	const [, inDay, code] = /^([+-]?\d)([A-Z]{2})$/.exec(byDay) ?? [];
	const place = rule.get('BYSETPOS');
	if (inDay !== undefined && code !== undefined && place === undefined) {
		return { daysOfWeek: [weekday(code)], index: weekIndex(inDay) };
	}
	if (place === undefined) {
		throw new RecurrenceError(
			`BYDAY=${byDay} doesn't say which of the month's days`,
			'Name one, as in BYDAY=2TU, or add BYSETPOS, as in BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1.',
		);
	}
	return { daysOfWeek: dayList(byDay), index: weekIndex(place) };
}

function rangeOf(rule: Parts, start: SeriesStart): Range {
	const { date: startDate, zone } = start;
	const common = { startDate, recurrenceTimeZone: zone.name };
	const until = rule.get('UNTIL');
	const numberOfOccurrences = wholeNumber(rule, 'COUNT', 999);
	if (numberOfOccurrences !== undefined) {
		if (until !== undefined)
			throw new RecurrenceError('has both COUNT and UNTIL', 'Keep one of them.');
		return { ...common, type: 'numbered', numberOfOccurrences };
	}
	if (until === undefined) return { ...common, type: 'noEnd' };
	const endDate = endDateOf(until, start.time, zone);
	if (endDate === undefined) {
		throw new RecurrenceError(
			`UNTIL=${until} is no day or time`,
			'Write it like UNTIL=20261231 or UNTIL=20261231T235959Z.',
		);
	}
	if (endDate < startDate) throw new RecurrenceError(`UNTIL=${until} is before the start`);
	return { ...common, type: 'endDate', endDate };
}

function dayList(list: string): Weekday[] {
	const days = list.split(',').map(weekday);
	return weekdays.filter((day) => days.includes(day));
}

function weekday(code: string): Weekday {
	const day = weekdays.find((each) => each.slice(0, 2).toUpperCase() === code);
	if (!day) {
		throw new RecurrenceError(`"${code}" is no day`, 'Use SU, MO, TU, WE, TH, FR and SA.');
	}
	return day;
}

function weekIndex(place: string): WeekIndex {
	const number = Number(place);
	const index = number === -1 ? 'last' : weekIndexes[number - 1];
	if (!index || number > 4) throw cannot(`"the ${place}." of a month (only 1 to 4 and -1)`);
	return index;
}

/** Exchange counts days and occurrences to 999, and weeks, months and years to 99. */
function wholeNumber(rule: Parts, name: Part, most: number): number | undefined {
	const value = rule.get(name);
	if (value === undefined) return undefined;
	const number = /^\d+$/.test(value) ? Number(value) : NaN;
	if (number >= 1 && number <= most) return number;
	throw new RecurrenceError(`${name}=${value} is not a number from 1 to ${most}`);
}

function cannot(what: string): RecurrenceError {
	return new RecurrenceError(
		`Outlook has no pattern for ${what}`,
		'Simplify the rule, or create several series.',
	);
}
