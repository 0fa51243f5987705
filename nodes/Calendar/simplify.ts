import type {
	Attendee,
	Calendar,
	CalendarPermission,
	Event,
	NullableOption,
	Recipient,
} from '@microsoft/microsoft-graph-types';
import type { IDataObject } from 'n8n-workflow';
import { addDays } from '../../core/calendar/dates';
import { type GraphTime, toIso } from '../../core/calendar/localTime';
import { instantOf, isoAt, readTime } from '../../core/time';
import { readRecurrence, RecurrenceError } from '../../core/calendar/recurrence';
import { toRrule } from '../../core/calendar/rrule';
import { type Zone, utc, zoneOf } from '../../core/calendar/zone';

/** What the simplified output is made of, beside the body. */
const eventProperties = [
	'subject',
	'start',
	'end',
	'isAllDay',
	'location',
	'locations',
	'organizer',
	'isOrganizer',
	'attendees',
	'responseStatus',
	'showAs',
	'sensitivity',
	'importance',
	'categories',
	'isOnlineMeeting',
	'onlineMeeting',
	'type',
	'seriesMasterId',
	'recurrence',
	'originalStart',
	'originalStartTimeZone',
	'isCancelled',
	'isReminderOn',
	'reminderMinutesBeforeStart',
	'hasAttachments',
	'iCalUId',
	'bodyPreview',
	'webLink',
	'createdDateTime',
	'lastModifiedDateTime',
] as const satisfies ReadonlyArray<keyof Event>;

export const eventSelect = (withBody: boolean): string =>
	['id', ...eventProperties, ...(withBody ? ['body'] : [])].join(',');

/** An event as one flat object whose keys are there for every event; times in the zone. */
export function simplifyEvent(event: Event, zone: Zone): IDataObject {
	const { organizer, responseStatus, body } = event;
	return {
		id: event.id ?? '',
		subject: event.subject ?? '',
		...timesOf(event, zone),
		isAllDay: event.isAllDay ?? false,
		location: event.location?.displayName ?? '',
		locations: (event.locations ?? []).flatMap(({ displayName }) => displayName ?? []),
		organizer: addressOf(organizer),
		organizerName: organizer?.emailAddress?.name ?? '',
		isOrganizer: event.isOrganizer ?? false,
		attendees: (event.attendees ?? []).map((attendee) => simplifyAttendee(attendee, zone)),
		myResponse: responseStatus?.response ?? 'none',
		showAs: event.showAs ?? 'unknown',
		sensitivity: event.sensitivity ?? 'normal',
		importance: event.importance ?? 'normal',
		categories: event.categories ?? [],
		isOnlineMeeting: event.isOnlineMeeting ?? false,
		joinUrl: event.onlineMeeting?.joinUrl ?? '',
		type: event.type ?? 'singleInstance',
		seriesId: event.seriesMasterId ?? '',
		recurrenceRule: ruleOf(event),
		isCancelled: event.isCancelled ?? false,
		reminderMinutes: event.isReminderOn ? (event.reminderMinutesBeforeStart ?? 0) : -1,
		hasAttachments: event.hasAttachments ?? false,
		iCalUId: event.iCalUId ?? '',
		bodyPreview: event.bodyPreview ?? '',
		...(body && { body: body.content ?? '', bodyType: body.contentType ?? 'html' }),
		webLink: event.webLink ?? '',
		createdDateTime: localTime(event.createdDateTime, zone),
		lastModifiedDateTime: localTime(event.lastModifiedDateTime, zone),
	};
}

/** Of an all-day event its first and its last day, as the form takes them; Graph's end is the day after. */
function timesOf(event: Event, zone: Zone): IDataObject {
	const { start, end, isAllDay, originalStartTimeZone } = event;
	const [from, to] = [start, end].map((each) => graphTime(each));
	if (!isAllDay) return { start: from ? toIso(from, zone) : '', end: to ? toIso(to, zone) : '' };
	const own = zoneOf(originalStartTimeZone ?? '') ?? utc;
	return {
		start: from ? dayOf(from, own) : '',
		end: to ? addDays(dayOf(to, own), -1) : '',
	};
}

/** Midnight as it stands; a midnight that Graph has put into another zone, in the event's own. */
function dayOf(time: GraphTime, own: Zone): string {
	const isMidnight = time.dateTime.slice(11, 19) === '00:00:00';
	return (isMidnight ? time.dateTime : toIso(time, own)).slice(0, 10);
}

function simplifyAttendee(attendee: Attendee, zone: Zone): IDataObject {
	const { proposedNewTime: proposed } = attendee;
	const [start, end] = [proposed?.start, proposed?.end].map((each) => graphTime(each));
	return {
		address: addressOf(attendee),
		name: attendee.emailAddress?.name ?? '',
		type: attendee.type ?? 'required',
		response: attendee.status?.response ?? 'none',
		...(start && end && { proposedStart: toIso(start, zone), proposedEnd: toIso(end, zone) }),
	};
}

function ruleOf({ recurrence, isAllDay, originalStartTimeZone }: Event): string {
	if (!recurrence) return '';
	try {
		const zoneName = recurrence.range?.recurrenceTimeZone || originalStartTimeZone || 'UTC';
		return toRrule(readRecurrence(recurrence), isAllDay ? undefined : (zoneOf(zoneName) ?? utc));
	} catch (error) {
		// A pattern that is not known must not keep the rest of the event from being read.
		if (error instanceof RecurrenceError) return '';
		throw error;
	}
}

export function simplifyCalendar(calendar: Calendar): IDataObject {
	return {
		id: calendar.id ?? '',
		name: calendar.name ?? '',
		owner: calendar.owner?.address ?? '',
		ownerName: calendar.owner?.name ?? '',
		isDefault: calendar.isDefaultCalendar ?? false,
		canEdit: calendar.canEdit ?? false,
		canShare: calendar.canShare ?? false,
		canViewPrivateItems: calendar.canViewPrivateItems ?? false,
		color: calendar.hexColor || (calendar.color ?? 'auto'),
	};
}

/** Graph's answer, simplified if so wished. */
export const shapeCalendar = (body: unknown, simplify: boolean): IDataObject =>
	simplify ? simplifyCalendar(body as Calendar) : (body as IDataObject);

export const shapeEvent = (body: unknown, simplify: boolean, zone: Zone): IDataObject =>
	simplify ? simplifyEvent(body as Event, zone) : (body as IDataObject);

export function simplifyPermission(permission: CalendarPermission): IDataObject {
	const { id, emailAddress, role, allowedRoles, isInsideOrganization, isRemovable } = permission;
	return {
		id: id ?? '',
		address: emailAddress?.address ?? '',
		name: emailAddress?.name ?? '',
		role: role ?? 'none',
		allowedRoles: allowedRoles ?? [],
		isInsideOrganization: isInsideOrganization ?? false,
		isRemovable: isRemovable ?? false,
	};
}

function graphTime(time: Event['start']): GraphTime | undefined {
	return time?.dateTime ? { dateTime: time.dateTime, timeZone: time.timeZone ?? 'UTC' } : undefined;
}

const addressOf = (recipient: NullableOption<Recipient> | undefined): string =>
	recipient?.emailAddress?.address ?? '';

/** These come in UTC with its `Z`, whatever the `Prefer` header says. */
function localTime(time: string | null | undefined, zone: Zone): string {
	const read = readTime(time);
	return read ? isoAt(instantOf(read, utc), zone) : '';
}
