import { clockAt } from '../time';
import type { Zone } from './zone';

export type Availability = 'free' | 'tentative' | 'busy' | 'oof' | 'unknown';

/** From the most available to the least. */
const availabilities = ['free', 'tentative', 'unknown', 'busy', 'oof'] as const;

/** https://learn.microsoft.com/graph/outlook-get-free-busy-schedule; 4 is what Exchange has for working elsewhere. */
const ofDigit: Readonly<Record<string, Availability>> = {
	'0': 'free',
	'1': 'tentative',
	'2': 'busy',
	'3': 'oof',
	'4': 'free',
};

export interface WorkingHours {
	/** 0 is Sunday. */
	readonly weekdays: readonly number[];
	/** Minutes since midnight, in the zone. */
	readonly fromMinute: number;
	readonly untilMinute: number;
	readonly zone: Zone;
}

/** What is known of somebody's time from `startMs` on, in cells of equal length. */
export interface Schedule {
	readonly address: string;
	/** One digit a cell, as Graph's `availabilityView`; empty where nothing is known. */
	readonly view: string;
	readonly workingHours?: WorkingHours;
}

export interface SlotSearch {
	readonly schedules: readonly Schedule[];
	/** In milliseconds since 1970; where the views begin, and a multiple of the cell's length. */
	readonly startMs: number;
	readonly endMs: number;
	readonly cellMinutes: number;
	readonly durationMinutes: number;
}

export interface Slot {
	readonly startMs: number;
	readonly endMs: number;
	/** By address. */
	readonly availability: ReadonlyMap<string, Availability>;
}

/** Each time of that length that begins with a cell and ends within the search, in order. */
export function* slotsIn(search: SlotSearch): Generator<Slot, void, void> {
	const { schedules, startMs, endMs, cellMinutes, durationMinutes } = search;
	const cellMs = cellMinutes * 60_000;
	const durationMs = durationMinutes * 60_000;
	const cells = Math.ceil(durationMinutes / cellMinutes);
	for (let cell = 0; startMs + cell * cellMs + durationMs <= endMs; cell++) {
		const slotMs = startMs + cell * cellMs;
		const availability = new Map(
			schedules.map(({ address, view }) => [address, worst(view.slice(cell, cell + cells))]),
		);
		yield { startMs: slotMs, endMs: slotMs + durationMs, availability };
	}
}

function worst(cells: string): Availability {
	if (cells === '') return 'unknown';
	const places = [...cells].map((digit) => availabilities.indexOf(ofDigit[digit] ?? 'unknown'));
	return availabilities[Math.max(...places)] ?? 'unknown';
}

/** Whether a slot lies within a person's working day. Who has no known working hours works always. */
export function isWithin(slot: Slot, hours: WorkingHours | undefined): boolean {
	if (!hours) return true;
	const start = clockAt(slot.startMs, hours.zone);
	const minutes = (slot.endMs - slot.startMs) / 60_000;
	return (
		hours.weekdays.includes(start.weekday) &&
		start.minute >= hours.fromMinute &&
		start.minute + minutes <= hours.untilMinute
	);
}

/** Microsoft's chance that everybody comes, in percent: free 100, unknown 49, else 0, averaged. */
export function confidenceOf({ availability }: Slot): number {
	const chances = [...availability.values()].map((each): number =>
		each === 'free' ? 100 : each === 'unknown' ? 49 : 0,
	);
	if (chances.length === 0) return 100;
	return chances.reduce((sum, chance) => sum + chance, 0) / chances.length;
}

/** The next multiple of so many minutes, from which cells are counted. */
export function alignUp(ms: number, minutes: number): number {
	const stepMs = minutes * 60_000;
	return Math.ceil(ms / stepMs) * stepMs;
}
