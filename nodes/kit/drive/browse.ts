import type { DriveItem } from '@microsoft/microsoft-graph-types';
import type { INodeListSearchItems } from 'n8n-workflow';
import type { ItemAddress } from '../../../core/drive/itemAddress';
import { namesOfPath } from '../../../core/drive/names';
import { odata, path } from '../../../core/graph/path';
import { AccessDeniedError, NotFoundError } from '../../../core/graph/errors';
import type { GraphClient } from '../../../core/graph/types';

const pageSize = 1_000;
const listLimit = 1_000;
const searchLimit = 50;
const select = 'id,name,folder,webUrl,parentReference';

/**
 * A drive for a flat list: `Invoices/20` lists what begins or continues with "20" in the folder
 * Invoices, and words alone are also searched for in the whole drive. Folders end in a slash.
 */
export async function browse(
	graph: GraphClient,
	from: ItemAddress,
	typed: string,
	foldersOnly: boolean,
): Promise<INodeListSearchItems[]> {
	const slash = typed.lastIndexOf('/');
	const names = namesOfPath(typed.slice(0, slash + 1));
	const wanted = typed.slice(slash + 1).toLowerCase();
	const prefix = names.map((name) => `${name}/`).join('');
	const here: INodeListSearchItems[] = [];
	if (foldersOnly && typed === '') here.push({ name: '/ (the top)', value: 'root' });
	const isWanted = (item: DriveItem) => !foldersOnly || Boolean(item.folder);
	try {
		const folder = from.child(...names);
		const request = {
			method: 'GET',
			path: path`${folder.path}/children`,
			query: { $select: select },
		} as const;
		for await (const page of graph.pages<DriveItem>(request, { pageSize, limit: listLimit })) {
			const fitting = page.filter(
				(item) => isWanted(item) && item.name?.toLowerCase().includes(wanted),
			);
			here.push(...fitting.map((item) => entry(item, prefix)));
		}
	} catch (error) {
		// A folder that is still being typed.
		if (!(error instanceof NotFoundError)) throw error;
	}
	if (wanted === '' || slash >= 0) return here;
	const found = (await searchFor(graph, from, wanted)).filter(isWanted);
	const known = new Set(here.map(({ value }) => value));
	return [
		...here,
		...found.filter(({ id }) => !known.has(id ?? '')).map((item) => entry(item, folderOf(item))),
	];
}

async function searchFor(
	graph: GraphClient,
	from: ItemAddress,
	words: string,
): Promise<DriveItem[]> {
	try {
		const { value } = await graph.request<{ value: DriveItem[] }>({
			method: 'GET',
			path: path`${from.path}/search(q='${odata(words)}')`,
			query: { $select: select, $top: searchLimit },
		});
		return value;
	} catch (error) {
		// Apps may not search; what is in the folder is listed all the same.
		if (error instanceof AccessDeniedError) return [];
		throw error;
	}
}

function entry(item: DriveItem, prefix: string): INodeListSearchItems {
	const { id, name, folder, webUrl } = item;
	return {
		name: `${prefix}${name ?? id ?? ''}${folder ? '/' : ''}`,
		value: id ?? '',
		...(webUrl && { url: webUrl }),
	};
}

/** `/drives/b!x/root:/Invoices/2026` is in `Invoices/2026/`. Search results often have no path. */
function folderOf({ parentReference }: DriveItem): string {
	const folderPath = /root:\/?(.*)$/.exec(parentReference?.path ?? '')?.[1];
	if (!folderPath) return '';
	try {
		return `${decodeURIComponent(folderPath)}/`;
	} catch {
		return `${folderPath}/`;
	}
}
