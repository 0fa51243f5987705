import type { List } from '@microsoft/microsoft-graph-types';
import { path } from '../../core/graph/path';
import type { GraphClient } from '../../core/graph/types';
import { Lookup, ParameterError } from '../kit/field';
import { oncePerClient } from '../kit/pickers/oncePerClient';

const label = 'List';

/** The lists and libraries of a site, without SharePoint's own hidden ones; asked once a run. */
export async function listsOf(graph: GraphClient, site: string): Promise<readonly List[]> {
	return await oncePerClient(graph, `lists ${site}`, async () => {
		const lists: List[] = [];
		const request = {
			method: 'GET',
			path: path`/sites/${site}/lists`,
			query: { $select: 'id,name,displayName,webUrl,list' },
		} as const;
		for await (const page of graph.pages<List>(request, { pageSize: 200 })) lists.push(...page);
		return lists;
	});
}

/** By title or by the name in its address, in any case. */
export function listByName(site: string, name: string): Lookup<string> {
	const wanted = name.toLowerCase();
	return find(site, `called "${name}"`, (list) =>
		[list.displayName, list.name].some((each) => each?.toLowerCase() === wanted),
	);
}

/** By the address of the list, or of any view, form or file of it. */
export function listByAddress(site: string, address: string): Lookup<string> {
	const wanted = comparable(address);
	if (wanted === undefined) {
		throw new ParameterError(
			label,
			'is no web address',
			'Copy the whole address, with https:// in front, or choose By Name.',
		);
	}
	return find(site, `at ${address}`, ({ webUrl }) => {
		const own = comparable(webUrl ?? '');
		return own !== undefined && `${wanted}/`.startsWith(`${own}/`);
	});
}

function find(site: string, what: string, fits: (list: List) => boolean): Lookup<string> {
	return new Lookup(async (graph) => {
		const lists = await listsOf(graph, site);
		const found = lists.find(fits)?.id;
		if (found) return found;
		const known = lists.map(({ displayName, name }) => displayName ?? name).join(', ');
		throw new ParameterError(
			label,
			`the site has no list ${what}`,
			`It has: ${known || 'none that this connection may see'}.`,
		);
	});
}

/** Addresses differ in case, encoding and what a browser adds. */
function comparable(address: string): string | undefined {
	if (!URL.canParse(address)) return undefined;
	const { host, pathname } = new URL(address);
	// Office's links have `/:l:/r` in front of the path.
	const plain = pathname.replace(/^\/:\w+:\/r(?=\/)/, '').replace(/\/+$/, '');
	try {
		return `${host}${decodeURIComponent(plain)}`.toLowerCase();
	} catch {
		return `${host}${plain}`.toLowerCase();
	}
}
