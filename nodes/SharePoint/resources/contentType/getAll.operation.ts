import type { ContentType } from '@microsoft/microsoft-graph-types';
import { path } from '../../../../core/graph/path';
import { defineOperation, item } from '../../../kit/operation';
import { siteField } from '../../../kit/sharepoint/site';
import { listField } from '../../fields/list';
import { simplifyField } from '../../../kit/fields/output';
import { simplifyContentType } from '../../simplify';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many content types',
	description: 'List the content types of a list, whose IDs new items can be given',
	permissions: { delegated: 'Sites.Read.All', application: 'Sites.Read.All' },
	properties: [siteField, listField, simplifyField],
	execute: async function* ({ graph, params }) {
		const { site, list, simplify } = params;
		const request = {
			method: 'GET',
			path: path`/sites/${site}/lists/${list}/contentTypes`,
		} as const;
		for await (const types of graph.pages<ContentType>(request, { pageSize: 200 })) {
			yield types.map((type) => item(simplify ? simplifyContentType(type) : type));
		}
	},
});
