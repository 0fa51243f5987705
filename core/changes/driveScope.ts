import type { DriveItem } from '@microsoft/microsoft-graph-types';
import type { GraphPath } from '../graph/path';
import { isFolder } from './driveListing';
import { type DriveSnapshot, markOf, type SnapshotEntry, tagOf } from './driveSnapshot';
import type { Change } from './types';

/** What can happen to a file or folder in a watched folder. */
export type DriveHappening =
	/** It is there and was not: uploaded, copied, moved in, synced, restored. */
	| 'created'
	/** Other content; of a folder other properties or another list of what is in it. */
	| 'updated'
	| 'deleted'
	/** It was there, and has another name or folder now, inside or outside. */
	| 'moved';

export interface DriveChangesOptions {
	readonly key: string;
	/** By id: `/drives/b!x`. */
	readonly drive: GraphPath;
	readonly folderId: string;
	/** From the top of the drive, e.g. `Invoices/2026`. */
	readonly folderPath: string;
	/** The folder is the drive's top. */
	readonly isTop: boolean;
	readonly recursive: boolean;
	readonly of: 'file' | 'folder';
	readonly happening: DriveHappening;
	/** Milliseconds since 1970. */
	readonly now: () => number;
	/** A line in the log. */
	readonly note: (text: string) => void;
	/** Default: 25,000. */
	readonly mostItems?: number;
}

export interface DriveCursor {
	readonly link: string;
	/** A `DriveSnapshot` as text. */
	readonly snapshot: string;
	/** Empty files that may be uploads on their way, since when (milliseconds since 1970). */
	readonly pending: ReadonlyArray<readonly [DriveItem, number]>;
	/** How often an item was there and left, by mark: it is new each time that it comes again. */
	readonly left: Readonly<Record<string, number>>;
	/**
	 * Where the folder has too many items for a snapshot: what was created before is old (ISO 8601
	 * in UTC). The snapshot then has only what came after.
	 */
	readonly since?: string;
}

export function isInScope(
	snapshot: DriveSnapshot,
	{ parent }: Pick<SnapshotEntry, 'parent'>,
	{ folderId, isTop, recursive }: DriveChangesOptions,
): boolean {
	const folder = markOf(folderId);
	if (!recursive) return parent === folder;
	return isTop || snapshot.isWithin(parent, new Set([folder]));
}

/** Of the folder that an item was in, from the top of the drive. */
export function parentPathOf(
	snapshot: DriveSnapshot,
	{ parent }: SnapshotEntry,
	{ folderId, folderPath }: DriveChangesOptions,
): string {
	const below = snapshot.pathOf(parent, markOf(folderId));
	return [folderPath, below].filter((part) => part !== '').join('/');
}

export function entryOf(item: DriveItem, { happening }: DriveChangesOptions): SnapshotEntry {
	const needsName = isFolder(item) || happening === 'deleted' || happening === 'moved';
	return {
		parent: item.parentReference?.id ? markOf(item.parentReference.id) : '-'.repeat(10),
		tag: tagOf(stateOf(item)),
		isFolder: isFolder(item),
		name: needsName ? (item.name ?? '') : '',
	};
}

/** Of folders Graph tells no `cTag`. */
function stateOf(item: DriveItem): string {
	if (isFolder(item)) return `${item.eTag ?? ''} ${item.lastModifiedDateTime ?? ''}`;
	return item.cTag ?? item.eTag ?? item.lastModifiedDateTime ?? '';
}

interface HappeningDetails {
	readonly version: string;
	readonly at: string;
	readonly previous?: { readonly name: string; readonly parentPath: string };
}

export function changeOf(item: DriveItem, { version, at, previous }: HappeningDetails): Change {
	return { id: item.id ?? '', version, at, item: { ...item, ...(previous && { previous }) } };
}
