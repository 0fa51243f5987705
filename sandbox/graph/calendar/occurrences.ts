import { addDays } from '../../../core/calendar/dates';
import type { LocalDate } from '../../../core/time';
import { daysBetween } from './expand';
import { type Ms, dateOfTime, msOf, onDay } from './times';
import type { EventFields, EventRef, StoredEvent } from './types';

/** What an event or an occurrence says, with the occurrence's own changes. */
export function fieldsOf({ event, date }: EventRef): EventFields {
	if (date === undefined) return event;
	const changed = event.exceptions.get(date);
	return {
		...timesOn(event, date),
		attendees: event.attendees,
		myResponse: event.myResponse,
		isCancelled: event.isCancelled,
		...changed,
		properties: { ...event.properties, ...changed?.properties },
	};
}

export function timesOn(event: StoredEvent, date: LocalDate): Pick<EventFields, 'start' | 'end'> {
	const firstDay = event.start.dateTime.slice(0, 10);
	const lastDay = event.end.dateTime.slice(0, 10);
	const days = (Date.parse(lastDay) - Date.parse(firstDay)) / 86_400_000;
	return { start: onDay(event.start, date), end: onDay(event.end, addDays(date, days)) };
}

/** Events and occurrences that lie, in part at least, between two times, in order. */
export function refsBetween(events: Iterable<StoredEvent>, from: Ms, until: Ms): EventRef[] {
	const found: Array<{ ref: EventRef; startMs: Ms }> = [];
	for (const event of events) {
		for (const ref of event.recurrence ? occurrencesNear(event, from, until) : [{ event }]) {
			const { start, end } = fieldsOf(ref);
			const startMs = msOf(start);
			const endMs = msOf(end);
			const overlaps = startMs < until && (endMs > from || (startMs === endMs && startMs >= from));
			if (overlaps) found.push({ ref, startMs });
		}
	}
	return found.sort((left, right) => left.startMs - right.startMs).map(({ ref }) => ref);
}

function occurrencesNear(event: StoredEvent, from: Ms, until: Ms): EventRef[] {
	if (!event.recurrence) return [];
	const lengthMs = msOf(event.end) - msOf(event.start);
	const dayOf = (ms: Ms): LocalDate =>
		dateOfTime({ dateTime: new Date(ms).toISOString(), timeZone: 'UTC' });
	const dates = new Set(
		daysBetween(event.recurrence, addDays(dayOf(from - lengthMs), -1), addDays(dayOf(until), 1)),
	);
	// Moved ones may lie anywhere.
	for (const date of event.exceptions.keys()) dates.add(date);
	return [...dates]
		.filter((date) => !event.exceptions.has(date) || event.exceptions.get(date) !== undefined)
		.map((date) => ({ event, date }));
}
