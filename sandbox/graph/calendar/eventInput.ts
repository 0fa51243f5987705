import type { GraphTime } from '../../../core/calendar/localTime';
import type { Recipient } from '../mail/types';
import { badRequest } from '../refused';
import { msOf } from './times';
import type { EventFields, Properties, StoredAttendee, StoredRecurrence } from './types';

export type EventInput = Readonly<Record<string, unknown>>;

const dayMs = 86_400_000;

/** What a client can set; anything else that Graph knows is read-only and ignored. */
const settable = [
	'subject',
	'body',
	'importance',
	'sensitivity',
	'showAs',
	'categories',
	'isAllDay',
	'isReminderOn',
	'reminderMinutesBeforeStart',
	'hideAttendees',
	'allowNewTimeProposals',
	'responseRequested',
	'isOnlineMeeting',
	'onlineMeetingProvider',
	'location',
	'locations',
];

/** What the attendees have as they like it. */
export const personal = [
	'categories',
	'showAs',
	'isReminderOn',
	'reminderMinutesBeforeStart',
	'sensitivity',
];

const emptyLocation = {
	displayName: '',
	locationType: 'default',
	uniqueIdType: 'unknown',
	address: {},
	coordinates: {},
};

const defaults: Properties = {
	subject: '',
	body: { contentType: 'html', content: '' },
	importance: 'normal',
	sensitivity: 'normal',
	showAs: 'busy',
	categories: [],
	isAllDay: false,
	isReminderOn: true,
	reminderMinutesBeforeStart: 15,
	hideAttendees: false,
	allowNewTimeProposals: true,
	responseRequested: true,
	isOnlineMeeting: false,
	onlineMeetingProvider: 'unknown',
	onlineMeeting: null,
	onlineMeetingUrl: null,
	location: emptyLocation,
	locations: [],
};

/** The properties after a change, with what Exchange makes of them. */
export function changeProperties(input: EventInput, now: Properties = defaults): Properties {
	const given = Object.fromEntries(
		Object.entries(input).filter(([name, value]) => settable.includes(name) && value !== undefined),
	);
	return { ...now, ...given, ...locations(given), ...onlineMeeting(given, now) };
}

function locations(given: Properties): Properties {
	if (Array.isArray(given.locations)) {
		const list = given.locations.map((each) => ({ ...emptyLocation, ...(each as object) }));
		return { locations: list, location: list[0] ?? emptyLocation };
	}
	if (given.location === undefined) return {};
	const location = { ...emptyLocation, ...(given.location as object) };
	return { location, locations: location.displayName === '' ? [] : [location] };
}

function onlineMeeting(given: Properties, now: Properties): Properties {
	if (given.isOnlineMeeting !== true || now.onlineMeeting) return {};
	const id = Buffer.from(String(given.subject ?? now.subject))
		.toString('hex')
		.slice(0, 16);
	return {
		onlineMeetingProvider: 'teamsForBusiness',
		onlineMeeting: { joinUrl: `https://teams.microsoft.com/l/meetup-join/19%3ameeting_${id}/0` },
	};
}

/** @throws {RefusedError} Graph's 400 for times that don't go together */
export function readTimes(
	input: EventInput,
	now?: Pick<EventFields, 'start' | 'end' | 'properties'>,
): Pick<EventFields, 'start' | 'end'> {
	const start = (input.start ?? now?.start) as GraphTime | undefined;
	const end = (input.end ?? now?.end) as GraphTime | undefined;
	if (!start || !end) {
		throw badRequest('At least one property failed validation.', 'ErrorPropertyValidationFailure');
	}
	const [startMs, endMs] = [msOf(start), msOf(end)];
	if (endMs < startMs) throw invalid("The meeting can't end before it starts.");
	const isAllDay = input.isAllDay ?? now?.properties.isAllDay ?? false;
	if (isAllDay === true) {
		for (const [name, { dateTime }] of Object.entries({ Start: start, End: end })) {
			if (!/T00:00(:00(\.0+)?)?$/.test(dateTime)) {
				throw invalid(
					`The Event.${name} property for an all-day event needs to be set to midnight.`,
				);
			}
		}
		if (endMs - startMs < dayMs - 2 * 3_600_000) {
			throw invalid('The duration of an all-day event must be at least one day.');
		}
	}
	return { start: plain(start), end: plain(end) };
}

function plain({ dateTime, timeZone }: GraphTime): GraphTime {
	return { dateTime: dateTime.slice(0, 19).padEnd(19, ':00'), timeZone };
}

/** @throws {RefusedError} Graph's 400 for a pattern that lacks what its type needs */
export function readRecurrence(value: unknown, start: GraphTime): StoredRecurrence | undefined {
	if (value === null || value === undefined) return undefined;
	const recurrence = value as StoredRecurrence;
	const { pattern, range } = recurrence;
	const needs: Readonly<Record<string, ReadonlyArray<keyof StoredRecurrence['pattern']>>> = {
		daily: [],
		weekly: ['daysOfWeek'],
		absoluteMonthly: ['dayOfMonth'],
		relativeMonthly: ['daysOfWeek'],
		absoluteYearly: ['dayOfMonth', 'month'],
		relativeYearly: ['daysOfWeek', 'month'],
	};
	const missing = needs[pattern.type]?.find((name) => pattern[name] === undefined);
	if (missing !== undefined || !(pattern.interval >= 1)) {
		throw invalid('At least one property failed validation.');
	}
	if (range.startDate !== start.dateTime.slice(0, 10)) {
		throw invalid('The recurrence range must start on the day on which the event starts.');
	}
	const isComplete =
		range.type === 'noEnd' ||
		(range.type === 'endDate' && range.endDate !== undefined && range.endDate >= range.startDate) ||
		(range.type === 'numbered' && (range.numberOfOccurrences ?? 0) >= 1);
	if (!isComplete) throw invalid('At least one property failed validation.');
	return recurrence;
}

const notResponded = { response: 'none', time: '0001-01-01T00:00:00Z' };

/** Those who were invited before keep their response. */
export function readAttendees(
	value: unknown,
	before: readonly StoredAttendee[] = [],
): StoredAttendee[] {
	const list = (Array.isArray(value) ? value : []) as ReadonlyArray<Recipient & { type?: string }>;
	return list.map(({ emailAddress, type = 'required' }) => {
		if (!/^[^\s@]+@[^\s@]+$/.test(emailAddress.address)) {
			throw badRequest('At least one recipient is not valid.', 'ErrorInvalidRecipients');
		}
		const known = before.find((each) => sameAddress(each, { emailAddress }));
		return {
			...known,
			emailAddress: {
				name: emailAddress.name ?? emailAddress.address,
				address: emailAddress.address,
			},
			type,
			status: known?.status ?? notResponded,
		};
	});
}

export const sameAddress = (left: Recipient, right: Recipient): boolean =>
	left.emailAddress.address.toLowerCase() === right.emailAddress.address.toLowerCase();

function invalid(message: string): Error {
	return badRequest(message, 'ErrorPropertyValidationFailure');
}
