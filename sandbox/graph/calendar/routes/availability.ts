import type { GraphTime } from '../../../../core/calendar/localTime';
import { utc, type Zone, zoneOf } from '../../../../core/calendar/zone';
import { badRequest } from '../../refused';
import { findUser } from '../../server/authorize';
import type { GraphCall, Route } from '../../server/call';
import { calendarReadBasic, meetingTimes } from '../access';
import { zoneFor } from '../eventView';
import { availabilityView, busyTimes, digitOf } from '../freeBusy';
import { fieldsOf } from '../occurrences';
import type { CalendarService } from '../service';
import { type Ms, msOf, timeIn } from '../times';
import { parametersOf } from './bases';

const dayMs = 86_400_000;

export function availabilityRoutes(hall: CalendarService): Route[] {
	return [
		{
			method: 'POST',
			path: 'mailbox/calendar/getSchedule',
			access: calendarReadBasic,
			handle: (call) => ({ status: 200, json: { value: getSchedule(hall, call) } }),
		},
		{
			method: 'POST',
			path: 'mailbox/findMeetingTimes',
			access: meetingTimes,
			handle: (call) => ({ status: 200, json: findMeetingTimes(hall, call) }),
		},
	];
}

function getSchedule(hall: CalendarService, call: GraphCall): unknown[] {
	const { schedules, starttime, endtime, availabilityviewinterval = 30 } = parametersOf(call);
	const addresses = (schedules ?? []) as string[];
	const [from, until] = [msOf(starttime as GraphTime), msOf(endtime as GraphTime)];
	const minutes = Number(availabilityviewinterval);
	if (addresses.length === 0 || addresses.length > 20) {
		throw badRequest('The number of schedules must be from 1 to 20.', 'ErrorInvalidParameter');
	}
	if (until <= from || until - from >= 62 * dayMs) {
		throw badRequest(
			'The time interval must be positive and less than 62 days.',
			'ErrorInvalidTimeInterval',
		);
	}
	if (minutes < 5 || minutes > 1440) {
		throw badRequest(
			'The interval must be from 5 to 1440 minutes.',
			'ErrorInvalidMergedFreeBusyInterval',
		);
	}
	const zone = zoneFor(call);
	return addresses.map((address) => {
		const box = hall.boxOf(address);
		if (!box) {
			return {
				scheduleId: address,
				scheduleItems: [],
				error: {
					message: 'The mail recipient is not found.',
					responseCode: 'ErrorMailRecipientNotFound',
				},
			};
		}
		const busy = busyTimes(box, from, until);
		return {
			scheduleId: address,
			availabilityView: availabilityView(busy, from, until, minutes * 60_000),
			scheduleItems: busy.map(({ ref, startMs, endMs, status }) => {
				const { properties } = fieldsOf(ref);
				const isPrivate = properties.sensitivity === 'private';
				return {
					isPrivate,
					status,
					...(!isPrivate && {
						subject: properties.subject,
						location: (properties.location as { displayName?: string }).displayName ?? '',
					}),
					start: timeIn(startMs, zone),
					end: timeIn(endMs, zone),
				};
			}),
			...(!hall.isRoom(address) && { workingHours: settingsOf(hall, address).workingHours }),
		};
	});
}

interface Settings {
	readonly workingHours: {
		readonly daysOfWeek: readonly string[];
		readonly startTime: string;
		readonly endTime: string;
		readonly timeZone: { readonly name: string };
	};
}

function settingsOf(hall: CalendarService, address: string): Settings {
	const user = findUser(hall.directory, address) ?? hall.directory.users[0];
	if (!user) throw badRequest('The tenant has no users.');
	return hall.mail.mailboxOf(user).settings as unknown as Settings;
}

interface Slot {
	readonly start: GraphTime;
	readonly end: GraphTime;
}

interface Wanted {
	readonly address: string;
	readonly type: string;
}

