import type { List } from '@microsoft/microsoft-graph-types';
import { path } from '../../../../core/graph/path';
import { collection, toggle } from '../../../kit/fields/values';
import { defineOperation, item } from '../../../kit/operation';
import { siteField } from '../../../kit/sharepoint/site';
import { limitField, returnAllField, simplifyField } from '../../../kit/fields/output';
import { simplifyList } from '../../simplify';

const properties =
	'id,name,displayName,description,webUrl,createdDateTime,lastModifiedDateTime,list';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many lists',
	description: 'List the lists and document libraries of a site',
	permissions: { delegated: 'Sites.Read.All', application: 'Sites.Read.All' },
	properties: [
		siteField,
		returnAllField,
		limitField,
		simplifyField,
		collection('options', {
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: [
				toggle('includeSystem', {
					displayName: 'Include System Lists',
					description:
						"Whether to return SharePoint's own hidden lists too, such as that of people",
				}),
			],
		}),
	],
	execute: async function* ({ graph, params }) {
		const { site, limit, options, simplify } = params;
		const request = {
			method: 'GET',
			path: path`/sites/${site}/lists`,
			query: options.includeSystem ? { $select: `${properties},system` } : {},
		} as const;
		const pages = graph.pages<List>(request, {
			pageSize: 200,
			...(limit !== undefined && { limit }),
		});
		for await (const lists of pages) {
			yield lists.map((list) => item(simplify ? simplifyList(list) : list));
		}
	},
});
