import type { DriveItem } from '@microsoft/microsoft-graph-types';
import type { GraphClient } from '../graph/types';
import { deltaRequest, isFile, isFolder, listWithLink } from './driveListing';
import { type DriveChangesOptions, type DriveCursor, entryOf, isInScope } from './driveScope';
import { type DriveSnapshot, markOf, type SnapshotEntry } from './driveSnapshot';

/** Clocks differ by less. */
export const skewMs = 2 * 60_000;

/** What Graph calls changed, as far as it may concern the watched folder. */
export interface ChangedItems {
	/** By id, in the order of the last answer; only what differs from the snapshot. */
	readonly items: Map<string, DriveItem>;
	/** Marks of all there is, where Graph answered everything anew. */
	readonly seen: ReadonlySet<string> | undefined;
	readonly link: string;
}

export async function readChanged(
	graph: GraphClient,
	options: DriveChangesOptions,
	cursor: DriveCursor,
	before: () => DriveSnapshot,
): Promise<ChangedItems> {
	const { drive } = options;
	const changed = new Changed(options, cursor, before);
	let { link } = cursor;
	for await (const page of graph.delta<DriveItem>(deltaRequest(drive), cursor.link)) {
		if (page.isResync && !changed.seen) {
			changed.beginAnew();
			const listed = await listAnew(graph, options, cursor);
			if (listed) {
				for (const item of listed.items) changed.add(item);
				return { items: changed.items, seen: changed.seen, link: listed.link };
			}
		}
		link = page.deltaLink ?? link;
		for (const item of page.items) changed.add(item);
	}
	// What isn't known of a large drive isn't missing.
	const seen = cursor.since === undefined ? changed.seen : undefined;
	return { items: changed.items, seen, link };
}

/**
 * A folder is read anew by itself, rather than the whole drive around it: unless it matters whether
 * what is missing is gone or elsewhere.
 */
async function listAnew(
	graph: GraphClient,
	{ drive, folderId, isTop, recursive, happening }: DriveChangesOptions,
	{ since }: DriveCursor,
) {
	if (since !== undefined || (isTop && recursive)) return undefined;
	if (happening === 'deleted' || happening === 'moved') return undefined;
	return await listWithLink(graph, drive, folderId, recursive);
}

class Changed {
	readonly items = new Map<string, DriveItem>();
	seen: Set<string> | undefined;
	readonly #pending: ReadonlySet<string | undefined>;
	readonly #sinceMs: number | undefined;

	constructor(
		readonly options: DriveChangesOptions,
		cursor: DriveCursor,
		readonly before: () => DriveSnapshot,
	) {
		this.#pending = new Set(cursor.pending.map(([{ id }]) => id));
		this.#sinceMs = cursor.since === undefined ? undefined : Date.parse(cursor.since) - skewMs;
	}

	beginAnew(): void {
		this.seen = new Set();
		this.items.clear();
	}

	add(item: DriveItem): void {
		const { id, root, deleted } = item;
		// Some answers have entries of nothing, and the top is in most of them.
		if (!id || root) return;
		if (!deleted && !isFolder(item) && (this.options.of === 'folder' || !isFile(item))) return;
		const mark = markOf(id);
		this.seen?.add(mark);
		this.items.delete(id);
		const known = this.before().entries.get(mark);
		const isNews =
			Boolean(deleted) ||
			this.#pending.has(id) ||
			!known ||
			differs(known, entryOf(item, this.options));
		const isElsewhere = !deleted && !known && isFile(item) && this.#isOutside(item);
		const isOld = this.#sinceMs !== undefined && !known && changedMs(item) < this.#sinceMs;
		if (isNews && !isElsewhere && !isOld) this.items.set(id, item);
	}

	/** In a folder that is known, and not the watched one. If that is moved, it is listed. */
	#isOutside(item: DriveItem): boolean {
		const { parent } = entryOf(item, this.options);
		if (this.options.recursive && !this.before().entries.has(parent)) return false;
		return !isInScope(this.before(), { parent }, this.options);
	}
}

function differs(known: SnapshotEntry, now: SnapshotEntry): boolean {
	return known.parent !== now.parent || known.tag !== now.tag || known.name !== now.name;
}

const changedMs = ({ createdDateTime, lastModifiedDateTime }: DriveItem): number =>
	Math.max(Date.parse(createdDateTime ?? '') || 0, Date.parse(lastModifiedDateTime ?? '') || 0);
