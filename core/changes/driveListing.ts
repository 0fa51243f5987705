import type { DriveItem } from '@microsoft/microsoft-graph-types';
import { type GraphPath, path } from '../graph/path';
import type { GraphClient } from '../graph/types';

/** What is read of an item to see what has happened to it. */
const driveSelect =
	'id,name,size,file,folder,package,root,deleted,parentReference,eTag,cTag,webUrl,createdDateTime,createdBy,lastModifiedDateTime,lastModifiedBy';

export const deltaRequest = (drive: GraphPath, token?: 'latest') =>
	({
		method: 'GET',
		path: path`${drive}/root/delta`,
		query: { token, $select: driveSelect },
	}) as const;

/** `deleted` belongs to delta answers alone. */
const childSelect = driveSelect.replace(',deleted', '');
const pageSize = 1000;

export const isFolder = (item: DriveItem): boolean => Boolean(item.folder) && !item.package;
/** OneNote notebooks are neither. */
export const isFile = (item: DriveItem): boolean => !item.folder && !item.package;

async function* children(
	graph: GraphClient,
	drive: GraphPath,
	folderId: string,
): AsyncGenerator<DriveItem[], void, void> {
	yield* graph.pages<DriveItem>(
		{
			method: 'GET',
			path: path`${drive}/items/${folderId}/children`,
			query: { $select: childSelect },
		},
		{ pageSize },
	);
}

/** All that is in a folder, at any depth. */
export async function* descendants(
	graph: GraphClient,
	drive: GraphPath,
	folderId: string,
): AsyncGenerator<DriveItem, void, void> {
	const folders = [folderId];
	for (let id = folders.shift(); id !== undefined; id = folders.shift()) {
		for await (const page of children(graph, drive, id)) {
			yield* page;
			folders.push(...page.filter(isFolder).map((folder) => folder.id ?? ''));
		}
	}
}

/** A tree of more takes less time to find in the delta of its drive. */
const mostFoldersListed = 200;

/**
 * What is in a folder, and the delta link from just before: for a folder of a large library that
 * is a few requests, where its delta would be thousands. `undefined` where it has many subfolders.
 */
export async function listWithLink(
	graph: GraphClient,
	drive: GraphPath,
	folderId: string,
	recursive: boolean,
): Promise<{ readonly items: DriveItem[]; readonly link: string } | undefined> {
	let link = '';
	for await (const page of graph.delta<DriveItem>(deltaRequest(drive, 'latest'))) {
		link = page.deltaLink ?? link;
	}
	const items: DriveItem[] = [];
	const folders = [folderId];
	for (let looked = 0; looked < folders.length; looked++) {
		if (looked > mostFoldersListed) return undefined;
		for await (const page of children(graph, drive, folders[looked] ?? '')) {
			items.push(...page);
			if (recursive) folders.push(...page.filter(isFolder).map((folder) => folder.id ?? ''));
		}
	}
	return { items, link };
}

/** So many folders are looked into for an example. */
const mostFolders = 12;

/**
 * Items that were changed last. Looks first into the folders that were changed last: Graph sorts no
 * drive by time.
 */
export async function newestItems(
	graph: GraphClient,
	drive: GraphPath,
	folderId: string,
	{
		recursive,
		fits,
		count,
	}: {
		readonly recursive: boolean;
		readonly fits: (item: DriveItem) => boolean;
		readonly count: number;
	},
): Promise<DriveItem[]> {
	const found: DriveItem[] = [];
	let folders: DriveItem[] = [{ id: folderId }];
	for (let looked = 0; looked < mostFolders; looked++) {
		const folder = folders.shift();
		if (!folder) break;
		for await (const page of children(graph, drive, folder.id ?? '')) {
			found.push(...page.filter(fits));
			if (recursive) folders.push(...page.filter(isFolder));
		}
		folders = folders.sort(latestFirst);
	}
	return found.sort(latestFirst).slice(0, count);
}

function latestFirst(a: DriveItem, b: DriveItem): number {
	return latest(b) - latest(a);
}

/** A file that was copied or synced keeps the time of its last change. */
function latest({ createdDateTime, lastModifiedDateTime }: DriveItem): number {
	return Math.max(
		Date.parse(createdDateTime ?? '') || 0,
		Date.parse(lastModifiedDateTime ?? '') || 0,
	);
}
