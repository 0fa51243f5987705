import type { Readable } from 'node:stream';
import type { DriveItem } from '@microsoft/microsoft-graph-types';
import { ItemAddress } from '../../core/drive/itemAddress';
import { path } from '../../core/graph/path';
import type { GraphClient } from '../../core/graph/types';
import { isFile, isFolder, listItems } from './listing';
import { itemSelect } from './item';

export interface ZipFolder {
	readonly content: Readable;
	readonly fileCount: number;
	readonly folderCount: number;
	/** Names of what has no content to download, such as notebooks. */
	readonly left: string[];
}

/** Packs a folder while it is being read: no file is in memory or on disk as a whole. */
export async function zipFolder(graph: GraphClient, folder: ItemAddress): Promise<ZipFolder> {
	const items: DriveItem[] = [];
	const query = { $select: itemSelect };
	const options = { recursive: true, query, limit: undefined, keep: () => true };
	for await (const page of listItems(graph, folder, options)) items.push(...page);
	const pathById = pathsWithin(items);
	const { ZipFile } = await import('yazl');
	const zip = new ZipFile();
	const left: string[] = [];
	for (const item of items) {
		const name = pathById(item);
		const mtime = new Date(item.lastModifiedDateTime ?? Date.now());
		if (isFolder(item)) zip.addEmptyDirectory(name, { mtime });
		else if (isFile(item)) {
			const address = ItemAddress.item(folder.drive, item.id ?? '');
			zip.addReadStreamLazy(name, { mtime, compress: !isCompressed(name) }, (give) => {
				graph.stream({ method: 'GET', path: path`${address.path}/content` }).then(
					({ body }) => give(null, body),
					// yazl's types forbid what its code checks for: an error and no stream.
					(error: unknown) => give(error, undefined as unknown as NodeJS.ReadableStream),
				);
			});
		} else left.push(name);
	}
	const content = zip.outputStream as unknown as Readable;
	zip.on('error', (error: Error) => content.destroy(error));
	zip.end();
	return {
		content,
		fileCount: items.filter(isFile).length,
		folderCount: items.filter(isFolder).length,
		left,
	};
}

/** By the items' parents; their own paths begin at the top of the drive. */
function pathsWithin(items: readonly DriveItem[]): (item: DriveItem) => string {
	const byId = new Map(items.map((item) => [item.id, item]));
	const pathOf = (item: DriveItem): string => {
		const parent = byId.get(item.parentReference?.id ?? '');
		return parent ? `${pathOf(parent)}/${item.name ?? ''}` : (item.name ?? '');
	};
	return pathOf;
}

/** Packing these again takes time and saves nothing. */
const isCompressed = (name: string): boolean =>
	/\.(zip|7z|gz|docx|xlsx|pptx|jpe?g|png|gif|webp|mp[34]|mov|avi|heic)$/i.test(name);