function findMeetingTimes(hall: CalendarService, call: GraphCall): unknown {
	const given = parametersOf(call);
	const organizer = hall.open(call);
	const people = (
		(given.attendees ?? []) as Array<{ type?: string; emailAddress: { address: string } }>
	).map(({ type = 'required', emailAddress }): Wanted => ({ address: emailAddress.address, type }));
	const constraint = (given.timeconstraint ?? {}) as {
		activityDomain?: string;
		timeSlots?: readonly Slot[];
		/** As the US Government's metadata has it. */
		timeslots?: readonly Slot[];
	};
	const durationMs = durationOf(given.meetingduration);
	const minimum = Number(given.minimumattendeepercentage ?? 50);
	const zone = zoneFor(call);
	const now = hall.clock.now();
	const slots = (constraint.timeSlots ?? constraint.timeslots)?.map(
		({ start, end }) => [msOf(start), msOf(end)] as const,
	) ?? [[now, now + 14 * dayMs] as const];
	const found = slots
		.flatMap(([from, until]) => startsIn(from, until, durationMs))
		.filter((start) =>
			isWorkTime(hall, organizer.owner.address, start, durationMs, constraint.activityDomain),
		)
		.map((start) =>
			suggestion(hall, organizer.owner.address, people, start, start + durationMs, zone),
		)
		.filter(
			({ confidence, organizerAvailability }) =>
				confidence >= minimum && organizerAvailability === 'free',
		)
		.sort((left, right) => right.confidence - left.confidence)
		.slice(0, Number(given.maxcandidates ?? 5));
	return {
		emptySuggestionsReason: found.length === 0 ? 'AttendeesUnavailable' : '',
		meetingTimeSuggestions: found.map((each, index) => ({
			...each,
			...(call.context.surface.types.member('microsoft.graph.meetingTimeSuggestion', 'order') && {
				order: index + 1,
			}),
			...(given.returnsuggestionreasons === true && {
				suggestionReason:
					'Suggested because it is one of the nearest times when all attendees are available.',
			}),
		})),
	};
}

/** Exchange tries the full and half hours. */
function startsIn(from: Ms, until: Ms, durationMs: number): Ms[] {
	const stepMs = 1_800_000;
	const starts: Ms[] = [];
	for (
		let start = Math.ceil(from / stepMs) * stepMs;
		start + durationMs <= until;
		start += stepMs
	) {
		starts.push(start);
	}
	return starts;
}

function isWorkTime(
	hall: CalendarService,
	address: string,
	startMs: Ms,
	durationMs: number,
	domain = 'work',
): boolean {
	if (domain === 'unrestricted') return true;
	const { workingHours } = settingsOf(hall, address);
	const zone = zoneOf(workingHours.timeZone.name) ?? utc;
	const [start, end] = [startMs, startMs + durationMs].map((ms) => timeIn(ms, zone).dateTime);
	const weekday = new Date(`${start?.slice(0, 10) ?? ''}T00:00:00Z`).getUTCDay();
	const names = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
	return (
		(domain === 'personal' || workingHours.daysOfWeek.includes(names[weekday] ?? '')) &&
		start?.slice(0, 10) === end?.slice(0, 10) &&
		(start?.slice(11, 16) ?? '') >= workingHours.startTime.slice(0, 5) &&
		(end?.slice(11, 16) ?? '') <= workingHours.endTime.slice(0, 5)
	);
}

function suggestion(
	hall: CalendarService,
	organizer: string,
	people: readonly Wanted[],
	startMs: Ms,
	endMs: Ms,
	zone: Zone,
) {
	const statusOf = (address: string): string => {
		const box = hall.boxOf(address);
		if (!box) return 'unknown';
		const busy = busyTimes(box, startMs, endMs).map(({ status }) => status);
		return busy.sort((left, right) => digitOf(right) - digitOf(left))[0] ?? 'free';
	};
	const availability = people.map(({ address, type }) => ({
		availability: statusOf(address),
		attendee: { type, emailAddress: { address } },
	}));
	const chances = availability.map(({ availability: each }): number =>
		each === 'free' ? 100 : each === 'unknown' ? 49 : 0,
	);
	const sum = chances.reduce((total, chance) => total + chance, 0);
	return {
		confidence: chances.length === 0 ? 100 : sum / chances.length,
		organizerAvailability: statusOf(organizer),
		attendeeAvailability: availability,
		locations: [],
		meetingTimeSlot: { start: timeIn(startMs, zone), end: timeIn(endMs, zone) },
	};
}

function durationOf(value: unknown): number {
	const text = typeof value === 'string' ? value : 'PT30M';
	const parts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(text) ?? [];
	const [days, hours, minutes] = parts.slice(1).map((part) => Number(part ?? 0));
	return ((days ?? 0) * 1440 + (hours ?? 0) * 60 + (minutes ?? 0)) * 60_000;
}
