import type { GraphTime } from '../../../../core/calendar/localTime';
import type { Recipient } from '../../mail/types';
import { badRequest } from '../../refused';
import type { GraphCall, Route } from '../../server/call';
import { calendarRead } from '../access';
import type { CalendarBox } from '../calendarBox';
import { eventView, zoneFor } from '../eventView';
import { forward, respond, type Response } from '../meetings';
import { fieldsOf, refsBetween } from '../occurrences';
import type { CalendarService } from '../service';
import { boundOf, msOf, timeIn } from '../times';
import type { EventRef } from '../types';
import { calendarAt, eventAt, eventBases, parametersOf, requireEditor } from './bases';
import { removeEvent } from './events';

type Act = (call: GraphCall, box: CalendarBox, ref: EventRef) => number;

export function eventActionRoutes(hall: CalendarService): Route[] {
	const answer =
		(response: Response['response']): Act =>
		(call, box, ref) => {
			answerInvitation(hall, call, box, ref, response);
			return 202;
		};
	const actions: Readonly<Record<string, Act>> = {
		accept: answer('accepted'),
		tentativelyAccept: answer('tentativelyAccepted'),
		decline: answer('declined'),
		cancel: (call, box, ref) => {
			if (!ref.event.isOrganizer) {
				throw refused('You need to be an organizer to cancel a meeting.');
			}
			removeEvent(hall, box, ref, textOf(parametersOf(call).comment));
			return 202;
		},
		forward: (call, box, ref) => {
			const { torecipients, comment } = parametersOf(call);
			const to = (Array.isArray(torecipients) ? torecipients : []) as Recipient[];
			if (to.length === 0) {
				throw badRequest('At least one recipient is not valid.', 'ErrorInvalidRecipients');
			}
			const from = { emailAddress: { name: box.owner.name, address: box.owner.address } };
			forward(hall, from, ref, to, textOf(comment));
			return 202;
		},
		dismissReminder: (_call, _box, { event }) => {
			event.reminder = 'dismissed';
			return 200;
		},
		snoozeReminder: (call, _box, { event }) => {
			const time = parametersOf(call).newremindertime as GraphTime;
			msOf(time);
			event.reminder = time;
			return 200;
		},
	};
	return [
		...eventBases.flatMap((base) =>
			Object.entries(actions).map(([name, act]): Route => ({
				method: 'POST',
				path: `${base.path}/events/*/${name}`,
				access: name === 'forward' ? base.read : base.write,
				handle: (call) => {
					if (name !== 'forward') requireEditor(hall, call, calendarAt(hall, call, base));
					const { box, ref } = eventAt(hall, call, base);
					return { status: act(call, box, ref) };
				},
			})),
		),
		{
			method: 'GET',
			path: 'mailbox/reminderView',
			access: calendarRead,
			handle: (call) => ({ status: 200, json: { value: remindersOf(hall, call) } }),
		},
		{
			method: 'GET',
			path: 'mailbox/messages/*/event',
			access: calendarRead,
			handle: (call) => {
				const message = hall.mail.open(call).message(call.keys[0] ?? '');
				const box = hall.open(call);
				const event = box.eventByUid(message.meeting?.uid ?? '');
				if (!event) throw badRequest('The message has no event.', 'ErrorItemNotFound');
				return { status: 200, json: eventView(call, box, { event }, zoneFor(call)) };
			},
		},
	];
}

function answerInvitation(
	hall: CalendarService,
	call: GraphCall,
	box: CalendarBox,
	ref: EventRef,
	response: Response['response'],
): void {
	const { properties } = fieldsOf(ref);
	const { sendresponse = true, comment, proposednewtime } = parametersOf(call);
	if (ref.event.isOrganizer) {
		throw refused("You can't respond to this meeting because you're the meeting organizer.");
	}
	if (sendresponse === true && properties.responseRequested === false) {
		throw refused(
			"You can't respond to this meeting because the organizer hasn't requested a response.",
		);
	}
	const proposed = proposednewtime as Response['proposedNewTime'];
	if (proposed) {
		if (properties.allowNewTimeProposals === false) {
			throw refused('The organizer does not allow new time proposals for this meeting.');
		}
		if (sendresponse !== true) {
			throw refused('A new time can only be proposed together with a response.');
		}
		if (msOf(proposed.end) < msOf(proposed.start)) throw refused('The proposed time is invalid.');
	}
	respond(hall, box, ref, {
		response,
		send: sendresponse === true,
		comment: textOf(comment),
		...(proposed && { proposedNewTime: proposed }),
	});
}

/** `reminderView(startDateTime='…',endDateTime='…')` */
function remindersOf(hall: CalendarService, call: GraphCall): unknown[] {
	const operation = call.target.segments.find((segment) => segment.kind === 'operation');
	const given = Object.fromEntries(
		Object.entries(operation?.arguments ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
	);
	const from = boundOf(given.startdatetime) ?? 0;
	const until = boundOf(given.enddatetime) ?? Number.MAX_SAFE_INTEGER;
	const box = hall.open(call);
	const zone = zoneFor(call);
	return refsBetween(box.events.values(), from, until).flatMap((ref) => {
		const { start, end, properties } = fieldsOf(ref);
		const { reminder } = ref.event;
		if (properties.isReminderOn !== true || reminder === 'dismissed') return [];
		const fireMs = reminder
			? msOf(reminder)
			: msOf(start) - Number(properties.reminderMinutesBeforeStart) * 60_000;
		return [
			{
				eventId: box.eventKey(ref),
				eventSubject: properties.subject,
				eventStartTime: timeIn(msOf(start), zone),
				eventEndTime: timeIn(msOf(end), zone),
				eventLocation: properties.location,
				reminderFireTime: timeIn(fireMs, zone),
			},
		];
	});
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function refused(reason: string): Error {
	return badRequest(`Your request can't be completed. ${reason}`, 'ErrorInvalidRequest');
}
