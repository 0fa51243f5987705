import type { DriveItem } from '@microsoft/microsoft-graph-types';
import { path } from '../graph/path';
import type { GraphClient } from '../graph/types';
import { readChanged, skewMs } from './driveDelta';
import { descendants, isFolder } from './driveListing';
import {
	changeOf,
	type DriveChangesOptions,
	type DriveCursor,
	entryOf,
	isInScope,
	parentPathOf,
} from './driveScope';
import { DriveSnapshot, markOf, type SnapshotEntry, tagOf } from './driveSnapshot';
import type { Change, Look } from './types';

/** SharePoint shows some uploads from their first byte on, and calls them changed with the last. */
const uploadMs = 2 * 60_000;
const mostLeft = 500;
/** Remembered of a drive that is too large to know all. */
const mostRecent = 5_000;

/** What has happened in the watched folder since the cursor. */
export async function lookAtDrive(
	graph: GraphClient,
	options: DriveChangesOptions,
	cursor: DriveCursor,
): Promise<Look<DriveCursor>> {
	// Of thousands of items it takes a while, which nothing new is not worth.
	let parsed: DriveSnapshot | undefined;
	const before = () => (parsed ??= DriveSnapshot.parse(cursor.snapshot));
	const { items, seen, link } = await readChanged(graph, options, cursor, before);
	if (items.size === 0 && !seen && cursor.pending.length === 0) {
		return { changes: [], cursor: { ...cursor, link } };
	}
	const look = new DriveLook(graph, options, cursor, before());
	return await look.judge(items, seen, link);
}

class DriveLook {
	readonly #nowMs: number;
	readonly #after: DriveSnapshot;
	readonly #changes: Change[] = [];
	readonly #left: Record<string, number>;
	readonly #pending: Array<readonly [DriveItem, number]> = [];
	readonly #places = new Map<string, boolean>();

	constructor(
		readonly graph: GraphClient,
		readonly options: DriveChangesOptions,
		readonly cursor: DriveCursor,
		readonly before: DriveSnapshot,
	) {
		this.#nowMs = options.now();
		this.#after = before.copy();
		this.#left = { ...cursor.left };
	}

	async judge(
		changed: ReadonlyMap<string, DriveItem>,
		seen: ReadonlySet<string> | undefined,
		link: string,
	): Promise<Look<DriveCursor>> {
		const waiting = this.cursor.pending.flatMap(([item]): Array<[string, DriveItem]> =>
			changed.has(item.id ?? '') ? [] : [[item.id ?? '', item]],
		);
		const items = new Map([...waiting, ...changed]);
		const gone = this.#takeAway(items, seen);
		this.#placeFolders(items);
		await this.#addMovedIn(items);
		for (const item of items.values()) {
			if (!item.deleted && (isFolder(item) ? 'folder' : 'file') === this.options.of) {
				await this.#judgeItem(item);
			} else if (!item.deleted && !isFolder(item))
				this.#after.entries.delete(markOf(item.id ?? ''));
		}
		this.#judgeGone(gone, items);
		return { changes: this.#changes, cursor: this.#cursorAt(link) };
	}

	/** Removes what is deleted; answers the marks of it. */
	#takeAway(
		items: ReadonlyMap<string, DriveItem>,
		seen: ReadonlySet<string> | undefined,
	): Map<string, string> {
		const gone = new Map<string, string>();
		for (const [id, { deleted }] of items) if (deleted) gone.set(markOf(id), id);
		if (seen) {
			for (const mark of this.before.entries.keys()) if (!seen.has(mark)) gone.set(mark, '');
		}
		for (const mark of gone.keys()) this.#after.entries.delete(mark);
		return gone;
	}

