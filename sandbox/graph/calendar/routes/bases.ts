import { badRequest } from '../../refused';
import { denied } from '../../server/authorize';
import type { Access, GraphCall } from '../../server/call';
import { calendarRead, calendarWrite, groupRead, groupWrite } from '../access';
import type { CalendarBox, SharedCalendar } from '../calendarBox';
import type { CalendarService } from '../service';
import type { EventRef } from '../types';

/** The ways to a calendar's events. */
export interface EventBase {
	/** Before `events` and `calendarView`. */
	readonly path: string;
	readonly read: Access;
	readonly write: Access;
	/** The place of the calendar's id among the path's keys. */
	readonly calendarKey?: number;
	/** The place of an event's id. */
	readonly eventKey: number;
}

const own = { read: calendarRead, write: calendarWrite };
const group = { read: groupRead, write: groupWrite };

export const eventBases: readonly EventBase[] = [
	{ path: 'mailbox', ...own, eventKey: 0 },
	{ path: 'mailbox/calendar', ...own, eventKey: 0 },
	{ path: 'mailbox/calendars/*', ...own, calendarKey: 0, eventKey: 1 },
	{ path: 'groups/*', ...group, eventKey: 1 },
	{ path: 'groups/*/calendar', ...group, eventKey: 1 },
];

export interface FoundEvent {
	readonly box: CalendarBox;
	readonly ref: EventRef;
}

export function calendarAt(
	hall: CalendarService,
	call: GraphCall,
	{ calendarKey }: EventBase,
): SharedCalendar {
	return hall.openCalendar(call, calendarKey === undefined ? undefined : call.keys[calendarKey]);
}

/** By `{user}/events/{id}` any event of the user's own calendars is reached. */
export function eventAt(hall: CalendarService, call: GraphCall, base: EventBase): FoundEvent {
	const { box } = calendarAt(hall, call, base);
	return { box, ref: box.event(call.keys[base.eventKey] ?? '') };
}

/** @throws {RefusedError} 403 for a calendar that is shared to be read only */
export function requireEditor(
	hall: CalendarService,
	call: GraphCall,
	{ box, calendar }: SharedCalendar,
): void {
	const viewer = hall.open(call);
	if (viewer === box) return;
	const permission = calendar.permissions.find(
		({ address }) => address.toLowerCase() === viewer.owner.address.toLowerCase(),
	);
	const role = permission?.role ?? 'none';
	if (role !== 'write' && !role.startsWith('delegate')) throw denied();
}

/** An action's parameters come in any case. */
export function parametersOf({ body }: GraphCall): Readonly<Record<string, unknown>> {
	if (body === undefined) return {};
	if (typeof body !== 'object' || body === null) throw badRequest('Empty Payload.');
	return Object.fromEntries(
		Object.entries(body).map(([name, value]) => [name.toLowerCase(), value]),
	);
}
