import type {
	MeetingTimeSuggestionsResult,
	Recipient,
	User,
} from '@microsoft/microsoft-graph-types';
import type { IDataObject } from 'n8n-workflow';
import { alignUp, confidenceOf, isWithin, type Slot, slotsIn } from '../../core/calendar/freeSlots';
import { graphTimeAt, toIso } from '../../core/calendar/localTime';
import { isoAt } from '../../core/time';
import type { Zone } from '../../core/calendar/zone';
import { type GraphPath, path } from '../../core/graph/path';
import type { GraphClient } from '../../core/graph/types';
import { addressOf } from './attendees';
import { preferZone } from './outputZone';
import { readSchedules, scheduleOf, scheduleProblems } from './schedules';

export interface MeetingSearch {
	readonly mailbox: GraphPath;
	readonly people: readonly Recipient[];
	readonly rooms: readonly Recipient[];
	readonly fromMs: number;
	readonly untilMs: number;
	readonly durationMinutes: number;
	readonly workingHours: boolean;
	readonly maxCandidates: number;
	readonly minimumPercentage: number;
	readonly zone: Zone;
}

export interface MeetingTimes {
	readonly suggestions: IDataObject[];
	/** Why there are none. */
	readonly reason: string;
}

/** What Exchange suggests. https://learn.microsoft.com/graph/api/user-findmeetingtimes */
export async function suggestMeetingTimes(
	graph: GraphClient,
	search: MeetingSearch,
): Promise<MeetingTimes> {
	const { zone } = search;
	const answer = await graph.request<MeetingTimeSuggestionsResult>({
		method: 'POST',
		path: path`${search.mailbox}/findMeetingTimes`,
		headers: preferZone(zone),
		body: {
			attendees: [
				...search.people.map((person) => ({ ...person, type: 'required' })),
				...search.rooms.map((room) => ({ ...room, type: 'resource' })),
			],
			timeConstraint: {
				activityDomain: search.workingHours ? 'work' : 'unrestricted',
				[slotsName(graph)]: [
					{ start: graphTimeAt(search.fromMs, zone), end: graphTimeAt(search.untilMs, zone) },
				],
			},
			meetingDuration: `PT${search.durationMinutes}M`,
			maxCandidates: search.maxCandidates,
			minimumAttendeePercentage: search.minimumPercentage,
			returnSuggestionReasons: true,
		},
		// It only reads.
		repeatable: true,
	});
	const suggestions = (answer.meetingTimeSuggestions ?? []).map((suggestion): IDataObject => {
		const { meetingTimeSlot, attendeeAvailability, locations } = suggestion;
		const [start, end] = [meetingTimeSlot?.start, meetingTimeSlot?.end].map((each) =>
			each?.dateTime
				? toIso({ dateTime: each.dateTime, timeZone: each.timeZone ?? 'UTC' }, zone)
				: '',
		);
		return {
			start,
			end,
			confidence: suggestion.confidence ?? 0,
			organizerAvailability: suggestion.organizerAvailability ?? 'unknown',
			attendees: (attendeeAvailability ?? []).map(({ attendee, availability }) => ({
				address: attendee ? addressOf(attendee) : '',
				availability: availability ?? 'unknown',
			})),
			locations: (locations ?? []).flatMap(({ displayName }) => displayName ?? []),
			reason: suggestion.suggestionReason ?? '',
			answeredFrom: 'findMeetingTimes',
		};
	});
	return { suggestions, reason: answer.emptySuggestionsReason || 'Exchange gave no reason' };
}

/** The US Government's metadata writes it small, and property names are case-sensitive. */
function slotsName({ cloud }: GraphClient): 'timeSlots' | 'timeslots' {
	return cloud.metadata === 'Fairfax' ? 'timeslots' : 'timeSlots';
}

/** Minutes between the times that are tried. */
const stepMinutes = 30;

/** The same from free/busy times, where Microsoft has no `findMeetingTimes`. */
export async function suggestFromSchedules(
	graph: GraphClient,
	search: MeetingSearch,
): Promise<MeetingTimes> {
	const { mailbox, zone, untilMs: endMs, durationMinutes } = search;
	const organizer = await organizerOf(graph, mailbox);
	const startMs = alignUp(search.fromMs, stepMinutes);
	const people = [...search.people, ...search.rooms].map(addressOf);
	const informations = await readSchedules(graph, {
		mailbox,
		addresses: [...new Set([organizer, ...people])],
		fromMs: startMs,
		untilMs: endMs,
		intervalMinutes: stepMinutes,
		zone,
	});
	const schedules = informations.map((each) => scheduleOf(each, zone));
	const rooms = search.rooms.map((room) => addressOf(room).toLowerCase());
	const slots: Slot[] = [];
	for (const slot of slotsIn({
		schedules,
		startMs,
		endMs,
		cellMinutes: stepMinutes,
		durationMinutes,
	})) {
		const isWorkTime =
			!search.workingHours || schedules.every(({ workingHours }) => isWithin(slot, workingHours));
		const roomsFree = [...slot.availability].every(
			([address, each]) => !rooms.includes(address.toLowerCase()) || each === 'free',
		);
		if (isWorkTime && roomsFree && confidenceOf(slot) >= search.minimumPercentage) slots.push(slot);
	}
	// A stable sort: equally likely times stay in their order.
	slots.sort((a, b) => confidenceOf(b) - confidenceOf(a));
	const problems = scheduleProblems(informations);
	return {
		suggestions: slots
			.slice(0, search.maxCandidates)
			.map((slot) => suggestion(slot, organizer, zone)),
		reason: problems.length > 0 ? `no schedule of ${problems.join(', ')}` : 'nobody is free then',
	};
}

function suggestion(slot: Slot, organizer: string, zone: Zone): IDataObject {
	const attendees = [...slot.availability].filter(([address]) => address !== organizer);
	return {
		start: isoAt(slot.startMs, zone),
		end: isoAt(slot.endMs, zone),
		confidence: confidenceOf(slot),
		organizerAvailability: slot.availability.get(organizer) ?? 'unknown',
		attendees: attendees.map(([address, availability]) => ({ address, availability })),
		locations: [],
		reason: '',
		answeredFrom: 'getSchedule',
	};
}

/** A person's own path doesn't say the address, which `getSchedule` needs. */
async function organizerOf(graph: GraphClient, mailbox: GraphPath): Promise<string> {
	const [, address] = /^\/users\/([^/]+@[^/]+)$/.exec(decodeURIComponent(mailbox.toString())) ?? [];
	if (address) return address;
	const user = await graph.request<User>({
		method: 'GET',
		path: mailbox,
		query: { $select: 'mail,userPrincipalName' },
	});
	return user.mail ?? user.userPrincipalName ?? '';
}
