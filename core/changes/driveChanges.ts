import type { DriveItem } from '@microsoft/microsoft-graph-types';
import { GraphError } from '../graph/errors';
import type { GraphClient } from '../graph/types';
import { deltaRequest, isFile, isFolder, listWithLink, newestItems } from './driveListing';
import { lookAtDrive } from './driveLook';
import {
	changeOf,
	type DriveChangesOptions,
	type DriveCursor,
	entryOf,
	isInScope,
} from './driveScope';
import { DriveSnapshot, markOf } from './driveSnapshot';
import type { Look, Source } from './types';

/** Items of a drive that is read to the end for the sake of one folder: 500 requests. */
const mostRead = 100_000;

/** A folder's files or folders, by the delta of its drive: OneDrive for work has no other. */
export function driveChanges(options: DriveChangesOptions): Source<DriveCursor> {
	return {
		key: options.key,
		start: async (graph) => await start(graph, options),
		look: async function* (graph, cursor): AsyncGenerator<Look<DriveCursor>> {
			yield await lookAtDrive(graph, options, cursor);
		},
		newest: async (graph, count) => {
			const { drive, folderId, recursive, of, happening } = options;
			const fits = of === 'file' ? isFile : isFolder;
			const items = await newestItems(graph, drive, folderId, { recursive, fits, count });
			return items.map((item) =>
				changeOf(
					{ ...item, ...(happening === 'deleted' && { parentPath: pathOf(item) }) },
					{
						version: '',
						at: item.lastModifiedDateTime ?? '',
						...(happening === 'moved' && {
							previous: { name: item.name ?? '', parentPath: pathOf(item) },
						}),
					},
				),
			);
		},
	};
}

function pathOf({ parentReference }: DriveItem): string {
	return decodeURIComponent(/root:\/?(.*)$/.exec(parentReference?.path ?? '')?.[1] ?? '');
}

/** A delta that begins now has no snapshot: a folder is listed, of a drive the whole delta is read. */
async function start(graph: GraphClient, options: DriveChangesOptions): Promise<DriveCursor> {
	const { mostItems = 25_000 } = options;
	const found = (await startByListing(graph, options)) ?? (await startByDelta(graph, options));
	if (!found || found.snapshot.entries.size > mostItems) {
		return await startByDates(graph, options, mostItems);
	}
	return { link: found.link, snapshot: found.snapshot.toString(), pending: [], left: {} };
}

interface Start {
	readonly link: string;
	readonly snapshot: DriveSnapshot;
}

async function startByListing(
	graph: GraphClient,
	options: DriveChangesOptions,
): Promise<Start | undefined> {
	const { drive, folderId, isTop, recursive } = options;
	if (isTop && recursive) return undefined;
	const listed = await listWithLink(graph, drive, folderId, recursive);
	if (!listed) return undefined;
	const snapshot = DriveSnapshot.empty();
	for (const item of listed.items) add(snapshot, item, options);
	return { link: listed.link, snapshot };
}

/** @returns `undefined` where the drive is too large to be read */
async function startByDelta(
	graph: GraphClient,
	options: DriveChangesOptions,
): Promise<Start | undefined> {
	const { isTop, recursive, mostItems = 25_000 } = options;
	const all = DriveSnapshot.empty();
	let read = 0;
	let link = '';
	for await (const page of graph.delta<DriveItem>(deltaRequest(options.drive))) {
		read += page.items.length;
		for (const item of page.items) if (!item.root && !item.deleted) add(all, item, options);
		link = page.deltaLink ?? link;
		if (read > mostRead || (isTop && recursive && all.entries.size > mostItems)) return undefined;
	}
	// What isn't in the folder is known only when all folders are.
	keepOnly(all, options);
	return { link, snapshot: all };
}

function add(snapshot: DriveSnapshot, item: DriveItem, options: DriveChangesOptions): void {
	if (!item.id || (!isFolder(item) && (options.of === 'folder' || !isFile(item)))) return;
	snapshot.entries.set(markOf(item.id), entryOf(item, options));
}

async function startByDates(
	graph: GraphClient,
	options: DriveChangesOptions,
	mostItems: number,
): Promise<DriveCursor> {
	if (options.happening === 'deleted' || options.happening === 'moved') {
		throw new GraphError(
			`The folder has more than ${mostItems.toLocaleString('en')} items, too many to know each of them`,
			{
				code: 'driveTooLarge',
				nextStep:
					'Choose a folder with fewer files and folders, or the event for what is created or updated.',
			},
		);
	}
	let link = '';
	for await (const page of graph.delta<DriveItem>(deltaRequest(options.drive, 'latest'))) {
		link = page.deltaLink ?? link;
	}
	options.note(
		`The watched folder has more than ${mostItems.toLocaleString('en')} items: what is new is told by its dates, so that old files which are moved in are not noticed`,
	);
	const since = new Date(options.now()).toISOString();
	return { link, snapshot: '', pending: [], left: {}, since };
}

/** All folders, for their places, but only those files that are in the watched one. */
function keepOnly(snapshot: DriveSnapshot, options: DriveChangesOptions): void {
	for (const [mark, entry] of snapshot.entries) {
		if (!entry.isFolder && !isInScope(snapshot, entry, options)) snapshot.entries.delete(mark);
	}
}
