import { answerCollection, selectFrom, type CollectionRules } from '../../odata/collection';
import { matches } from '../../odata/evaluate';
import { badRequest } from '../../refused';
import type { GraphAnswer, GraphCall, Route } from '../../server/call';
import { utc } from '../../../../core/calendar/zone';
import type { CalendarBox } from '../calendarBox';
import {
	type EventInput,
	changeProperties,
	readAttendees,
	readRecurrence,
	readTimes,
} from '../eventInput';
import { eventView, zoneFor } from '../eventView';
import { publish, withdraw } from '../meetings';
import { fieldsOf, refsBetween } from '../occurrences';
import type { CalendarService } from '../service';
import { boundOf, msOf } from '../times';
import type { EventRef, StoredEvent } from '../types';
import { calendarAt, eventAt, eventBases, requireEditor } from './bases';

const eventRules: CollectionRules = { defaultPage: 10, largestPage: 1000 };

export function eventRoutes(hall: CalendarService): Route[] {
	return eventBases.flatMap((base): Route[] => [
		{
			method: 'GET',
			path: `${base.path}/events`,
			access: base.read,
			handle: (call) => {
				const { box, calendar } = calendarAt(hall, call, base);
				const events = [...box.events.values()].filter((each) => each.calendar === calendar.serial);
				return list(
					call,
					box,
					events.map((event) => ({ event })),
				);
			},
		},
		{
			method: 'POST',
			path: `${base.path}/events`,
			access: base.write,
			handle: (call) => {
				const found = calendarAt(hall, call, base);
				requireEditor(hall, call, found);
				const event = createEvent(hall, found.box, found.calendar.serial, call.body as EventInput);
				return one(call, found.box, { event }, 201);
			},
		},
		{
			method: 'GET',
			path: `${base.path}/calendarView`,
			access: base.read,
			handle: (call) => {
				const { box, calendar } = calendarAt(hall, call, base);
				const events = [...box.events.values()].filter((each) => each.calendar === calendar.serial);
				return list(call, box, refsBetween(events, ...windowOf(call)));
			},
		},
		{
			method: 'GET',
			path: `${base.path}/events/*`,
			access: base.read,
			handle: (call) => {
				const { box, ref } = eventAt(hall, call, base);
				return one(call, box, ref);
			},
		},
		{
			method: 'GET',
			path: `${base.path}/events/*/instances`,
			access: base.read,
			handle: (call) => {
				const { box, ref } = eventAt(hall, call, base);
				if (!ref.event.recurrence)
					throw badRequest('The event is not a series.', 'ErrorInvalidRequest');
				return list(call, box, refsBetween([ref.event], ...windowOf(call)));
			},
		},
		{
			method: 'PATCH',
			path: `${base.path}/events/*`,
			access: base.write,
			handle: (call) => {
				requireEditor(hall, call, calendarAt(hall, call, base));
				const { box, ref } = eventAt(hall, call, base);
				changeEvent(hall, box, ref, call.body as EventInput);
				return one(call, box, ref);
			},
		},
		{
			method: 'DELETE',
			path: `${base.path}/events/*`,
			access: base.write,
			handle: (call) => {
				requireEditor(hall, call, calendarAt(hall, call, base));
				const { box, ref } = eventAt(hall, call, base);
				removeEvent(hall, box, ref, '');
				return { status: 204 };
			},
		},
	]);
}

/** @throws {RefusedError} Graph's 400 for what doesn't go together */
export function createEvent(
	hall: CalendarService,
	box: CalendarBox,
	calendar: number,
	input: EventInput,
): StoredEvent {
	const { transactionId } = input;
	const known = [...box.events.values()].find(
		(each) => typeof transactionId === 'string' && each.transactionId === transactionId,
	);
	if (known) return known;
	const times = readTimes(input);
	const attendees = readAttendees(input.attendees);
	const event = box.addEvent({
		...times,
		calendar,
		properties: changeProperties(input),
		attendees,
		recurrence: readRecurrence(input.recurrence, times.start),
		exceptions: new Map(),
		organizer: { emailAddress: { name: box.owner.name, address: box.owner.address } },
		isOrganizer: true,
		isCancelled: false,
		myResponse: { response: 'organizer', time: '0001-01-01T00:00:00Z' },
		...(typeof transactionId === 'string' && { transactionId }),
	});
	publish(hall, box, { event }, { timesChanged: true });
	return event;
}

