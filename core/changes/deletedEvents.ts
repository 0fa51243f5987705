import type { Event } from '@microsoft/microsoft-graph-types';
import { NotFoundError } from '../graph/errors';
import { type GraphPath, path } from '../graph/path';
import type { GraphClient } from '../graph/types';
import { fingerprint } from './fingerprint';
import type { Change, Look, Source } from './types';

const dayMs = 86_400_000;
const pastDays = 7;
/** A window that is this old is opened anew, so that it goes on reaching as far ahead as it should. */
const reopenAfterMs = 7 * dayMs;
/** What was changed since the last look, with clocks that differ and looks that fail. */
const overlapMs = 15 * 60_000;
const pageSize = 200;

/** What is known of an event once it is gone. */
type KnownEvent =
	| { readonly series: string; readonly start: string }
	| {
			readonly subject: string;
			readonly start: string;
			readonly end: string;
			readonly organizer: string;
			readonly isSeries?: true;
	  };

export interface DeletedEventsCursor {
	readonly link: string;
	/** ISO 8601 in UTC. */
	readonly openedAt: string;
	readonly lookedAt: string;
	/** By fingerprint of the id. */
	readonly known: Readonly<Record<string, KnownEvent>>;
}

export interface DeletedEventsOptions {
	readonly key: string;
	/** Of one calendar: `…/events` and `…/calendarView`. */
	readonly events: GraphPath;
	readonly view: GraphPath;
	readonly daysAhead: number;
	/** Milliseconds since 1970. */
	readonly now: () => number;
}

/** What a delta of a calendar view answers of an event; of removed ones the id alone. */
type DeltaEvent = Event & { readonly '@removed'?: unknown };

type Known = Record<string, KnownEvent>;

/**
 * Events and occurrences that are gone from a calendar, a series as one. Graph's delta of a
 * calendar view calls everything removed that is not in its window, even what was just created
 * there (microsoftgraph/microsoft-graph-docs#10687): only what was known before and is nowhere
 * else in the calendar counts.
 */
export function deletedEvents(options: DeletedEventsOptions): Source<DeletedEventsCursor> {
	const { key, events, now } = options;
	return {
		key,
		start: async (graph) => await open(graph, options),
		look: async function* (graph, cursor): AsyncGenerator<Look<DeletedEventsCursor>> {
			const lookedAt = new Date(now()).toISOString();
			const read = await readOn(graph, options, cursor);
			const isOld = now() - Date.parse(cursor.openedAt) > reopenAfterMs;
			const opened = isOld ? await open(graph, options) : undefined;
			if (opened) missing(read, opened.known, now() - pastDays * dayMs);
			const gone = await reallyGone(graph, events, cursor.lookedAt, read);
			yield {
				changes: gone.map(([mark, id]) => ({
					id: mark,
					version: '',
					at: lookedAt,
					item: describe(read.before, mark, id),
				})),
				cursor: opened ?? { ...cursor, link: read.link, lookedAt, known: read.known },
			};
		},
		newest: async (graph, count) => {
			const { value } = await graph.request<{ value: Event[] }>({
				method: 'GET',
				path: events,
				query: { $select: exampleSelect, $orderby: 'lastModifiedDateTime desc', $top: count },
			});
			return value.map((event): Change => {
				const known: Known = {};
				remember(known, event);
				const mark = fingerprint(event.id ?? '');
				const at = new Date(now()).toISOString();
				return { id: mark, version: '', at, item: describe(known, mark, event.id) };
			});
		},
	};
}

const exampleSelect = 'id,subject,start,end,isAllDay,organizer,type,seriesMasterId';

async function open(
	graph: GraphClient,
	options: DeletedEventsOptions,
): Promise<DeletedEventsCursor> {
	const openedAt = new Date(options.now()).toISOString();
	const known: Known = {};
	let link = '';
	for await (const page of graph.delta<DeltaEvent>(deltaRequest(options))) {
		for (const event of page.items) remember(known, event);
		link = page.deltaLink ?? link;
	}
	return { link, openedAt, lookedAt: openedAt, known };
}

/** Options such as `$select` are refused here. learn.microsoft.com/graph/api/event-delta */
function deltaRequest({ view, daysAhead, now }: DeletedEventsOptions) {
	const nowMs = now();
	return {
		method: 'GET',
		path: path`${view}/delta`,
		query: {
			startDateTime: new Date(nowMs - pastDays * dayMs).toISOString(),
			endDateTime: new Date(nowMs + daysAhead * dayMs).toISOString(),
		},
		headers: { prefer: `odata.maxpagesize=${pageSize}` },
	} as const;
}

interface Reading {
	readonly link: string;
	readonly before: Known;
	readonly known: Known;
	/** What was known and is in the window no more: ids by fingerprint, empty where nobody told it. */
	readonly removed: Map<string, string>;
	/** Series that have occurrences which they did not have before. */
	readonly renewed: ReadonlySet<string>;
}

