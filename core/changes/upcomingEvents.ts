import type { Event } from '@microsoft/microsoft-graph-types';
import { graphTimeAt, instantOfGraph } from '../calendar/localTime';
import { utc, type Zone } from '../calendar/zone';
import type { GraphPath } from '../graph/path';
import type { GraphClient } from '../graph/types';
import { fingerprint } from './fingerprint';
import type { Change, Look, Source } from './types';

const select =
	'id,subject,start,end,isAllDay,isCancelled,isOrganizer,organizer,showAs,categories,responseStatus,type,seriesMasterId';
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** Between the first and the last place on earth where a day begins, and Greenwich. */
const zonesMs = 14 * hourMs;
const pageSize = 250;

export interface UpcomingCursor {
	/** What had begun by then is over. ISO 8601 in UTC. */
	readonly lookedAt: string;
	/** When each occurrence that was found begins, in milliseconds since 1970, by fingerprint. */
	readonly found: Readonly<Record<string, number>>;
}

export interface UpcomingOptions {
	readonly key: string;
	/** Of one calendar: `…/calendarView`. */
	readonly view: GraphPath;
	readonly minutesBefore: number;
	/** Their day begins at midnight in this zone. `undefined`: leave them out. */
	readonly allDayZone: Zone | undefined;
	/** Milliseconds since 1970. */
	readonly now: () => number;
}

/**
 * Single events and occurrences from so many minutes before they begin: each once, and anew where
 * it is moved. What is created late is found late, and what began while nobody looked is found as
 * long as it goes on.
 */
export function upcomingEvents(options: UpcomingOptions): Source<UpcomingCursor> {
	const { key, minutesBefore, now } = options;
	return {
		key,
		start: () => Promise.resolve({ lookedAt: new Date(now()).toISOString(), found: {} }),
		look: async function* (graph, cursor): AsyncGenerator<Look<UpcomingCursor>> {
			const nowMs = now();
			const untilMs = nowMs + minutesBefore * minuteMs;
			const lookedAtMs = Date.parse(cursor.lookedAt);
			const found = new Map(Object.entries(cursor.found));
			const changes: Change[] = [];
			for (const event of await eventsBetween(graph, options, nowMs, untilMs)) {
				const startMs = startOf(event, options.allDayZone);
				// What was running at the last look had its turn, or began before there was a trigger.
				if (startMs === undefined || startMs > untilMs || startMs < lookedAtMs) continue;
				const change = changeOf(event, startMs);
				const mark = fingerprint(`${change.id} ${change.version}`);
				if (!found.has(mark)) changes.push(change);
				found.set(mark, startMs);
			}
			const kept = [...found].filter(([, startMs]) => startMs > nowMs - dayMs);
			yield {
				changes,
				cursor: { lookedAt: new Date(nowMs).toISOString(), found: Object.fromEntries(kept) },
			};
		},
		newest: async (graph, count) => {
			const nowMs = now();
			const coming = await eventsBetween(graph, options, nowMs, nowMs + examplesWithinMs, 50);
			const changes = coming.flatMap((event) => {
				const startMs = startOf(event, options.allDayZone);
				return startMs !== undefined && startMs >= nowMs ? [changeOf(event, startMs)] : [];
			});
			// The next one to begin is the newest thing that happens.
			return changes
				.slice(0, count)
				.map((change, place) => ({ ...change, at: new Date(nowMs - place).toISOString() }));
		},
	};
}

const examplesWithinMs = 90 * dayMs;

async function eventsBetween(
	graph: GraphClient,
	{ view, allDayZone }: UpcomingOptions,
	fromMs: number,
	untilMs: number,
	limit?: number,
): Promise<Event[]> {
	// Exchange takes days that have no zone for UTC's.
	const marginMs = allDayZone ? zonesMs : 0;
	const pages = graph.pages<Event>(
		{
			method: 'GET',
			path: view,
			query: {
				startDateTime: new Date(fromMs - marginMs).toISOString(),
				// The bound itself is not within.
				endDateTime: new Date(untilMs + marginMs + 1000).toISOString(),
				$select: select,
				$orderby: 'start/dateTime',
			},
		},
		{ pageSize, ...(limit !== undefined && { limit }) },
	);
	const events: Event[] = [];
	for await (const page of pages) events.push(...page);
	return events.filter(({ isCancelled }) => isCancelled !== true);
}

/** In milliseconds since 1970; `undefined` for an all-day event that is to be left out. */
function startOf({ start, isAllDay }: Event, allDayZone: Zone | undefined): number | undefined {
	if (!start?.dateTime) return undefined;
	if (!isAllDay) {
		return instantOfGraph({ dateTime: start.dateTime, timeZone: start.timeZone ?? 'UTC' });
	}
	if (!allDayZone) return undefined;
	return instantOfGraph({
		dateTime: `${start.dateTime.slice(0, 10)}T00:00:00`,
		timeZone: allDayZone.name,
	});
}

function changeOf(event: Event, startMs: number): Change {
	const { dateTime } = graphTimeAt(startMs, utc);
	return {
		id: event.id ?? '',
		version: dateTime,
		at: `${dateTime}Z`,
		item: { ...event, startMs },
	};
}
