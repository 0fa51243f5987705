import type { Drive } from '@microsoft/microsoft-graph-types';
import { path } from '../../../core/graph/path';
import type { GraphClient } from '../../../core/graph/types';
import { Lookup, ParameterError } from '../field';
import type { LocatorMode } from '../pickers/locator';
import { oncePerClient } from '../pickers/oncePerClient';
import { siteByAddress } from '../sharepoint/site';

/** In the place of a library's id: the one that every site has, called Documents in English. */
export const defaultLibrary = 'default';

interface Modes {
	readonly modes: readonly LocatorMode[];
	readonly modeOf: (value: string) => string;
	readonly default?: { mode: string; value: string; cachedResultName?: string };
	readonly description?: string;
}

/** A site by search, web address or id; reads as its id. */
export function siteModes(searchListMethod: string): Modes {
	return {
		description:
			'Paste the address where the connection may open selected sites only: Microsoft refuses the search there',
		modeOf: (value) => (/^https?:/i.test(value) ? 'url' : 'id'),
		modes: [
			{
				name: 'list',
				form: {
					displayName: 'From List',
					type: 'list',
					placeholder: 'Search by name',
					typeOptions: { searchListMethod, searchable: true },
				},
				read: (value) => value,
			},
			{
				name: 'url',
				form: {
					displayName: 'By Web Address',
					type: 'string',
					placeholder: 'e.g. https://contoso.sharepoint.com/sites/Sales',
					hint: 'The address of the site, or of anything in it',
				},
				read: (value) => siteByAddress(value),
			},
			{
				name: 'id',
				form: {
					displayName: 'By ID',
					type: 'string',
					placeholder: 'e.g. contoso.sharepoint.com,2c71…,2d22…',
				},
				read: (value) => {
					if (!/[\s/]/.test(value)) return value;
					throw new ParameterError(
						'Site',
						'is no site ID',
						'Paste the address of the site and choose By Web Address.',
					);
				},
			},
		],
	};
}

/** A library of the site by list, name, web address or id; reads as its drive's id, or as `default`. */
export function libraryModes(searchListMethod: string, siteField: string): Modes {
	const find = (what: string, fits: (drive: Drive) => boolean, siteId: unknown) =>
		new Lookup(async (graph) => await findLibrary(graph, String(siteId), what, fits));
	return {
		default: {
			mode: 'list',
			value: defaultLibrary,
			cachedResultName: 'Documents (the Default Library)',
		},
		modeOf: (value) => {
			if (/^https?:/i.test(value)) return 'url';
			return value === defaultLibrary || value.startsWith('b!') ? 'id' : 'name';
		},
		modes: [
			{
				name: 'list',
				form: {
					displayName: 'From List',
					type: 'list',
					typeOptions: { searchListMethod, searchable: true },
				},
				read: (value) => value,
			},
			{
				name: 'name',
				form: { displayName: 'By Name', type: 'string', placeholder: 'e.g. Contracts' },
				read: (value, { params }) => {
					const wanted = value.toLowerCase();
					const fits = ({ name }: Drive) => name?.toLowerCase() === wanted;
					return find(`named "${value}"`, fits, params[siteField]);
				},
			},
			{
				name: 'url',
				form: {
					displayName: 'By Web Address',
					type: 'string',
					placeholder: 'e.g. https://contoso.sharepoint.com/sites/Sales/Contracts',
				},
				read: (value, { params }) => {
					const wanted = comparable(value);
					const fits = ({ webUrl }: Drive) => `${wanted}/`.startsWith(`${comparable(webUrl)}/`);
					return find(`at ${value}`, fits, params[siteField]);
				},
			},
			{
				name: 'id',
				form: { displayName: 'By ID', type: 'string', placeholder: 'e.g. b!-RIj2DuyvEyV1T4N…' },
				read: (value) => value,
			},
		],
	};
}

async function findLibrary(
	graph: GraphClient,
	siteId: string,
	what: string,
	fits: (drive: Drive) => boolean,
): Promise<string> {
	const libraries = await oncePerClient(
		graph,
		`libraries ${siteId}`,
		async () => await librariesOf(graph, siteId),
	);
	const found = libraries.find(fits)?.id;
	if (found) return found;
	const known = libraries.map(({ name }) => name).join(', ');
	throw new ParameterError(
		'Library',
		`the site has no library ${what}`,
		`It has: ${known || 'none that this connection may see'}.`,
	);
}

export async function librariesOf(graph: GraphClient, siteId: string): Promise<Drive[]> {
	const libraries: Drive[] = [];
	const request = {
		method: 'GET',
		path: path`/sites/${siteId}/drives`,
		query: { $select: 'id,name,webUrl' },
	} as const;
	for await (const page of graph.pages<Drive>(request, { pageSize: 200 })) libraries.push(...page);
	return libraries;
}

/** Addresses differ in case, encoding and what a browser adds. */
function comparable(address: string | null | undefined): string {
	if (!address || !URL.canParse(address)) return '?';
	const { host, pathname } = new URL(address);
	const trimmed = pathname.replace(/\/(Forms\/[^/]+\.aspx)?$/i, '');
	try {
		return `${host}${decodeURIComponent(trimmed)}`.toLowerCase();
	} catch {
		return `${host}${trimmed}`.toLowerCase();
	}
}
