import type { Event } from '@microsoft/microsoft-graph-types';
import { graphTimeAt } from '../../core/calendar/localTime';
import {
	type EnteredTime,
	type LocalDate,
	dateAt,
	dateOf,
	instantOf,
	readTime,
} from '../../core/time';
import { readRecurrence, type Recurrence } from '../../core/calendar/recurrence';
import { type Zone, utc, zoneOf } from '../../core/calendar/zone';
import { type GraphPath, path } from '../../core/graph/path';
import type { GraphClient } from '../../core/graph/types';
import { type CurrentTimes, currentTimes } from './changes';

/** What a new series takes over from one that is split. */
const copiedProperties = [
	'allowNewTimeProposals',
	'attendees',
	'body',
	'categories',
	'hideAttendees',
	'importance',
	'isAllDay',
	'isOnlineMeeting',
	'isReminderOn',
	'locations',
	'onlineMeetingProvider',
	'reminderMinutesBeforeStart',
	'responseRequested',
	'sensitivity',
	'showAs',
	'subject',
] as const satisfies ReadonlyArray<keyof Event>;

const seriesSelect = [
	...copiedProperties,
	'start',
	'end',
	'recurrence',
	'originalStartTimeZone',
	'hasAttachments',
].join(',');

/** A series, seen from one of its occurrences. */
export interface Series {
	readonly path: GraphPath;
	readonly master: Event;
	readonly recurrence: Recurrence;
	/** In which the series keeps its hour. */
	readonly zone: Zone;
	/** The day that the pattern gave the occurrence; the first day where the series itself was named. */
	readonly date: LocalDate;
	/** The occurrence as the series has it. */
	readonly times: CurrentTimes;
}

/** @returns `undefined` for an event that doesn't repeat */
export async function readSeries(
	graph: GraphClient,
	events: GraphPath,
	named: GraphPath,
): Promise<Series | undefined> {
	const event = await graph.request<Event>({
		method: 'GET',
		path: named,
		query: { $select: 'type,seriesMasterId,originalStart,start,isAllDay' },
	});
	const seriesPath = event.seriesMasterId ? path`${events}/${event.seriesMasterId}` : named;
	if (!event.seriesMasterId && event.type !== 'seriesMaster') return undefined;
	const master = await graph.request<Event>({
		method: 'GET',
		path: seriesPath,
		query: { $select: seriesSelect },
	});
	if (!master.recurrence) return undefined;
	const recurrence = readRecurrence(master.recurrence);
	const zone = zoneOfSeries(master, recurrence);
	const date = event.seriesMasterId ? patternDate(event, zone) : recurrence.range.startDate;
	return { path: seriesPath, master, recurrence, zone, date, times: timesOn(date, master, zone) };
}

function zoneOfSeries(master: Event, { range }: Recurrence): Zone {
	for (const name of [range.recurrenceTimeZone, master.originalStartTimeZone]) {
		const zone = name ? zoneOf(name) : undefined;
		if (zone) return zone;
	}
	return utc;
}

/** An occurrence that was moved keeps its place in the pattern by its original start. */
function patternDate({ originalStart, start, isAllDay }: Event, zone: Zone): LocalDate {
	const original = readTime(originalStart);
	if (original && !isAllDay) return dateOf(original, zone);
	return isAllDay
		? (start?.dateTime ?? '').slice(0, 10)
		: dateAt(
				instantOf(readTime(`${start?.dateTime ?? ''}Z`) ?? { kind: 'instant', ms: 0 }, zone),
				zone,
			);
}

function timesOn(date: LocalDate, master: Event, zone: Zone): CurrentTimes {
	const times = currentTimes(master);
	const start: EnteredTime = times.isAllDay
		? { kind: 'local', text: `${date}T00:00:00` }
		: {
				kind: 'instant',
				ms: instantOf(
					{
						kind: 'local',
						text: `${date}T${graphTimeAt(instantOf(times.start, zone), zone).dateTime.slice(11)}`,
					},
					zone,
				),
			};
	return { ...times, start };
}

/** The series' properties for another one, without its times and recurrence. */
export function copyOf({ master }: Series): Event {
	const copied = Object.fromEntries(
		copiedProperties
			.filter((name) => master[name] !== undefined && master[name] !== null)
			.map((name) => [name, master[name]]),
	) as Event;
	const attendees = (master.attendees ?? []).map(({ emailAddress, type }) => ({
		...(emailAddress && { emailAddress }),
		...(type && { type }),
	}));
	const { onlineMeetingProvider, ...rest } = copied;
	return {
		...rest,
		...(master.attendees && { attendees }),
		// `unknown` is what events without a meeting have, and can't be set.
		...(copied.isOnlineMeeting && onlineMeetingProvider && { onlineMeetingProvider }),
	};
}
