import { createHash } from 'node:crypto';
import type { Attendee, Event, Location, Recipient } from '@microsoft/microsoft-graph-types';
import { addDays } from '../../core/calendar/dates';
import { graphTimeAt, midnight, toGraphTime } from '../../core/calendar/localTime';
import { type EnteredTime, dateOf, instantOf } from '../../core/time';
import type { Recurrence } from '../../core/calendar/recurrence';
import type { Zone } from '../../core/calendar/zone';
import { ParameterError, type ParamsOf } from '../kit/field';
import type { eventOptionFields } from './fields/content';

export type GraphRecurrence = NonNullable<Event['recurrence']>;

/** The same, for Graph's types, whose lists may be changed. */
export const asGraph = (recurrence: Recurrence): GraphRecurrence => recurrence as GraphRecurrence;

export interface Attendees {
	readonly requiredAttendees?: Recipient[];
	readonly optionalAttendees?: Recipient[];
	readonly rooms?: Recipient[];
}

export type EventOptions = Partial<ParamsOf<typeof eventOptionFields>>;

/** Start and end as Graph takes them, with what else they decide. */
export interface When {
	readonly start: EnteredTime;
	readonly times: Required<Pick<Event, 'start' | 'end'>>;
}

const usualMinutes = 30;

/** @throws {ParameterError} for an end that isn't after the start */
export function timedWhen(
	start: EnteredTime | undefined,
	end: EnteredTime | undefined,
	zone: Zone,
): When {
	if (!start) throw new ParameterError('Start', 'is empty', 'Enter when the event begins.');
	const startMs = instantOf(start, zone);
	const endMs = end ? instantOf(end, zone) : startMs + usualMinutes * 60_000;
	if (endMs < startMs) throw new ParameterError('End', 'is before the start');
	return {
		start,
		times: {
			start: toGraphTime(start, zone),
			end: end ? toGraphTime(end, zone) : graphTimeAt(endMs, zone),
		},
	};
}

/** Graph's end is the midnight after the last day. */
export function allDayWhen(
	firstDay: EnteredTime | undefined,
	lastDay: EnteredTime | undefined,
	zone: Zone,
	labels: { readonly first: string; readonly last: string } = {
		first: 'First Day',
		last: 'Last Day',
	},
): When {
	if (!firstDay) throw new ParameterError(labels.first, 'is empty', 'Enter the day of the event.');
	const first = dateOf(firstDay, zone);
	const last = lastDay ? dateOf(lastDay, zone) : first;
	if (last < first)
		throw new ParameterError(labels.last, `is before the ${labels.first.toLowerCase()}`);
	return {
		start: { kind: 'local', text: `${first}T00:00:00` },
		times: { start: midnight(first, zone), end: midnight(addDays(last, 1), zone) },
	};
}

export function attendeesOf(people: Attendees): Attendee[] {
	const { requiredAttendees = [], optionalAttendees = [], rooms = [] } = people;
	return [
		...requiredAttendees.map((person): Attendee => ({ ...person, type: 'required' })),
		...optionalAttendees.map((person): Attendee => ({ ...person, type: 'optional' })),
		...rooms.map((room): Attendee => ({ ...room, type: 'resource' })),
	];
}

/** What options say of an event; those that were not added say nothing. */
export function optionsOf(options: EventOptions, rooms: readonly Recipient[] = []): Event {
	const {
		body,
		bodyType = 'html',
		categories,
		locations,
		reminderMinutes,
		isOnlineMeeting,
	} = options;
	const {
		allowNewTimeProposals,
		hideAttendees,
		importance,
		responseRequested,
		sensitivity,
		showAs,
	} = options;
	const places = [...rooms.map(roomLocation), ...(locations ?? []).map(location)];
	return {
		...(body !== undefined && { body: { contentType: bodyType, content: body } }),
		...(categories && { categories: [...categories] }),
		...((locations ?? rooms.length > 0) && places.length > 0 && { locations: places }),
		...(reminderMinutes !== undefined &&
			(reminderMinutes < 0
				? { isReminderOn: false }
				: { isReminderOn: true, reminderMinutesBeforeStart: reminderMinutes })),
		...(isOnlineMeeting !== undefined && {
			isOnlineMeeting,
			...(isOnlineMeeting && { onlineMeetingProvider: 'teamsForBusiness' as const }),
		}),
		...(allowNewTimeProposals !== undefined && { allowNewTimeProposals }),
		...(hideAttendees !== undefined && { hideAttendees }),
		...(importance !== undefined && { importance }),
		...(responseRequested !== undefined && { responseRequested }),
		...(sensitivity !== undefined && { sensitivity }),
		...(showAs !== undefined && { showAs }),
	};
}

function roomLocation({ emailAddress }: Recipient): Location {
	const address = emailAddress?.address ?? '';
	return {
		displayName: emailAddress?.name ?? address,
		locationEmailAddress: address,
		locationType: 'conferenceRoom',
	};
}

function location(row: {
	readonly name?: string;
	readonly address?: string;
	readonly url?: string;
}): Location {
	const { name, address, url } = row;
	const displayName = [name, url, address].find((text) => text?.trim());
	if (!displayName) throw new ParameterError('Locations', 'a row is empty', 'Enter a name for it.');
	return {
		displayName,
		...(address && { locationEmailAddress: address }),
		...(url && { locationUri: url }),
	};
}

/**
 * Lets Exchange recognise a repeated request: the same for an item's same event, another for any
 * other. The event is part of it, so that two that an AI agent creates in one run stay two.
 */
export function transactionIdOf(itemKey: string, event: Event): string {
	const hex = createHash('sha256').update(itemKey).update(JSON.stringify(event)).digest('hex');
	return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
