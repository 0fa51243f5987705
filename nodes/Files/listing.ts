import type { DriveItem } from '@microsoft/microsoft-graph-types';
import { ItemAddress } from '../../core/drive/itemAddress';
import { path } from '../../core/graph/path';
import type { GraphClient, GraphQuery } from '../../core/graph/types';
import { inOrder } from '../kit/inOrder';

/** Graph's largest page of a folder. */
export const childrenPageSize = 1_000;
const foldersAtOnce = 4;

export interface ListItems {
	readonly recursive: boolean;
	readonly query: GraphQuery;
	/** `undefined`: all. */
	readonly limit: number | undefined;
	/** What is returned; folders are looked into all the same. */
	readonly keep: (item: DriveItem) => boolean;
}

/** What is in a folder, page by page; with subfolders, level by level. */
export async function* listItems(
	graph: GraphClient,
	folder: ItemAddress,
	{ recursive, query, limit = Infinity, keep }: ListItems,
): AsyncGenerator<DriveItem[], void, void> {
	let left = limit;
	const folders: DriveItem[] = [];
	const cut = (page: DriveItem[]): DriveItem[] => {
		if (recursive) folders.push(...page.filter(isFolder));
		const kept = page.filter(keep).slice(0, left);
		left -= kept.length;
		return kept;
	};
	for await (const page of children(graph, folder, query)) {
		const kept = cut(page);
		if (kept.length > 0) yield kept;
		if (left <= 0) return;
	}
	while (folders.length > 0) {
		const next = folders.splice(0, foldersAtOnce);
		const answers = await inOrder(next, foldersAtOnce, async ({ id }) => {
			const found: DriveItem[] = [];
			const address = ItemAddress.item(folder.drive, id ?? '');
			for await (const page of children(graph, address, query)) found.push(...page);
			return found;
		});
		const kept = cut(answers.flat());
		if (kept.length > 0) yield kept;
		if (left <= 0) return;
	}
}

function children(
	graph: GraphClient,
	folder: ItemAddress,
	query: GraphQuery,
): AsyncGenerator<DriveItem[], void, void> {
	return graph.pages<DriveItem>(
		{ method: 'GET', path: path`${folder.path}/children`, query },
		{ pageSize: childrenPageSize },
	);
}

export const isFolder = (item: DriveItem): boolean => Boolean(item.folder) && !item.package;
export const isFile = (item: DriveItem): boolean => !item.folder && !item.package;

/** Whether a name fits any of the patterns, in which `*` and `?` stand for others; all names where there are none. */
export function nameFilter(patterns: readonly string[] = []): (item: DriveItem) => boolean {
	const expressions = patterns.map((pattern) => {
		const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&');
		return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'iu');
	});
	return ({ name }) =>
		expressions.length === 0 || expressions.some((fits) => fits.test(name ?? ''));
}
