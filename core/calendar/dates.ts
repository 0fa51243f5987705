import type { LocalDate } from '../time';

/** A day as the count of days since 1970-01-01: days of the calendar have no zone and no clock. */
export type DayNumber = number;

const dayMs = 86_400_000;

export const dayNumber = (date: LocalDate): DayNumber => Date.parse(`${date}T00:00:00Z`) / dayMs;

export const dateOfDay = (day: DayNumber): LocalDate =>
	new Date(day * dayMs).toISOString().slice(0, 10);

export const addDays = (date: LocalDate, days: number): LocalDate =>
	dateOfDay(dayNumber(date) + days);

/** 0 is Sunday. */
export const weekdayOf = (day: DayNumber): number => (((day + 4) % 7) + 7) % 7;

export interface YearMonthDay {
	readonly year: number;
	/** 1 to 12. */
	readonly month: number;
	readonly day: number;
}

export function parts(date: LocalDate): YearMonthDay {
	const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
	return { year, month, day };
}

/** @param month counts on beyond December: 13 is January of the next year */
export const dayOf = (year: number, month: number, day: number): DayNumber =>
	Date.UTC(year, month - 1, day) / dayMs;

export const daysInMonth = (year: number, month: number): number =>
	new Date(Date.UTC(year, month, 0)).getUTCDate();