	#placeFolders(items: ReadonlyMap<string, DriveItem>): void {
		for (const [id, item] of items) {
			if (!item.deleted && isFolder(item)) {
				this.#after.entries.set(markOf(id), entryOf(item, this.options));
			}
		}
	}

	/** Of a folder that is moved Graph tells nothing of what is in it. */
	async #addMovedIn(items: Map<string, DriveItem>): Promise<void> {
		const { drive, recursive, isTop } = this.options;
		// In a whole drive nothing can be moved, and of a large one the old items don't count.
		if (!recursive || isTop || this.cursor.since !== undefined) return;
		const listed = new Set<string>();
		for (const [id, item] of [...items]) {
			if (item.deleted || !isFolder(item) || listed.has(id)) continue;
			const known = this.before.entries.get(markOf(id));
			const wasIn = known !== undefined && isInScope(this.before, known, this.options);
			if (wasIn || !isInScope(this.#after, entryOf(item, this.options), this.options)) continue;
			for await (const each of descendants(this.graph, drive, id)) {
				if (!each.id) continue;
				listed.add(each.id);
				if (items.has(each.id)) continue;
				items.set(each.id, each);
				if (isFolder(each)) this.#after.entries.set(markOf(each.id), entryOf(each, this.options));
			}
		}
	}

	async #judgeItem(item: DriveItem): Promise<void> {
		const mark = markOf(item.id ?? '');
		const now = entryOf(item, this.options);
		const known = this.before.entries.get(mark);
		const wasIn = known !== undefined && isInScope(this.before, known, this.options);
		const was = wasIn ? known : undefined;
		const isIn = await this.#isIn(item, now);
		const { happening } = this.options;
		if (!isIn) {
			if (!now.isFolder) this.#after.entries.delete(mark);
			if (was) this.#leave(mark);
		} else if (!was && this.#isNew(item)) {
			if (this.#isUploading(item)) return;
			if (happening === 'created') {
				this.#report(item, this.#timesLeft(mark), item.createdDateTime);
			}
		}
		if (isIn) this.#after.entries.set(mark, now);
		const wasHere = was ?? (isIn && !this.#isNew(item) ? now : undefined);
		if (!wasHere) return;
		if (happening === 'moved' && (wasHere.parent !== now.parent || wasHere.name !== now.name)) {
			const previous = {
				name: wasHere.name,
				parentPath: parentPathOf(this.before, wasHere, this.options),
			};
			this.#report(item, tagOf(item.eTag ?? ''), item.lastModifiedDateTime, previous);
		}
		// Of a large drive it isn't known what it was, only that Graph calls it changed.
		if (happening === 'updated' && isIn && was?.tag !== now.tag) {
			this.#report(item, now.tag, item.lastModifiedDateTime);
		}
	}

	/** Not only unknown, which all old items of a large drive are. */
	#isNew({ createdDateTime }: DriveItem): boolean {
		const { since } = this.cursor;
		return (
			since === undefined || (Date.parse(createdDateTime ?? '') || 0) >= Date.parse(since) - skewMs
		);
	}

	/** Remembers it for the next look, as if it weren't there yet. */
	#isUploading(item: DriveItem): boolean {
		if (isFolder(item) || (item.size ?? 0) > 0) return false;
		const earlier = this.cursor.pending.find(([{ id }]) => id === item.id);
		const sinceMs = earlier?.[1] ?? this.#nowMs;
		if (this.#nowMs - sinceMs >= uploadMs) return false;
		this.#pending.push([item, sinceMs]);
		this.#after.entries.delete(markOf(item.id ?? ''));
		return true;
	}

	/** Where the folders aren't known, Graph is asked for those above. */
	async #isIn(item: DriveItem, entry: SnapshotEntry): Promise<boolean> {
		const { folderId, isTop, recursive, drive } = this.options;
		if (this.cursor.since === undefined || isTop || !recursive) {
			return isInScope(this.#after, entry, this.options);
		}
		const passed: string[] = [];
		let id = item.parentReference?.id ?? undefined;
		let isIn = false;
		while (id !== undefined) {
			const known = id === folderId ? true : this.#places.get(id);
			if (known !== undefined) {
				isIn = known;
				break;
			}
			passed.push(id);
			const { parentReference }: DriveItem = await this.graph.request<DriveItem>({
				method: 'GET',
				path: path`${drive}/items/${id}`,
				query: { $select: 'id,parentReference' },
			});
			id = parentReference?.id ?? undefined;
		}
		for (const each of passed) this.#places.set(each, isIn);
		return isIn;
	}

	/** What is deleted, and what was in a folder that is. Forgets what was in one that was moved out. */
	#judgeGone(gone: Map<string, string>, items: ReadonlyMap<string, DriveItem>): void {
		const { of, happening } = this.options;
		const at = new Date(this.#nowMs).toISOString();
		const isGone = (mark: string, { parent }: SnapshotEntry): boolean =>
			gone.has(mark) || this.#after.isWithin(parent, gone);
		const doomed: Array<readonly [string, SnapshotEntry]> = [];
		const outside: string[] = [];
		for (const [mark, entry] of this.before.entries) {
			const now = this.#after.entries.get(mark);
			if (gone.size > 0 && isGone(mark, now ?? entry)) doomed.push([mark, entry]);
			else if (now && !now.isFolder && !isInScope(this.#after, now, this.options)) {
				outside.push(mark);
			}
		}
		for (const mark of outside) {
			this.#after.entries.delete(mark);
			this.#leave(mark);
		}
		for (const [mark, entry] of doomed) {
			this.#after.entries.delete(mark);
			if (!isInScope(this.before, entry, this.options)) continue;
			const id = gone.get(mark) ?? '';
			if (happening === 'deleted' && entry.isFolder === (of === 'folder')) {
				const name = items.get(id)?.name ?? entry.name;
				const parentPath = parentPathOf(this.before, entry, this.options);
				this.#changes.push({
					id: id === '' ? mark : id,
					version: this.#timesLeft(mark),
					at,
					item: { ...(id !== '' && { id }), name, parentPath },
				});
			}
			this.#leave(mark);
		}
	}

	#report(
		item: DriveItem,
		version: string,
		at: string | undefined,
		previous?: { readonly name: string; readonly parentPath: string },
	): void {
		const known = at ?? new Date(this.#nowMs).toISOString();
		this.#changes.push(changeOf(item, { version, at: known, ...(previous && { previous }) }));
	}

	#timesLeft(mark: string): string {
		const times = this.#left[mark];
		return times === undefined ? '' : String(times);
	}

	#leave(mark: string): void {
		const times = (this.#left[mark] ?? 0) + 1;
		// Deleted first, it stands last, and the oldest are forgotten first.
		delete this.#left[mark];
		this.#left[mark] = times;
	}

	#cursorAt(link: string): DriveCursor {
		const { since } = this.cursor;
		const left = Object.fromEntries(Object.entries(this.#left).slice(-mostLeft));
		const isFull = since !== undefined && this.#after.entries.size > mostRecent;
		if (isFull) {
			const old = [...this.#after.entries.keys()].slice(0, mostRecent / 2);
			for (const mark of old) this.#after.entries.delete(mark);
		}
		return {
			link,
			snapshot: this.#after.toString(),
			pending: this.#pending,
			left,
			...(since !== undefined && {
				since: isFull ? new Date(this.#nowMs - uploadMs).toISOString() : since,
			}),
		};
	}
}