/** By the organizer: the attendees hear of it. */
export function changeEvent(
	hall: CalendarService,
	box: CalendarBox,
	ref: EventRef,
	input: EventInput,
): void {
	const { event, date } = ref;
	if (typeof input.transactionId === 'string') {
		throw badRequest('The property transactionId can not be changed.', 'ErrorInvalidRequest');
	}
	const now = fieldsOf(ref);
	const times = readTimes(input, now);
	const before = now.attendees;
	const attendees = input.attendees === undefined ? before : readAttendees(input.attendees, before);
	const properties = changeProperties(input, now.properties);
	const timesChanged =
		msOf(times.start) !== msOf(now.start) ||
		msOf(times.end) !== msOf(now.end) ||
		input.recurrence !== undefined;
	if (date !== undefined) {
		if (input.recurrence) {
			throw badRequest('An occurrence can not repeat itself.', 'ErrorPropertyValidationFailure');
		}
		event.exceptions.set(date, { ...event.exceptions.get(date), ...times, attendees, properties });
	} else {
		const recurrence =
			input.recurrence === undefined
				? event.recurrence
				: readRecurrence(input.recurrence, times.start);
		Object.assign(event, { ...times, attendees, properties, recurrence });
		// New times put the occurrences elsewhere: what was changed on them is gone, as in Outlook.
		if (timesChanged) event.exceptions = keptExceptions(event, input);
	}
	box.touchMessage(event);
	publish(hall, box, ref, { timesChanged, before });
}

function keptExceptions(event: StoredEvent, input: EventInput): StoredEvent['exceptions'] {
	const { range } = event.recurrence ?? {};
	// Shortening a series keeps what lies before its new end.
	if (input.start !== undefined || input.end !== undefined || !range) return new Map();
	return new Map([...event.exceptions].filter(([date]) => date <= (range.endDate ?? '9999')));
}

/** By the organizer: a cancellation for everybody. */
export function removeEvent(
	hall: CalendarService,
	box: CalendarBox,
	ref: EventRef,
	comment: string,
): void {
	const { event, date } = ref;
	if (event.isOrganizer) withdraw(hall, ref, fieldsOf(ref).attendees, comment);
	if (date === undefined) box.removeEvent(event);
	else event.exceptions.set(date, undefined);
	box.touchMessage(event);
}

/** @throws {RefusedError} 400 without `startDateTime` and `endDateTime` */
export function windowOf(call: GraphCall): [number, number] {
	const custom = Object.fromEntries(
		Object.entries(call.target.query.custom).map(([name, value]) => [name.toLowerCase(), value]),
	);
	const [from, until] = [boundOf(custom.startdatetime), boundOf(custom.enddatetime)];
	if (from === undefined || until === undefined) {
		throw badRequest(
			'This request requires a time window specified by the query string parameters StartDateTime and EndDateTime.',
			'ErrorInvalidParameter',
		);
	}
	return [from, until];
}

function list(call: GraphCall, box: CalendarBox, refs: readonly EventRef[]): GraphAnswer {
	const zone = zoneFor(call);
	const { filter, ...query } = call.target.query;
	// Filters are about UTC, whatever zone the answer is in.
	const items =
		filter === undefined
			? refs
			: refs.filter((ref) => matches(filter, eventView(call, box, ref, utc)));
	const target = { ...call.target, query };
	const page = answerCollection(
		{ ...call, target },
		{ items, view: (ref) => eventView(call, box, ref, zone) },
		eventRules,
	);
	return { status: 200, headers: applied(call), json: page };
}

function one(call: GraphCall, box: CalendarBox, ref: EventRef, status = 200): GraphAnswer {
	const view = eventView(call, box, ref, zoneFor(call));
	return { status, headers: applied(call), json: selectFrom(view, call.target.query) };
}

function applied({ preferences: { timeZone } }: GraphCall): Record<string, string> {
	return timeZone === undefined ? {} : { 'Preference-Applied': `outlook.timezone="${timeZone}"` };
}
