import type { ListItem } from '@microsoft/microsoft-graph-types';
import { type GraphPath, path } from '../graph/path';
import type { GraphClient } from '../graph/types';
import { fingerprint } from './fingerprint';
import { IdRanges } from './idRanges';
import type { Change, Look, Source } from './types';

export type ListHappening = 'created' | 'updated' | 'deleted';

export interface ListChangesOptions {
	readonly key: string;
	/** `/sites/…/lists/…/items`. */
	readonly items: GraphPath;
	readonly happening: ListHappening;
}

export interface ListCursor {
	readonly link: string;
	/** SharePoint counts up: what has a greater ID is new. */
	readonly newestId: number;
	/** What was changed before is old, should Graph forget the link. ISO 8601 in UTC. */
	readonly watermark: string;
	/** IDs of all items, as `IdRanges`; kept for deletions alone. */
	readonly ids?: string;
}

/** Between the clocks of SharePoint's servers. */
const overlapMs = 5 * 60_000;
const pageSize = 1000;
const select = 'id,eTag,webUrl,createdDateTime,createdBy,lastModifiedDateTime,lastModifiedBy';

/** What a delta of list items answers; of deleted ones the id alone. */
type DeltaItem = ListItem & { readonly deleted?: unknown };

/** The items of a list or library, by Graph's delta. learn.microsoft.com/graph/api/listitem-delta */
export function listChanges(options: ListChangesOptions): Source<ListCursor> {
	const { key, items } = options;
	return {
		key,
		start: async (graph) => await start(graph, options),
		look: async function* (graph, cursor): AsyncGenerator<Look<ListCursor>> {
			yield await look(graph, options, cursor);
		},
		newest: async (graph, count) => {
			const newest = await latest(graph, items, count);
			return newest.map((item) => changeOf(item, item.lastModifiedDateTime ?? ''));
		},
	};
}

const deltaRequest = (items: GraphPath) =>
	({
		method: 'GET',
		path: path`${items}/delta`,
		query: { $select: select, $top: pageSize },
	}) as const;

/** Graph sorts ids as text or as numbers, by what it asks in turn: a few more, sorted here. */
async function latest(graph: GraphClient, items: GraphPath, count: number): Promise<ListItem[]> {
	const { value } = await graph.request<{ value: ListItem[] }>({
		method: 'GET',
		path: items,
		query: { $select: select, $orderby: 'id desc', $top: Math.max(count, examplesAskedFor) },
	});
	return value.sort((a, b) => idOf(b) - idOf(a)).slice(0, count);
}

const examplesAskedFor = 50;

/** Reads the list once, without its columns: a delta that begins now doesn't tell the greatest id. */
async function start(
	graph: GraphClient,
	{ items, happening }: ListChangesOptions,
): Promise<ListCursor> {
	const ids: number[] = [];
	let newestMs = 0;
	let link = '';
	for await (const page of graph.delta<DeltaItem>(deltaRequest(items))) {
		for (const item of page.items) {
			if (item.deleted || !Number.isInteger(idOf(item))) continue;
			ids.push(idOf(item));
			newestMs = Math.max(newestMs, Date.parse(item.lastModifiedDateTime ?? '') || 0);
		}
		link = page.deltaLink ?? link;
	}
	return {
		link,
		newestId: ids.reduce((greatest, id) => Math.max(greatest, id), 0),
		watermark: new Date(newestMs).toISOString(),
		...(happening === 'deleted' && { ids: IdRanges.of(ids).toString() }),
	};
}

async function look(
	graph: GraphClient,
	{ items, happening }: ListChangesOptions,
	cursor: ListCursor,
): Promise<Look<ListCursor>> {
	/** An item that was changed twice comes twice; the last is as it is now. */
	const changed = new Map<number, DeltaItem>();
	let isResync = false;
	let { link } = cursor;
	const watermarkMs = Date.parse(cursor.watermark);
	let newestMs = watermarkMs;
	const all: number[] = [];
	for await (const page of graph.delta<DeltaItem>(deltaRequest(items), cursor.link)) {
		if (page.isResync && !isResync) changed.clear();
		isResync ||= page.isResync;
		link = page.deltaLink ?? link;
		for (const item of page.items) {
			const id = idOf(item);
			if (!Number.isInteger(id)) continue;
			if (isResync && !item.deleted) all.push(id);
			const ms = Date.parse(item.lastModifiedDateTime ?? '') || 0;
			newestMs = Math.max(newestMs, ms);
			changed.delete(id);
			// All that is there is answered, not what was changed alone.
			const isOld = isResync && id <= cursor.newestId && ms < watermarkMs - overlapMs;
			if (!isOld) changed.set(id, item);
		}
	}
	if (!isResync && changed.size === 0) return { changes: [], cursor: { ...cursor, link } };
	let { newestId } = cursor;
	const ids = cursor.ids === undefined ? undefined : new Set(IdRanges.parse(cursor.ids));
	const changes: Change[] = [];
	for (const [id, item] of changed) {
		if (item.deleted) {
			if (ids?.delete(id)) changes.push(deletion(id));
			continue;
		}
		ids?.add(id);
		newestId = Math.max(newestId, id);
		const isNew = id > cursor.newestId;
		const at = (isNew ? item.createdDateTime : item.lastModifiedDateTime) ?? '';
		if (happening === 'created' && isNew) changes.push(changeOf(item, at));
		if (happening === 'updated' && !isNew) {
			changes.push({ ...changeOf(item, at), version: fingerprint(item.eTag ?? at) });
		}
	}
	if (isResync && ids) {
		const present = new Set(all);
		for (const id of ids) {
			if (present.has(id)) continue;
			ids.delete(id);
			changes.push(deletion(id));
		}
	}
	return {
		changes,
		cursor: {
			link,
			newestId,
			watermark: new Date(newestMs).toISOString(),
			...(ids && { ids: IdRanges.of(ids).toString() }),
		},
	};
}

function changeOf(item: ListItem, at: string): Change {
	return { id: item.id ?? '', version: '', at, item: { ...item } };
}

function deletion(id: number): Change {
	return { id: String(id), version: '', at: new Date().toISOString(), item: { id: String(id) } };
}

const idOf = (item: ListItem | undefined): number => (item === undefined ? 0 : Number(item.id));
