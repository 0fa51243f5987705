import type { DriveHappening } from '../../../core/changes/driveScope';
import { driveChanges } from '../../../core/changes/driveChanges';
import type { Source } from '../../../core/changes/types';
import type { ItemAddress } from '../../../core/drive/itemAddress';
import { path } from '../../../core/graph/path';
import type { GraphClient } from '../../../core/graph/types';
import { driveRoot, type KnownItem, pathOf, readItem } from '../../Files/item';
import { itemField } from '../../kit/drive/itemField';
import { locationFields } from '../../kit/drive/locationFields';
import { ParameterError } from '../../kit/field';
import { toggle } from '../../kit/fields/values';
import { oncePerClient } from '../../kit/pickers/oncePerClient';
import type { EventInput, SubscriptionWish } from '../event';

/** The folder to watch. */
export const folderFields = [
	...locationFields,
	itemField('item', {
		displayName: 'Folder',
		kind: 'folder',
		description: 'The folder to watch; the top for all of a drive or library',
	}),
	toggle('recursive', {
		displayName: 'Include Subfolders',
		default: true,
		description: 'Whether what happens in the folders inside of it, at any depth, counts too',
	}),
] as const;

export interface WatchedFolder {
	readonly item: ItemAddress;
	readonly recursive: boolean;
}

/** The item that the trigger watches, as Graph knows it. @throws {ParameterError} for a file */
async function folderOf(graph: GraphClient, { item }: WatchedFolder): Promise<KnownItem> {
	return await oncePerClient(graph, `watched ${item.path.toString()}`, async () => {
		const known = await readItem(graph, item);
		if (known.item.folder) return known;
		throw new ParameterError(
			'Folder',
			`"${known.item.name ?? ''}" is a file`,
			'Choose the folder that it is in, and the name of the file under Filters.',
		);
	});
}

export async function folderSource(
	event: string,
	{ graph, params, log }: Pick<EventInput<WatchedFolder>, 'graph' | 'params' | 'log'>,
	of: 'file' | 'folder',
	happening: DriveHappening,
): Promise<readonly Source[]> {
	const { id, driveId, item } = await folderOf(graph, params);
	const { recursive } = params;
	const source = driveChanges({
		// Another folder, or the same with another depth, has another snapshot.
		key: [event, driveId, id, recursive ? 'deep' : 'flat'].join(' '),
		drive: driveRoot(driveId),
		folderId: id,
		folderPath: item.parentReference?.id ? pathOf(item) : '',
		isTop: !item.parentReference?.id,
		recursive,
		of,
		happening,
		now: Date.now,
		note: log,
	});
	return [source];
}

/** Of drives Graph tells that something was changed, neither what nor how. learn.microsoft.com/graph/api/resources/subscription */
export async function driveSubscriptions({
	graph,
	params,
}: Pick<EventInput<WatchedFolder>, 'graph' | 'params'>): Promise<SubscriptionWish[]> {
	const { driveId } = await folderOf(graph, params);
	return [
		{ resource: path`${driveRoot(driveId)}/root`, changeType: 'updated', maxMinutes: 42_300 },
	];
}
