import type { Site } from '@microsoft/microsoft-graph-types';
import { NotFoundError } from '../../../core/graph/errors';
import { NamePath, path } from '../../../core/graph/path';
import type { GraphClient } from '../../../core/graph/types';
import { siteCandidates } from '../../../core/sharepoint/siteCandidates';
import { type Field, Lookup, ParameterError } from '../field';
import { locator } from '../pickers/locator';
import { oncePerClient } from '../pickers/oncePerClient';

const label = 'Site';

/** A site by search, by the address of anything in it, or by id; reads as what `/sites/` is followed by. */
export const siteField: Field<'site', string> = locator('site', {
	displayName: label,
	description:
		'Where the connection reaches selected sites only (Sites.Selected), Microsoft refuses the search: paste the address instead',
	modeOf: (value) => {
		if (/^https?:/i.test(value)) return 'url';
		return value.startsWith('/') ? 'path' : 'id';
	},
	modes: [
		{
			name: 'list',
			form: {
				displayName: 'From List',
				type: 'list',
				typeOptions: { searchListMethod: 'searchSites', searchable: true },
			},
			read: (value) => value,
		},
		{
			name: 'url',
			form: {
				displayName: 'By URL',
				type: 'string',
				placeholder: 'e.g. https://contoso.sharepoint.com/sites/Sales',
				hint: 'The address of the site, or of any page or list in it',
			},
			read: (value) => siteByAddress(value),
		},
		{
			name: 'path',
			form: {
				displayName: 'By Path',
				type: 'string',
				placeholder: 'e.g. /sites/Sales',
				hint: "On the tenant's main host",
			},
			read: (value) => siteByPath(value),
		},
		{
			name: 'id',
			form: {
				displayName: 'By ID',
				type: 'string',
				placeholder: 'e.g. contoso.sharepoint.com,2c71…,2d22… or root',
			},
			read: (value) => {
				if (!/[\s/]/.test(value)) return value;
				throw new ParameterError(
					label,
					'is no site ID',
					'Choose By URL for the address of a site.',
				);
			},
		},
	],
});

/** @throws {ParameterError} for what is no address */
export function siteByAddress(address: string): Lookup<string> {
	const candidates = siteCandidates(address);
	if (!candidates) {
		throw new ParameterError(
			label,
			'is no web address',
			'Copy the whole address, with https:// in front, or choose By ID.',
		);
	}
	const { host, paths } = candidates;
	return new Lookup(
		async (graph) =>
			await oncePerClient(graph, `site ${host}/${JSON.stringify(paths)}`, async () => {
				for (const [place, names] of paths.entries()) {
					const id = await siteIdAt(graph, host, names, place === paths.length - 1);
					if (id !== undefined) return id;
				}
				throw new ParameterError(label, `there is none at ${address}`);
			}),
	);
}

function siteByPath(serverPath: string): Lookup<string> {
	const names = serverPath.split('/').filter((name) => name !== '');
	return new Lookup(
		async (graph) =>
			await oncePerClient(graph, `site path ${names.join('/')}`, async () => {
				const { webUrl = '', id = '' } = await graph.request<Site>({
					method: 'GET',
					path: path`/sites/root`,
					query: { $select: 'id,webUrl' },
				});
				if (names.length === 0) return id;
				return (await siteIdAt(graph, new URL(webUrl ?? '').hostname, names, true)) ?? '';
			}),
	);
}

/** The site at a path, or `undefined` where a folder's name was tried as a subsite. */
async function siteIdAt(
	graph: GraphClient,
	host: string,
	names: readonly string[],
	isLast: boolean,
): Promise<string | undefined> {
	try {
		const { id } = await graph.request<Site>({
			method: 'GET',
			path:
				names.length === 0 ? path`/sites/${host}` : path`/sites/${host}:/${new NamePath(names)}`,
			query: { $select: 'id' },
		});
		return id;
	} catch (error) {
		if (error instanceof NotFoundError && !isLast) return undefined;
		throw error;
	}
}

/** Some sites have no title. */
export function siteName({ displayName, name, webUrl, id }: Site): string {
	return displayName || name || webUrl || id || '';
}
