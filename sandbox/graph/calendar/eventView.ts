import { type Zone, utc } from '../../../core/calendar/zone';
import { hasAttachments } from '../mail/attachments';
import { htmlToText, previewOf, textToHtml } from '../mail/text';
import type { Entity } from '../odata/evaluate';
import type { GraphCall } from '../server/call';
import type { CalendarBox } from './calendarBox';
import { changeKeyOf, etagOf } from './ids';
import { fieldsOf } from './occurrences';
import { dayIn, knownZone, msOf, timeIn } from './times';
import type { EventFields, EventRef, StoredEvent } from './types';

/** The zone that the caller prefers; UTC by default, as in Graph. */
export function zoneFor({ preferences }: GraphCall): Zone {
	return preferences.timeZone === undefined ? utc : knownZone(preferences.timeZone);
}

/** An event or occurrence with all that this cloud's metadata gives it. */
export function eventView(call: GraphCall, box: CalendarBox, ref: EventRef, zone: Zone): Entity {
	const { event, date } = ref;
	const fields = fieldsOf(ref);
	const id = box.eventKey(ref);
	const isAllDay = fields.properties.isAllDay === true;
	const time = (value: EventFields['start']) =>
		isAllDay ? dayIn(value, zone) : timeIn(msOf(value), zone);
	const body = bodyView(fields.properties.body, call.preferences.bodyContentType);
	const view: Entity = {
		'@odata.etag': etagOf(event),
		id,
		createdDateTime: event.createdDateTime,
		lastModifiedDateTime: event.lastModifiedDateTime,
		changeKey: changeKeyOf(event),
		originalStartTimeZone: event.start.timeZone,
		originalEndTimeZone: event.end.timeZone,
		iCalUId: event.uid,
		...fields.properties,
		bodyPreview: previewOf(htmlToText(body.content)),
		body,
		hasAttachments: hasAttachments(event),
		isCancelled: fields.isCancelled,
		isOrganizer: event.isOrganizer,
		isDraft: false,
		seriesMasterId: date === undefined ? null : box.eventKey({ event }),
		transactionId: event.transactionId ?? null,
		type: typeOf(ref),
		webLink: `https://outlook.office365.com/owa/?itemid=${encodeURIComponent(id)}&exvsurl=1&path=/calendar/item`,
		responseStatus: fields.myResponse,
		start: time(fields.start),
		end: time(fields.end),
		recurrence: date === undefined ? (event.recurrence ?? null) : null,
		attendees: fields.attendees,
		organizer: event.organizer,
		...(date !== undefined && { originalStart: originalStart(event, date) }),
	};
	const { types } = call.context.surface;
	return Object.fromEntries(
		Object.entries(view).filter(
			([name]) => name.startsWith('@') || types.member('microsoft.graph.event', name) !== undefined,
		),
	);
}

function typeOf({ event, date }: EventRef): string {
	if (date !== undefined) return event.exceptions.has(date) ? 'exception' : 'occurrence';
	return event.recurrence ? 'seriesMaster' : 'singleInstance';
}

function originalStart(event: StoredEvent, date: string): string {
	const start = { ...event.start, dateTime: date + event.start.dateTime.slice(10) };
	return new Date(msOf(start)).toISOString().replace(/\.\d+Z$/, 'Z');
}

function bodyView(
	stored: unknown,
	wanted: 'text' | 'html' | undefined,
): { contentType: string; content: string } {
	const { contentType = 'html', content = '' } = (stored ?? {}) as {
		contentType?: string;
		content?: string;
	};
	const kind = contentType.toLowerCase();
	if (wanted === undefined || wanted === kind) return { contentType: kind, content };
	return wanted === 'text'
		? { contentType: 'text', content: htmlToText(content) }
		: { contentType: 'html', content: textToHtml(content) };
}
