import type { LocalDate } from '../../../core/time';
import type { MailService } from '../mail/service';
import type { Recipient } from '../mail/types';
import type { CalendarBox } from './calendarBox';
import { personal, sameAddress } from './eventInput';
import { fieldsOf, refsBetween } from './occurrences';
import { mailTo, subjectOf } from './meetingMail';
import { msOf } from './times';
import type { EventRef, ResponseStatus, StoredAttendee, StoredEvent } from './types';

/** Where meetings are held: all calendars, and the mail that tells of them. */
export interface MeetingHall {
	readonly mail: MailService;
	/** `undefined` for somebody outside of the tenant. */
	boxOf(address: string): CalendarBox | undefined;
	isRoom(address: string): boolean;
}

export type MeetingNews = 'meetingRequest' | 'meetingCancelled';

/** Brings the attendees' calendars up to the organizer's, and tells them by mail. */
export function publish(
	hall: MeetingHall,
	organizer: CalendarBox,
	ref: EventRef,
	options: { readonly timesChanged: boolean; readonly before?: readonly StoredAttendee[] },
): void {
	const { event } = ref;
	if (!event.isOrganizer) return;
	const { attendees } = fieldsOf(ref);
	for (const attendee of attendees) {
		if (sameAddress(attendee, event.organizer)) continue;
		const box = hall.boxOf(attendee.emailAddress.address);
		if (!box) continue;
		bringUp(box, event, options.timesChanged ? undefined : attendee);
		send(hall, box, ref, 'meetingRequest', '');
		if (hall.isRoom(attendee.emailAddress.address)) bookRoom(hall, box, event);
	}
	const gone = (options.before ?? []).filter(
		(each) => !attendees.some((attendee) => sameAddress(attendee, each)),
	);
	withdraw(hall, ref, gone, '');
	organizer.touchMessage(event);
}

/** The attendee's copy: the organizer's event, but for what is the attendee's own. */
function bringUp(
	box: CalendarBox,
	event: StoredEvent,
	keepsResponse: StoredAttendee | undefined,
): void {
	const copy = box.eventByUid(event.uid);
	const shared = {
		start: event.start,
		end: event.end,
		recurrence: event.recurrence,
		exceptions: new Map(event.exceptions),
		attendees: event.attendees,
		isCancelled: false,
	};
	if (!copy) {
		box.addEvent({
			...shared,
			uid: event.uid,
			calendar: box.defaultCalendar.serial,
			organizer: event.organizer,
			isOrganizer: false,
			properties: { ...event.properties, categories: [], showAs: 'tentative' },
			myResponse: { response: 'notResponded', time: '0001-01-01T00:00:00Z' },
		});
		return;
	}
	const own = Object.fromEntries(personal.map((name) => [name, copy.properties[name]]));
	const properties = { ...event.properties, ...own };
	Object.assign(copy, { ...shared, properties });
	if (!keepsResponse) {
		copy.properties = { ...properties, showAs: 'tentative' };
		copy.myResponse = { response: 'notResponded', time: '0001-01-01T00:00:00Z' };
	}
	box.touchMessage(copy);
}

/** A room takes what doesn't overlap with what it has. */
function bookRoom(hall: MeetingHall, room: CalendarBox, event: StoredEvent): void {
	const copy = room.eventByUid(event.uid);
	if (!copy) return;
	const others = [...room.events.values()].filter((each) => each !== copy);
	const horizonMs = msOf(event.start) + 366 * 86_400_000;
	const wanted = refsBetween([copy], msOf(event.start), horizonMs);
	const isTaken = wanted.some((ref) => {
		const { start, end } = fieldsOf(ref);
		return refsBetween(others, msOf(start), msOf(end)).length > 0;
	});
	respond(hall, room, { event: copy }, { response: isTaken ? 'declined' : 'accepted', send: true });
}

/** Cancels a meeting, an occurrence or some people's part in it. */
export function withdraw(
	hall: MeetingHall,
	ref: EventRef,
	attendees: readonly StoredAttendee[],
	comment: string,
): void {
	for (const attendee of attendees) {
		const box = hall.boxOf(attendee.emailAddress.address);
		const copy = box?.eventByUid(ref.event.uid);
		if (!box || !copy || copy.isOrganizer) continue;
		send(hall, box, ref, 'meetingCancelled', comment);
		if (hall.isRoom(attendee.emailAddress.address) && ref.date === undefined) {
			box.removeEvent(copy);
		} else if (ref.date === undefined) {
			copy.isCancelled = true;
			copy.properties = { ...copy.properties, ...cancelled(copy.properties.subject) };
		} else {
			const properties = { ...fieldsOf({ event: copy, date: ref.date }).properties };
			copy.exceptions.set(ref.date, {
				...copy.exceptions.get(ref.date),
				isCancelled: true,
				properties: { ...properties, ...cancelled(properties.subject) },
			});
		}
		box.touchMessage(copy);
	}
}

const cancelled = (subject: unknown) => ({
	subject: `Canceled: ${String(subject)}`,
	showAs: 'free',
	isReminderOn: false,
});

export interface Response {
	readonly response: 'accepted' | 'tentativelyAccepted' | 'declined';
	readonly send: boolean;
	readonly comment?: string;
	readonly proposedNewTime?: StoredAttendee['proposedNewTime'];
}

