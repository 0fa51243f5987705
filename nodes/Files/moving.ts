import type { DriveItem } from '@microsoft/microsoft-graph-types';
import type { ItemAddress } from '../../core/drive/itemAddress';
import { GraphError } from '../../core/graph/errors';
import type { GraphClient } from '../../core/graph/types';
import { AftermathError } from '../kit/aftermath';
import { finishCopy, readDestination, startCopy } from './copying';
import { type Conflict, conflictQuery } from './fields/conflict';
import { type KnownItem, readItem } from './item';

export interface Move {
	readonly item: ItemAddress;
	readonly folder: ItemAddress;
	/** Empty: as it is. */
	readonly name: string;
	readonly conflict: Conflict;
	readonly maxWaitMinutes: number;
	readonly log: (text: string) => void;
	readonly note: (text: string) => void;
}

/**
 * Moves within a drive, which keeps everything. Graph can't move to another drive: there it is
 * copied with its versions, and the original deleted once the copy is whole.
 */
export async function moveItem(graph: GraphClient, move: Move): Promise<DriveItem> {
	const [source, folder] = await Promise.all([
		readItem(graph, move.item),
		readDestination(graph, move.folder),
	]);
	return source.driveId === folder.driveId
		? await moveWithin(graph, source, folder, move)
		: await moveAcross(graph, source, folder, move);
}

async function moveWithin(
	graph: GraphClient,
	source: KnownItem,
	folder: KnownItem,
	{ name, conflict }: Move,
): Promise<DriveItem> {
	return await graph.request<DriveItem>({
		method: 'PATCH',
		path: source.address.path,
		query: conflictQuery(conflict),
		body: { parentReference: { id: folder.id }, ...(name !== '' && { name }) },
	});
}

async function moveAcross(
	graph: GraphClient,
	source: KnownItem,
	folder: KnownItem,
	move: Move,
): Promise<DriveItem> {
	const { name, conflict } = move;
	const isFile = Boolean(source.item.file);
	let copy: DriveItem;
	try {
		const job = await startCopy(graph, {
			source: source.address,
			folder,
			name,
			conflict,
			withVersions: isFile,
		});
		copy = await finishCopy(graph, job, folder, move);
	} catch (error) {
		throw new AftermathError(error, 'The original is where it was.');
	}
	if (isFile && copy.size !== source.item.size && !mayGrow(source.item)) {
		throw new GraphError(
			`The copy has ${copy.size ?? 0} bytes and the original ${source.item.size ?? 0}`,
			{
				code: 'copyDiffers',
				nextStep: 'The original was not deleted. Compare both before you delete one.',
			},
		);
	}
	try {
		await graph.request({
			method: 'DELETE',
			path: source.address.path,
			// What somebody has changed in the meantime isn't in the copy.
			...(source.item.eTag && isFile && { headers: { 'if-match': source.item.eTag } }),
		});
	} catch (error) {
		throw new AftermathError(
			error,
			`It was copied to the other drive (ID ${copy.id ?? ''}), but the original could not be deleted: it is in both now.`,
		);
	}
	move.note(
		'Between drives Microsoft 365 copies and deletes: the item has a new ID, and sharing links to it no longer work.',
	);
	return copy;
}

/** SharePoint writes the library's columns into Office files, which changes their size. */
const mayGrow = ({ name }: DriveItem): boolean =>
	/\.(docx?|xls[xm]?|ppt[xm]?|docm|dot[xm])$/i.test(name ?? '');