async function readOn(
	graph: GraphClient,
	options: DeletedEventsOptions,
	{ link: from, known: before }: DeletedEventsCursor,
): Promise<Reading> {
	const known: Known = { ...before };
	const removed = new Map<string, string>();
	const renewed = new Set<string>();
	let all: Known | undefined;
	let link = from;
	for await (const page of graph.delta<DeltaEvent>(deltaRequest(options), from)) {
		if (page.isResync) all ??= {};
		link = page.deltaLink ?? link;
		for (const event of page.items) {
			const mark = fingerprint(event.id ?? '');
			if (event['@removed']) {
				if (before[mark]) removed.set(mark, event.id ?? '');
				delete known[mark];
				continue;
			}
			if (event.seriesMasterId && !before[mark]) renewed.add(fingerprint(event.seriesMasterId));
			removed.delete(mark);
			remember(known, event);
			if (all) remember(all, event);
		}
	}
	const reading = { link, before, known: all ?? known, removed, renewed };
	if (all) missing(reading, all, 0);
	return reading;
}

/** What is no longer there when all is read anew; what ended before the window begins is over, not gone. */
function missing({ before, known, removed }: Reading, all: Known, fromMs: number): void {
	for (const [mark, { start }] of Object.entries(before)) {
		if (all[mark] || removed.has(mark) || Date.parse(start) < fromMs) continue;
		removed.set(mark, '');
		delete known[mark];
	}
}

/**
 * Of what has left the window, that which was deleted. What was moved elsewhere was changed; so
 * was a series that has lost an occurrence. A series that was moved has other occurrences now.
 */
async function reallyGone(
	graph: GraphClient,
	events: GraphPath,
	since: string,
	{ before, removed, renewed }: Reading,
): Promise<ReadonlyArray<readonly [string, string]>> {
	if (removed.size === 0) return [];
	const alive = await changedSince(graph, events, Date.parse(since) - overlapMs);
	const gone = new Map<string, string>();
	for (const [mark, id] of removed) {
		const event = before[mark];
		if (!event) continue;
		if (!('series' in event)) {
			if (!alive.has(mark)) gone.set(mark, id);
		} else if (!alive.has(event.series)) {
			gone.set(event.series, removed.get(event.series) ?? '');
		} else if (!renewed.has(event.series) && !(await isThere(graph, events, id))) {
			gone.set(mark, id);
		}
	}
	return [...gone];
}

async function changedSince(
	graph: GraphClient,
	events: GraphPath,
	ms: number,
): Promise<ReadonlySet<string>> {
	const request = {
		method: 'GET',
		path: events,
		query: {
			$filter: `lastModifiedDateTime ge ${new Date(ms).toISOString()}`,
			$select: 'id',
		},
	} as const;
	const marks = new Set<string>();
	for await (const page of graph.pages<Event>(request, { pageSize })) {
		for (const { id } of page) marks.add(fingerprint(id ?? ''));
	}
	return marks;
}

/** An occurrence that was moved out of the window. */
async function isThere(graph: GraphClient, events: GraphPath, id: string): Promise<boolean> {
	if (id === '') return false;
	try {
		await graph.request({ method: 'GET', path: path`${events}/${id}`, query: { $select: 'id' } });
		return true;
	} catch (error) {
		if (error instanceof NotFoundError) return false;
		throw error;
	}
}

function remember(known: Known, event: Event): void {
	const { id = '', seriesMasterId, subject, start, organizer } = event;
	const times = { start: timeOf(start, event), end: timeOf(event.end, event) };
	const described = {
		subject: subject ?? '',
		...times,
		organizer: organizer?.emailAddress?.address ?? '',
	};
	if (!seriesMasterId) {
		const isSeries = event.type === 'seriesMaster';
		known[fingerprint(id)] = { ...described, ...(isSeries && { isSeries }) };
		return;
	}
	const series = fingerprint(seriesMasterId);
	known[fingerprint(id)] = { series, start: times.start };
	// Of some occurrences Graph tells no more than when they are, of others all.
	const master = known[series];
	if (!master || (!('series' in master) && master.subject === '')) {
		known[series] = { ...described, isSeries: true };
	}
}

/** UTC, as Graph answers without being asked for a zone; a day alone of all-day events. */
function timeOf(time: Event['start'], { isAllDay }: Event): string {
	const text = time?.dateTime ?? '';
	if (text === '') return '';
	return isAllDay ? text.slice(0, 10) : `${text.slice(0, 19)}Z`;
}

function describe(known: Known, mark: string, id: string | undefined): Record<string, unknown> {
	const event = known[mark];
	if (!event) return { id };
	if (!('series' in event)) {
		const { isSeries, ...described } = event;
		return { id, ...described, type: isSeries ? 'series' : 'single' };
	}
	const master = known[event.series];
	const series = master && !('series' in master) ? master : undefined;
	return {
		id,
		subject: series?.subject ?? '',
		start: event.start,
		organizer: series?.organizer ?? '',
		type: 'occurrence',
	};
}
