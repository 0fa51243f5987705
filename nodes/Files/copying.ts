import type { DriveItem } from '@microsoft/microsoft-graph-types';
import { ItemAddress } from '../../core/drive/itemAddress';
import { ConflictError, GraphError } from '../../core/graph/errors';
import { path } from '../../core/graph/path';
import type { GraphClient, GraphJob } from '../../core/graph/types';
import { ParameterError } from '../kit/field';
import { type Conflict, conflictQuery } from './fields/conflict';
import { type KnownItem, driveRoot, itemSelect, readItem } from './item';

const minuteMs = 60_000;

export interface Copy {
	readonly source: ItemAddress;
	readonly folder: KnownItem;
	/** Empty: that of the source. */
	readonly name: string;
	readonly conflict: Conflict;
	readonly withVersions: boolean;
}

/** The folder that something goes into, with the ids that copying and moving need. */
export async function readDestination(graph: GraphClient, folder: ItemAddress): Promise<KnownItem> {
	const known = await readItem(graph, folder);
	if (known.item.folder) return known;
	throw new ParameterError(
		'Destination Folder',
		`"${known.item.name ?? ''}" is no folder`,
		'Choose a folder. A new name goes into its own field.',
	);
}

/** Microsoft 365 copies in its own time; the job tells how far it is. */
export async function startCopy(graph: GraphClient, copy: Copy): Promise<GraphJob> {
	const { source, folder, name, conflict, withVersions } = copy;
	return await graph.startJob({
		method: 'POST',
		path: path`${source.path}/copy`,
		query: conflictQuery(conflict),
		body: {
			parentReference: { driveId: folder.driveId, id: folder.id },
			...(name !== '' && { name }),
			...(withVersions && { includeAllVersionHistory: true }),
		},
	});
}

/**
 * What has been copied.
 * @throws {GraphError} when it failed, or is still under way after the time
 */
export async function finishCopy(
	graph: GraphClient,
	job: GraphJob,
	folder: KnownItem,
	{ maxWaitMinutes, log }: { readonly maxWaitMinutes: number; log: (text: string) => void },
): Promise<DriveItem> {
	const { state, percent, resourceId, error } = await job.wait(
		maxWaitMinutes * minuteMs,
		(status) => log(`Copying: ${status.percent ?? 0} %`),
	);
	if (state === 'failed') throw copyError(error);
	if (state === 'running') {
		const progress = percent === undefined ? '' : ` (${Math.floor(percent)} % done)`;
		throw new GraphError(
			`Microsoft 365 is still copying after ${maxWaitMinutes} minutes${progress}`,
			{
				code: 'copyStillRunning',
				nextStep:
					'The copy goes on by itself. Wait for longer, or turn off Wait Until Done and ask the monitor URL later.',
			},
		);
	}
	if (resourceId === undefined) {
		throw new GraphError('Microsoft 365 has copied, but did not tell what the copy is', {
			code: 'copyWithoutId',
			nextStep: 'Look for it in the destination folder.',
		});
	}
	return await graph.request<DriveItem>({
		method: 'GET',
		path: ItemAddress.item(driveRoot(folder.driveId), resourceId).path,
		query: { $select: itemSelect },
	});
}

function copyError(error: { code: string; message: string } | undefined): GraphError {
	const { code = 'copyFailed', message = '' } = error ?? {};
	if (code === 'nameAlreadyExists') {
		return new ConflictError('The destination folder has something with this name already', {
			code,
			nextStep: 'Give another name, or choose what to do if the name is taken.',
		});
	}
	return new GraphError(message || 'Microsoft 365 could not copy it', { code });
}
