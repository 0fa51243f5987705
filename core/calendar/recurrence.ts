import type { LocalDate } from '../time';

/** In the week's order, Sunday first, as Graph's default week begins. */
export const weekdays = [
	'sunday',
	'monday',
	'tuesday',
	'wednesday',
	'thursday',
	'friday',
	'saturday',
] as const;

export type Weekday = (typeof weekdays)[number];

export const weekIndexes = ['first', 'second', 'third', 'fourth', 'last'] as const;

export type WeekIndex = (typeof weekIndexes)[number];

/** Graph's `recurrencePattern`, with just the properties that each type has. */
export type Pattern =
	| { readonly type: 'daily'; readonly interval: number }
	| {
			readonly type: 'weekly';
			readonly interval: number;
			readonly daysOfWeek: readonly Weekday[];
			readonly firstDayOfWeek: Weekday;
	  }
	| {
			readonly type: 'absoluteMonthly';
			readonly interval: number;
			/** 29 to 31 fall on the last day of a month that is shorter. */
			readonly dayOfMonth: number;
	  }
	| {
			readonly type: 'relativeMonthly';
			readonly interval: number;
			/** With several days the index counts all of them, e.g. the first weekday. */
			readonly daysOfWeek: readonly Weekday[];
			readonly index: WeekIndex;
	  }
	| {
			readonly type: 'absoluteYearly';
			readonly interval: number;
			/** 1 to 12. */
			readonly month: number;
			readonly dayOfMonth: number;
	  }
	| {
			readonly type: 'relativeYearly';
			readonly interval: number;
			readonly month: number;
			readonly daysOfWeek: readonly Weekday[];
			readonly index: WeekIndex;
	  };

/** Graph's `recurrenceRange`. */
export type Range = { readonly startDate: LocalDate; readonly recurrenceTimeZone?: string } & (
	| { readonly type: 'noEnd' }
	/** The last occurrence is on this day or before it. */
	| { readonly type: 'endDate'; readonly endDate: LocalDate }
	| { readonly type: 'numbered'; readonly numberOfOccurrences: number }
);

/** Graph's `patternedRecurrence`. */
export interface Recurrence {
	readonly pattern: Pattern;
	readonly range: Range;
}

/** A recurrence that Outlook has no pattern for, or that Graph answered in a shape that is not known. */
export class RecurrenceError extends Error {
	override readonly name = 'RecurrenceError';

	/** @param message completes "Recurrence Rule: …" */
	constructor(
		message: string,
		readonly nextStep?: string,
	) {
		super(message);
	}
}

interface LooseRecurrence {
	readonly pattern?: {
		readonly type?: string | null;
		readonly interval?: number;
		readonly dayOfMonth?: number;
		readonly month?: number;
		readonly daysOfWeek?: readonly string[] | null;
		readonly firstDayOfWeek?: string | null;
		readonly index?: string | null;
	} | null;
	readonly range?: {
		readonly type?: string | null;
		readonly startDate?: string | null;
		readonly endDate?: string | null;
		readonly numberOfOccurrences?: number;
		readonly recurrenceTimeZone?: string | null;
	} | null;
}

/**
 * A recurrence as Graph answers it, which fills every property, without those that its type lacks.
 * @throws {RecurrenceError}
 */
export function readRecurrence({ pattern, range }: LooseRecurrence): Recurrence {
	if (!pattern || !range?.startDate)
		throw new RecurrenceError('the series has no pattern or start');
	return { pattern: readPattern(pattern), range: readRange(range, range.startDate) };
}

function readPattern(pattern: NonNullable<LooseRecurrence['pattern']>): Pattern {
	const { type, interval = 1, dayOfMonth = 1, month = 1 } = pattern;
	const index = weekIndexes.find((each) => each === pattern.index) ?? 'first';
	const daysOfWeek = weekdays.filter((day) => pattern.daysOfWeek?.includes(day));
	const firstDayOfWeek = weekdays.find((day) => day === pattern.firstDayOfWeek) ?? 'sunday';
	switch (type) {
		case 'daily':
			return { type, interval };
		case 'weekly':
			return { type, interval, daysOfWeek, firstDayOfWeek };
		case 'absoluteMonthly':
			return { type, interval, dayOfMonth };
		case 'relativeMonthly':
			return { type, interval, daysOfWeek, index };
		case 'absoluteYearly':
			return { type, interval, month, dayOfMonth };
		case 'relativeYearly':
			return { type, interval, month, daysOfWeek, index };
		default:
			throw new RecurrenceError(`the series has the unknown pattern ${String(type)}`);
	}
}

function readRange(range: NonNullable<LooseRecurrence['range']>, startDate: LocalDate): Range {
	const { type, endDate, numberOfOccurrences, recurrenceTimeZone } = range;
	const common = { startDate, ...(recurrenceTimeZone && { recurrenceTimeZone }) };
	if (type === 'endDate' && endDate) return { ...common, type, endDate };
	if (type === 'numbered' && numberOfOccurrences) return { ...common, type, numberOfOccurrences };
	return { ...common, type: 'noEnd' };
}
