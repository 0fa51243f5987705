import type { ListItemVersion } from '@microsoft/microsoft-graph-types';
import { path } from '../../../../core/graph/path';
import { defineOperation, item } from '../../../kit/operation';
import { siteField } from '../../../kit/sharepoint/site';
import { itemField } from '../../fields/item';
import { listField } from '../../fields/list';
import { limitField, returnAllField, simplifyField } from '../../../kit/fields/output';
import { itemsPath } from '../../items';
import { simplifyVersion } from '../../simplify';

export const getVersions = defineOperation({
	name: 'Get Versions',
	value: 'getVersions',
	action: 'Get versions of an item',
	description: 'List the versions of an item, newest first, with the values it had',
	permissions: { delegated: 'Sites.Read.All', application: 'Sites.Read.All' },
	properties: [siteField, listField, itemField, returnAllField, limitField, simplifyField],
	execute: async function* ({ graph, params }) {
		const { limit, simplify } = params;
		const request = {
			method: 'GET',
			path: path`${itemsPath(params.site, params.list)}/${params.item}/versions`,
			query: { $expand: 'fields' },
		} as const;
		const pages = graph.pages<ListItemVersion>(request, {
			pageSize: 200,
			...(limit !== undefined && { limit }),
		});
		for await (const versions of pages) {
			yield versions.map((version) => item(simplify ? simplifyVersion(version) : version));
		}
	},
});
