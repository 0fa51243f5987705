import { type Ms, msOf } from './times';
import type { CalendarBox } from './calendarBox';
import { fieldsOf, refsBetween } from './occurrences';
import type { EventRef } from './types';

export interface BusyTime {
	readonly ref: EventRef;
	readonly startMs: Ms;
	readonly endMs: Ms;
	readonly status: string;
}

/** What stands in a default calendar between two times, free or not. */
export function busyTimes(box: CalendarBox, from: Ms, until: Ms): BusyTime[] {
	const events = [...box.events.values()].filter(
		(event) => event.calendar === box.defaultCalendar.serial,
	);
	return refsBetween(events, from, until).map((ref) => {
		const { start, end, properties } = fieldsOf(ref);
		return { ref, startMs: msOf(start), endMs: msOf(end), status: String(properties.showAs) };
	});
}

/** Microsoft's digits, worst last. */
const digits: Readonly<Record<string, number>> = {
	free: 0,
	workingElsewhere: 0,
	tentative: 1,
	busy: 2,
	oof: 3,
};

export const digitOf = (status: string): number => digits[status] ?? 2;

/** One digit for each interval. */
export function availabilityView(
	busy: readonly BusyTime[],
	from: Ms,
	until: Ms,
	intervalMs: number,
): string {
	let view = '';
	for (let start = from; start < until; start += intervalMs) {
		const end = Math.min(start + intervalMs, until);
		const during = busy.filter(({ startMs, endMs }) => startMs < end && endMs > start);
		view += String(Math.max(0, ...during.map(({ status }) => digitOf(status))));
	}
	return view;
}
