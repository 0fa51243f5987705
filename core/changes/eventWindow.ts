import type { Event } from '@microsoft/microsoft-graph-types';
import { type GraphPath, path } from '../graph/path';
import type { GraphClient, GraphQuery } from '../graph/types';
import { fingerprint } from './fingerprint';
import type { Change, Look, Source } from './types';

/** What the events of a calendar are read with to see whether something has happened. Never bodies. */
const select =
	'id,changeKey,createdDateTime,lastModifiedDateTime,subject,start,type,showAs,isCancelled,isOrganizer,organizer,categories';

/** What is saved at once is not always found at once, and servers' clocks differ. */
const overlapMs = 15 * 60_000;
const pageSize = 200;
const largestPage = 1000;
/** A calendar in which nothing was ever saved has no time to go on from; a day is more than clocks differ by. */
const dayMs = 86_400_000;

/** Where the window stands. */
export interface EventWindowCursor {
	/** Of the newest event that was seen: when it was last changed, ISO 8601 in UTC. */
	readonly watermark: string;
	/** Version by event, of all that were changed at the watermark or little before. Fingerprints. */
	readonly known: Readonly<Record<string, string>>;
}

/** One event that was changed since, with what the window knows of it. */
export interface ChangedEvent {
	readonly event: Event;
	/** It was not there at the last look. */
	readonly isNew: boolean;
}

export interface EventWindowOptions {
	readonly key: string;
	/** The events of one calendar: `…/events`. */
	readonly events: GraphPath;
	/** What else to read of each event. */
	readonly alsoSelect?: string;
	/** What newest is: created or changed last. */
	readonly newestBy: 'createdDateTime' | 'lastModifiedDateTime';
	/** What of it happened; several where several people have answered. */
	readonly changesOf: (changed: ChangedEvent) => readonly Change[];
	/** As if an event had just been saved; nothing for one that can't be an example. */
	readonly exampleOf: (event: Event) => Change | undefined;
}

/**
 * A calendar's events by the time of their last change. All clouds have it, it knows no past or
 * future that it doesn't reach, and idle it costs one request.
 */
export function eventWindow(options: EventWindowOptions): Source<EventWindowCursor> {
	const { key, events, alsoSelect, newestBy, changesOf, exampleOf } = options;
	const properties = alsoSelect === undefined ? select : `${select},${alsoSelect}`;
	const read = async (graph: GraphClient, query: GraphQuery): Promise<readonly Event[]> => {
		const { value } = await graph.request<{ value: Event[] }>({
			method: 'GET',
			path: path`${events}`,
			query: { $select: properties, ...query },
		});
		return value;
	};
	const readSince = async (graph: GraphClient, ms: number): Promise<Map<string, Event>> =>
		await changedSince(ms, async (query) => await read(graph, query));
	return {
		key,
		start: async (graph) => {
			const [last] = await read(graph, { $orderby: 'lastModifiedDateTime desc', $top: 1 });
			if (!last) return { watermark: new Date(Date.now() - dayMs).toISOString(), known: {} };
			const newestMs = changedAt(last);
			const recent = await readSince(graph, newestMs - overlapMs);
			return cursorOf(newestMs, recent.values());
		},
		look: async function* (graph, cursor): AsyncGenerator<Look<EventWindowCursor>> {
			const sinceMs = Date.parse(cursor.watermark) - overlapMs;
			const found = [...(await readSince(graph, sinceMs)).values()];
			const changes = found.flatMap((event) => {
				const known = cursor.known[fingerprint(event.id ?? '')];
				if (known === versionOf(event)) return [];
				// Whatever was created since and seen is known still: it was changed no earlier than created.
				const isNew = known === undefined && createdAt(event) >= sinceMs;
				return changesOf({ event, isNew });
			});
			const newestMs = Math.max(Date.parse(cursor.watermark), ...found.map(changedAt));
			yield { changes, cursor: cursorOf(newestMs, found) };
		},
		newest: async (graph, count) => {
			const latest = await read(graph, { $orderby: `${newestBy} desc`, $top: examplesLookedAt });
			return latest.flatMap((event) => exampleOf(event) ?? []).slice(0, count);
		},
	};
}

const examplesLookedAt = 50;

/**
 * All that were changed at a time or later, by id. Asks on from the last one's time rather than by
 * Graph's links, which count places: an event that is changed meanwhile would move all others up.
 */
async function changedSince(
	sinceMs: number,
	read: (query: GraphQuery) => Promise<readonly Event[]>,
): Promise<Map<string, Event>> {
	const found = new Map<string, Event>();
	let fromMs = sinceMs;
	let size = pageSize;
	for (;;) {
		const page = await read({
			$filter: `lastModifiedDateTime ge ${new Date(fromMs).toISOString()}`,
			$orderby: 'lastModifiedDateTime',
			$top: size,
		});
		for (const event of page) found.set(event.id ?? '', event);
		if (page.length < size) return found;
		const lastMs = Math.max(...page.map(changedAt));
		// A page full of one moment leads nowhere: a larger one may reach its end.
		if (lastMs <= fromMs && size < largestPage) size = largestPage;
		else fromMs = lastMs <= fromMs ? fromMs + 1 : lastMs;
	}
}

function cursorOf(newestMs: number, events: Iterable<Event>): EventWindowCursor {
	const recent = [...events].filter((event) => changedAt(event) >= newestMs - overlapMs);
	return {
		watermark: new Date(newestMs).toISOString(),
		known: Object.fromEntries(
			recent.map((event) => [fingerprint(event.id ?? ''), versionOf(event)]),
		),
	};
}

const versionOf = ({ changeKey }: Event): string => fingerprint(changeKey ?? '', 8);

const changedAt = ({ lastModifiedDateTime }: Event): number =>
	Date.parse(lastModifiedDateTime ?? '1970-01-01');

const createdAt = ({ createdDateTime }: Event): number =>
	Date.parse(createdDateTime ?? '1970-01-01');
