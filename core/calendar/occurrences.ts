import {
	type DayNumber,
	dateOfDay,
	dayNumber,
	dayOf,
	daysInMonth,
	parts,
	weekdayOf,
} from './dates';
import type { LocalDate } from '../time';
import {
	type Pattern,
	type Recurrence,
	type WeekIndex,
	type Weekday,
	weekdays,
} from './recurrence';

/** Graph's dates end here; a series without an end has no occurrence beyond. */
const lastDay = dayNumber('4500-08-31');

/** The days of a series in order, as its pattern and range say, exceptions left aside. */
export function* occurrenceDates({ pattern, range }: Recurrence): Generator<LocalDate, void, void> {
	const first = dayNumber(range.startDate);
	const last = range.type === 'endDate' ? dayNumber(range.endDate) : lastDay;
	let left = range.type === 'numbered' ? range.numberOfOccurrences : Infinity;
	for (const day of daysOf(pattern, first)) {
		if (day > last || left <= 0) return;
		if (day < first) continue;
		left -= 1;
		yield dateOfDay(day);
	}
}

function daysOf(pattern: Pattern, first: DayNumber): Iterable<DayNumber> {
	switch (pattern.type) {
		case 'daily':
			return everyDays(first, pattern.interval);
		case 'weekly':
			return weekly(pattern, first);
		case 'absoluteMonthly':
		case 'relativeMonthly':
			return monthly(pattern, parts(dateOfDay(first)), pattern.interval);
		case 'absoluteYearly':
		case 'relativeYearly': {
			const { year } = parts(dateOfDay(first));
			return monthly(pattern, { year, month: pattern.month }, pattern.interval * 12);
		}
	}
}

function* everyDays(first: DayNumber, interval: number): Generator<DayNumber, void, void> {
	for (let day = first; ; day += interval) yield day;
}

function* weekly(
	pattern: Extract<Pattern, { type: 'weekly' }>,
	first: DayNumber,
): Generator<DayNumber, void, void> {
	const weekStart = weekdays.indexOf(pattern.firstDayOfWeek);
	const offsets = pattern.daysOfWeek
		.map((day) => (weekdays.indexOf(day) - weekStart + 7) % 7)
		.sort((a, b) => a - b);
	if (offsets.length === 0) return;
	const firstWeek = first - ((weekdayOf(first) - weekStart + 7) % 7);
	for (let week = firstWeek; ; week += 7 * pattern.interval) {
		for (const offset of offsets) yield week + offset;
	}
}

function* monthly(
	pattern: Exclude<Pattern, { type: 'daily' | 'weekly' }>,
	{ year, month: firstMonth }: { readonly year: number; readonly month: number },
	stepMonths: number,
): Generator<DayNumber, void, void> {
	for (let month = firstMonth; ; month += stepMonths) {
		const days = daysInMonth(year, month);
		if ('dayOfMonth' in pattern) {
			yield dayOf(year, month, Math.min(pattern.dayOfMonth, days));
		} else {
			const day = relativeDay(dayOf(year, month, 1), days, pattern.daysOfWeek, pattern.index);
			if (day === undefined) return;
			yield day;
		}
	}
}

const indexPlace: Readonly<Record<WeekIndex, number>> = {
	first: 0,
	second: 1,
	third: 2,
	fourth: 3,
	last: -1,
};

function relativeDay(
	monthStart: DayNumber,
	days: number,
	daysOfWeek: readonly Weekday[],
	index: WeekIndex,
): DayNumber | undefined {
	const wanted = daysOfWeek.map((day) => weekdays.indexOf(day));
	return Array.from({ length: days }, (_, offset) => monthStart + offset)
		.filter((day) => wanted.includes(weekdayOf(day)))
		.at(indexPlace[index]);
}
