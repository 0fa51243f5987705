import { utc } from '../../../../core/calendar/zone';
import type { DeltaEntry, DeltaPage, SyncState } from '../../mail/delta';
import { pageSizeOf } from '../../odata/collection';
import type { Entity } from '../../odata/evaluate';
import { badRequest } from '../../refused';
import type { GraphCall, Route } from '../../server/call';
import { calendarRead } from '../access';
import type { SharedCalendar } from '../calendarBox';
import { eventView, zoneFor } from '../eventView';
import { etagOf } from '../ids';
import { fieldsOf, refsBetween } from '../occurrences';
import type { CalendarService } from '../service';
import type { EventRef } from '../types';
import { calendarAt, eventBases } from './bases';
import { windowOf } from './events';

/** What a client of a feed knows: the window, and each event with what it was like. */
export interface CalendarFeed extends SyncState {
	readonly window: readonly [from: number, until: number];
	readonly known: ReadonlyMap<string, string>;
}

/** Sources: "event: delta" and "Get incremental changes to events in a calendar view". */
export function calendarDeltaRoutes(hall: CalendarService): Route[] {
	return eventBases
		.filter(({ path }) => path.startsWith('mailbox'))
		.map((base) => ({
			method: 'GET',
			path: `${base.path}/calendarView/delta`,
			access: calendarRead,
			handle: (call) => {
				checkOptions(call);
				return { status: 200, json: answerDelta(hall, call, calendarAt(hall, call, base)) };
			},
		}));
}

const refused = ['orderby', 'filter', 'select', 'expand', 'search', 'top'] as const;

/** A page's size goes into `Prefer: odata.maxpagesize`. */
function checkOptions({ target: { query } }: GraphCall): void {
	if (query.skipToken !== undefined || query.deltaToken !== undefined) return;
	if (refused.every((name) => query[name] === undefined)) return;
	const names = refused.map((name) => `$${name}`).join(', ');
	throw badRequest(
		`The following parameters are not supported with change tracking over the 'CalendarView' resource: '${names}'.`,
		'ErrorInvalidUrlQuery',
	);
}

function answerDelta(hall: CalendarService, call: GraphCall, shared: SharedCalendar): DeltaPage {
	const { query } = call.target;
	const { box, calendar } = shared;
	const feed = `${box.owner.id} ${calendar.serial}`;
	const pageSize = pageSizeOf(call, { defaultPage: 10, largestPage: 1_000 });
	const linkTo = (option: string, token: string): string => {
		const url = new URL(call.origin + call.url);
		// The window is behind the token.
		url.search = '';
		url.searchParams.set(option, token);
		return url.toString();
	};
	if (query.skipToken !== undefined) {
		return hall.deltas.continue(query.skipToken, feed, pageSize, linkTo);
	}
	const now = hall.clock.now();
	const state =
		query.deltaToken === undefined ? undefined : hall.deltas.resume(query.deltaToken, feed, now);
	const window = state?.window ?? windowOf(call);
	const current = inWindow(shared, window);
	const known = new Map([...current].map(([id, ref]) => [id, likenessOf(ref)]));
	const before = state?.known ?? new Map<string, string>();
	const isReplay = state !== undefined && hall.deltas.takeReplay();
	const entries: DeltaEntry[] = [];
	for (const [id, ref] of current) {
		if (isReplay || before.get(id) !== known.get(id))
			entries.push(() => entryOf(call, shared, ref));
	}
	for (const id of before.keys()) {
		if (current.has(id)) continue;
		entries.push(() => ({
			'@odata.type': '#microsoft.graph.event',
			id,
			'@removed': { reason: 'deleted' },
		}));
	}
	return hall.deltas.start(entries, { feed, createdAt: now, window, known }, pageSize, linkTo);
}

/** Events, occurrences and, before these, the masters of their series. */
function inWindow(
	{ box, calendar }: SharedCalendar,
	[from, until]: CalendarFeed['window'],
): Map<string, EventRef> {
	const events = [...box.events.values()].filter((each) => each.calendar === calendar.serial);
	const found = new Map<string, EventRef>();
	for (const ref of refsBetween(events, from, until)) {
		const master = { event: ref.event };
		if (ref.date !== undefined) found.set(box.eventKey(master), master);
		found.set(box.eventKey(ref), ref);
	}
	return found;
}

function isException({ event, date }: EventRef): boolean {
	return date !== undefined && event.exceptions.has(date);
}

/** Differs when a client has to hear of it. */
function likenessOf(ref: EventRef): string {
	if (ref.date === undefined) return etagOf(ref.event);
	const { start, end, properties, attendees, isCancelled, myResponse } = fieldsOf(ref);
	if (!isException(ref)) return JSON.stringify([start, end]);
	return JSON.stringify([start, end, properties, attendees, isCancelled, myResponse]);
}

function entryOf(call: GraphCall, { box }: SharedCalendar, ref: EventRef): Entity | undefined {
	if (!box.events.has(ref.event.serial)) return undefined;
	const view = eventView(call, box, ref, call.preferences.timeZone ? zoneFor(call) : utc);
	const type = { '@odata.type': '#microsoft.graph.event' };
	if (ref.date === undefined || isException(ref)) return { ...type, ...view };
	// Of plain occurrences Graph says when they are; the rest is the master's.
	const { id, seriesMasterId, start, end } = view;
	return { ...type, id, seriesMasterId, type: 'occurrence', start, end };
}
