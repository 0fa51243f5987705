import type { Event } from '@microsoft/microsoft-graph-types';
import type { GraphRequest } from '../../core/graph/types';
import type { GraphPath } from '../../core/graph/path';
import type { ParamsOf } from '../kit/field';
import {
	allDayWhen,
	asGraph,
	attendeesOf,
	optionsOf,
	timedWhen,
	transactionIdOf,
} from './eventBody';
import {
	allDayField,
	createOptions,
	requiredAttendeesField,
	subjectField,
	whenFields,
} from './fields/content';
import { recurrenceFields } from './fields/recurrence';
import { eventZoneField } from './fields/time';
import { preferZone } from './outputZone';
import { recurrenceOf } from './recurrence';

/** What most events need; `createOptions` has the rest. */
export const newEventForm = [
	subjectField,
	allDayField,
	...whenFields,
	eventZoneField,
	requiredAttendeesField,
	...recurrenceFields,
] as const;

/** What a new event is made of. */
export const newEventFields = [...newEventForm, createOptions] as const;

export type NewEventParams = ParamsOf<typeof newEventFields>;

/**
 * @param itemKey names the attempt, so that a repeated one makes no second event
 * @throws {ParameterError}
 */
export function newEvent(params: NewEventParams, itemKey: string): Event {
	const { isAllDay, timeZone, requiredAttendees, options } = params;
	const { optionalAttendees = [], rooms = [] } = options;
	const when = isAllDay
		? allDayWhen(params.firstDay, params.lastDay, timeZone)
		: timedWhen(params.start, params.end, timeZone);
	const attendees = attendeesOf({ requiredAttendees, optionalAttendees, rooms });
	const recurrence = recurrenceOf(params, when.start, timeZone);
	const event: Event = {
		subject: params.subject,
		...when.times,
		...(isAllDay && { isAllDay }),
		...(attendees.length > 0 && { attendees }),
		...optionsOf(options, rooms),
		...(recurrence && { recurrence: asGraph(recurrence) }),
	};
	return { ...event, transactionId: transactionIdOf(itemKey, event) };
}

/** @param zoneName of the answer's times */
export function createRequest(events: GraphPath, event: Event, zoneName: string): GraphRequest {
	return {
		method: 'POST',
		path: events,
		headers: preferZone({ name: zoneName }),
		body: event,
		// Exchange recognises the transaction and answers the event that it has already.
		repeatable: true,
	};
}
