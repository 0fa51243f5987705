import { addDays, dayNumber, dayOf, daysInMonth, parts, weekdayOf } from './dates';
import type { LocalDate } from '../time';
import { occurrenceDates } from './occurrences';
import { type Pattern, type Recurrence, type Weekday, weekIndexes, weekdays } from './recurrence';

/** A series cut at one of its occurrences. */
export interface SplitSeries {
	/** The occurrences before the cut; `undefined` where there are none. */
	readonly before: Recurrence | undefined;
	/** The cut's occurrence and those after it, on the days they had. */
	readonly after: Recurrence;
}

/**
 * Cuts a series before one of its occurrences, which keeps the total of a numbered one.
 * @param date the day that the series' pattern gave the occurrence, not one it was moved to
 */
export function splitSeries(series: Recurrence, date: LocalDate): SplitSeries {
	const { pattern, range } = series;
	let earlier = 0;
	let lastBefore: LocalDate | undefined;
	for (const day of occurrenceDates(series)) {
		if (day >= date) break;
		earlier += 1;
		lastBefore = day;
	}
	const { startDate, recurrenceTimeZone } = range;
	const zone = recurrenceTimeZone === undefined ? {} : { recurrenceTimeZone };
	return {
		before:
			lastBefore === undefined
				? undefined
				: { pattern, range: { ...zone, startDate, type: 'endDate', endDate: lastBefore } },
		after: {
			pattern,
			range:
				range.type === 'numbered'
					? {
							...range,
							startDate: date,
							numberOfOccurrences: Math.max(1, range.numberOfOccurrences - earlier),
						}
					: { ...range, startDate: date },
		},
	};
}

/**
 * The series when its occurrence of one day moves to another, and all others with it: Mondays
 * become Tuesdays, the 3rd becomes the 4th.
 */
export function moveSeries(series: Recurrence, from: LocalDate, to: LocalDate): Recurrence {
	const days = dayNumber(to) - dayNumber(from);
	if (days === 0) return series;
	const { range } = series;
	const startDate = addDays(range.startDate, days);
	return {
		pattern: movePattern(series.pattern, days, startDate),
		range:
			range.type === 'endDate'
				? { ...range, startDate, endDate: addDays(range.endDate, days) }
				: { ...range, startDate },
	};
}

function movePattern(pattern: Pattern, days: number, startDate: LocalDate): Pattern {
	const { month, day: dayOfMonth } = parts(startDate);
	switch (pattern.type) {
		case 'daily':
			return pattern;
		case 'weekly':
			return { ...pattern, daysOfWeek: shiftWeekdays(pattern.daysOfWeek, days) };
		case 'absoluteMonthly':
			return { ...pattern, dayOfMonth };
		case 'absoluteYearly':
			return { ...pattern, month, dayOfMonth };
		case 'relativeMonthly':
			return { ...pattern, ...relativeTo(startDate) };
		case 'relativeYearly':
			return { ...pattern, month, ...relativeTo(startDate) };
	}
}

function shiftWeekdays(daysOfWeek: readonly Weekday[], days: number): Weekday[] {
	const shifted = daysOfWeek.map((day) => (((weekdays.indexOf(day) + days) % 7) + 7) % 7);
	return weekdays.filter((_, index) => shifted.includes(index));
}

/** A day as "the second Tuesday"; what may be a fifth is the last. */
export function relativeTo(date: LocalDate): {
	readonly daysOfWeek: readonly Weekday[];
	readonly index: (typeof weekIndexes)[number];
} {
	const { year, month, day } = parts(date);
	const weekday = weekdays[weekdayOf(dayOf(year, month, day))] ?? 'monday';
	const isLast = day + 7 > daysInMonth(year, month);
	const place = Math.floor((day - 1) / 7);
	return { daysOfWeek: [weekday], index: isLast ? 'last' : (weekIndexes[place] ?? 'last') };
}