const kinds = {
	accepted: { meetingMessageType: 'meetingAccepted', prefix: 'Accepted', showAs: 'busy' },
	// Spelled like this in Graph.
	tentativelyAccepted: {
		meetingMessageType: 'meetingTenativelyAccepted',
		prefix: 'Tentative',
		showAs: 'tentative',
	},
	declined: { meetingMessageType: 'meetingDeclined', prefix: 'Declined', showAs: 'free' },
} as const;

/** Answers an invitation: in the attendee's calendar, in the organizer's, and by mail. */
export function respond(
	hall: MeetingHall,
	box: CalendarBox,
	ref: EventRef,
	response: Response,
): void {
	const { event: copy, date } = ref;
	const status: ResponseStatus = { response: response.response, time: box.nowText() };
	const { showAs } = kinds[response.response];
	if (date === undefined) {
		copy.myResponse = status;
		copy.properties = { ...copy.properties, showAs };
		if (response.response === 'declined') box.removeEvent(copy);
	} else if (response.response === 'declined') {
		copy.exceptions.set(date, undefined);
	} else {
		const { properties } = fieldsOf(ref);
		copy.exceptions.set(date, {
			...copy.exceptions.get(date),
			myResponse: status,
			properties: { ...properties, showAs },
		});
	}
	box.touchMessage(copy);
	if (!response.send) return;
	const organizer = hall.boxOf(copy.organizer.emailAddress.address);
	const meeting = organizer?.eventByUid(copy.uid);
	if (!organizer || !meeting) return;
	noteResponse(meeting, date, box.owner.address, status, response.proposedNewTime);
	organizer.touchMessage(meeting);
	sendResponse(hall, organizer, box, ref, response);
}

function noteResponse(
	meeting: StoredEvent,
	date: LocalDate | undefined,
	address: string,
	status: ResponseStatus,
	proposedNewTime: StoredAttendee['proposedNewTime'],
): void {
	const ref = date === undefined ? { event: meeting } : { event: meeting, date };
	const attendees = fieldsOf(ref).attendees.map((attendee): StoredAttendee => {
		if (!sameAddress(attendee, { emailAddress: { address } })) return attendee;
		const { emailAddress, type } = attendee;
		return { emailAddress, type, status, ...(proposedNewTime && { proposedNewTime }) };
	});
	if (date === undefined) meeting.attendees = attendees;
	else meeting.exceptions.set(date, { ...meeting.exceptions.get(date), attendees });
}

function sendResponse(
	hall: MeetingHall,
	organizer: CalendarBox,
	box: CalendarBox,
	ref: EventRef,
	{ response, comment = '', proposedNewTime }: Response,
): void {
	const { meetingMessageType, prefix } = kinds[response];
	mailTo(hall, organizer, {
		from: { emailAddress: { name: box.owner.name, address: box.owner.address } },
		subject: `${proposedNewTime ? 'New Time Proposed' : prefix}: ${subjectOf(ref)}`,
		body: comment,
		ref,
		properties: {
			'@odata.type': '#microsoft.graph.eventMessageResponse',
			meetingMessageType,
			responseType: response,
			...(proposedNewTime && { proposedNewTime }),
		},
	});
}

function send(
	hall: MeetingHall,
	box: CalendarBox,
	ref: EventRef,
	news: MeetingNews,
	comment: string,
): void {
	const isRequest = news === 'meetingRequest';
	const { properties } = fieldsOf(ref);
	const body = (properties.body ?? {}) as { content?: string };
	mailTo(hall, box, {
		from: ref.event.organizer,
		subject: `${isRequest ? '' : 'Canceled: '}${subjectOf(ref)}`,
		body: isRequest ? (body.content ?? '') : comment,
		ref,
		properties: isRequest
			? {
					'@odata.type': '#microsoft.graph.eventMessageRequest',
					meetingMessageType: news,
					responseRequested: properties.responseRequested,
					allowNewTimeProposals: properties.allowNewTimeProposals,
				}
			: { '@odata.type': '#microsoft.graph.eventMessage', meetingMessageType: news },
	});
}

/** Passes an invitation on; Exchange tells the organizer when an attendee does. */
export function forward(
	hall: MeetingHall,
	from: Recipient,
	ref: EventRef,
	to: readonly Recipient[],
	comment: string,
): void {
	const organizer = hall.boxOf(ref.event.organizer.emailAddress.address);
	const meeting = organizer?.eventByUid(ref.event.uid) ?? ref.event;
	if (organizer && !ref.event.isOrganizer) {
		mailTo(hall, organizer, {
			from,
			subject: `Meeting Forward Notification: ${subjectOf(ref)}`,
			body: to.map(({ emailAddress }) => emailAddress.address).join(', '),
			ref,
			properties: { '@odata.type': '#microsoft.graph.eventMessage', meetingMessageType: 'none' },
		});
	}
	for (const recipient of to) {
		const isKnown = meeting.attendees.some((each) => sameAddress(each, recipient));
		if (!isKnown) {
			meeting.attendees = [
				...meeting.attendees,
				{
					emailAddress: {
						name: recipient.emailAddress.name ?? recipient.emailAddress.address,
						address: recipient.emailAddress.address,
					},
					type: 'optional',
					status: { response: 'none', time: '0001-01-01T00:00:00Z' },
				},
			];
		}
		const box = hall.boxOf(recipient.emailAddress.address);
		if (!box) continue;
		bringUp(box, meeting, undefined);
		mailTo(hall, box, {
			from,
			subject: `FW: ${subjectOf(ref)}`,
			body: comment,
			ref,
			properties: {
				'@odata.type': '#microsoft.graph.eventMessageRequest',
				meetingMessageType: 'meetingRequest',
			},
		});
	}
}
