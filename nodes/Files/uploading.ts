import type { DriveItem } from '@microsoft/microsoft-graph-types';
import type { ItemAddress } from '../../core/drive/itemAddress';
import { GraphError } from '../../core/graph/errors';
import { path } from '../../core/graph/path';
import type { GraphClient, UploadSource } from '../../core/graph/types';
import { AftermathError } from '../kit/aftermath';
import { type Columns, setColumns } from './columns';
import { type Conflict, conflictQuery } from './fields/conflict';
import { knownItem } from './item';

const mebibyte = 1024 * 1024;
/** Above, a broken connection would cost more than opening a session does. */
const largestSinglePut = 4 * mebibyte;
/** A multiple of 320 KiB, as sessions need; the upper end of what Microsoft recommends. One is in memory at a time. */
const chunkBytes = 10 * mebibyte;

export interface Upload {
	/** Also with a new name: folders on the way are made by Microsoft 365. */
	readonly target: ItemAddress;
	readonly source: UploadSource;
	readonly conflict: Conflict;
	readonly columns: Columns | undefined;
	/** IANA name; of dates in columns. */
	readonly timezone: string;
	readonly log: (text: string) => void;
}

/** Sends a file of any size, a chunk in memory at a time, and sets its columns. */
export async function uploadFile(graph: GraphClient, upload: Upload): Promise<DriveItem> {
	const { source, columns, timezone } = upload;
	const item =
		source.size <= largestSinglePut
			? await putWhole(graph, upload)
			: await putInChunks(graph, upload);
	if (!columns) return item;
	try {
		const fields = await setColumns({ graph, timezone }, knownItem(item).address, columns);
		return { ...item, listItem: { fields } };
	} catch (error) {
		throw new AftermathError(
			error,
			`The file was uploaded, but without its columns. ID: ${item.id ?? ''}.`,
		);
	}
}

async function putWhole(
	graph: GraphClient,
	{ target, source, conflict }: Upload,
): Promise<DriveItem> {
	return await graph.request<DriveItem>({
		method: 'PUT',
		path: path`${target.path}/content`,
		query: conflictQuery(conflict),
		rawBody: {
			kind: 'stream',
			open: async () => await source.open(0),
			contentType: source.contentType,
			contentLength: source.size,
		},
		// Sent twice, it would be there twice.
		repeatable: conflict !== 'rename',
	});
}

async function putInChunks(
	graph: GraphClient,
	{ target, source, conflict, log }: Upload,
): Promise<DriveItem> {
	const createSession = {
		method: 'POST',
		path: path`${target.path}/createUploadSession`,
		body: { item: { '@microsoft.graph.conflictBehavior': conflict } },
		// A session that nobody uses is forgotten by itself.
		repeatable: true,
	} as const;
	const item = await graph.upload<DriveItem>(createSession, source, {
		chunkBytes,
		onProgress: ({ sentBytes, totalBytes }) => {
			const percent = Math.floor((100 * sentBytes) / totalBytes);
			log(`Uploading "${source.name}": ${percent} % of ${Math.ceil(totalBytes / mebibyte)} MB`);
		},
	});
	if (item) return item;
	throw new GraphError('Microsoft 365 took the whole file but did not tell what became of it', {
		code: 'noUploadedItem',
		nextStep: 'Check in Microsoft 365 whether the file is there, before you upload it again.',
	});
}
