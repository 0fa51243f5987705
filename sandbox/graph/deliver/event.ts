import type { CalendarBox } from '../calendar/calendarBox';
import { respond, type Response } from '../calendar/meetings';
import { changeEvent, createEvent, removeEvent } from '../calendar/routes/events';
import { sameText, type CalendarService } from '../calendar/service';
import type { EventRef } from '../calendar/types';
import { RefusedError } from '../refused';

/** What somebody else does to a calendar, or the owner in another application. */
export interface DeliverEvent {
	/** Whose: a principal name. */
	readonly calendar: string;
	/** A new one, as Graph's event. */
	readonly event?: Readonly<Record<string, unknown>>;
	/** Who invites; the calendar's owner by default, and then it is an appointment. */
	readonly from?: string;
	/** Of an event or occurrence in the calendar, for all that follows. */
	readonly eventId?: string;
	/** The organizer's changes, as Graph's event. */
	readonly update?: Readonly<Record<string, unknown>>;
	/** By the organizer: a cancellation. */
	readonly cancel?: true;
	readonly comment?: string;
	/** Of an attendee, `by`, to a meeting that the calendar's owner holds. */
	readonly answer?: Response['response'];
	readonly by?: string;
	/** By the owner, in another application. */
	readonly delete?: true;
}

/** @returns the id in the calendar, and the meeting's `iCalUId` */
export function deliverEvent(
	hall: CalendarService,
	request: DeliverEvent,
): { readonly id: string; readonly iCalUId: string } {
	const box = hall.boxOf(request.calendar);
	if (box === undefined) throw refused(404, `No calendar of ${request.calendar}`);
	const ref =
		request.eventId === undefined ? create(hall, box, request) : box.event(request.eventId);
	const answer = { id: box.eventKey(ref), iCalUId: ref.event.uid };
	if (request.update !== undefined) {
		const meeting = organizersOf(hall, box, ref);
		changeEvent(hall, meeting.box, meeting.ref, request.update);
	}
	if (request.cancel === true) {
		const meeting = organizersOf(hall, box, ref);
		removeEvent(hall, meeting.box, meeting.ref, request.comment ?? '');
	}
	if (request.delete === true) removeEvent(hall, box, ref, request.comment ?? '');
	if (request.answer !== undefined) answerAs(hall, ref, request.answer, request);
	return answer;
}

function create(
	hall: CalendarService,
	box: CalendarBox,
	{ event, from = box.owner.address }: DeliverEvent,
): EventRef {
	if (event === undefined) throw refused(400, 'An event or an eventId is needed');
	const isOwn = sameText(from, box.owner.address);
	const organizer = hall.boxOf(from) ?? hall.outsider(from);
	const given = Array.isArray(event['attendees']) ? (event['attendees'] as readonly unknown[]) : [];
	const invited = { emailAddress: { name: box.owner.name, address: box.owner.address } };
	const made = createEvent(hall, organizer, organizer.defaultCalendar.serial, {
		...event,
		attendees: isOwn ? given : [...given, { ...invited, type: 'required' }],
	});
	const copy = box.eventByUid(made.uid);
	if (copy === undefined) throw refused(500, 'The invitation did not arrive');
	return { event: copy };
}

function organizersOf(
	hall: CalendarService,
	box: CalendarBox,
	{ event, date }: EventRef,
): { readonly box: CalendarBox; readonly ref: EventRef } {
	const { address } = event.organizer.emailAddress;
	const organizer = event.isOrganizer ? box : (hall.boxOf(address) ?? hall.outsider(address));
	const meeting = organizer.eventByUid(event.uid);
	if (meeting === undefined) throw refused(400, 'The organizer has no such meeting any more');
	return {
		box: organizer,
		ref: date === undefined ? { event: meeting } : { event: meeting, date },
	};
}

function answerAs(
	hall: CalendarService,
	{ event, date }: EventRef,
	response: Response['response'],
	{ by = '', comment = '' }: DeliverEvent,
): void {
	const attendee = hall.boxOf(by);
	const copy = attendee?.eventByUid(event.uid);
	if (attendee === undefined || copy === undefined) throw refused(400, `${by} is not invited`);
	const ref = date === undefined ? { event: copy } : { event: copy, date };
	respond(hall, attendee, ref, { response, send: true, comment });
}

function refused(status: number, message: string): RefusedError {
	return new RefusedError(status, 'SandboxControl', message);
}
