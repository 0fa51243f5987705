import type { List } from '@microsoft/microsoft-graph-types';
import { path } from '../../../../core/graph/path';
import { defineOperation } from '../../../kit/operation';
import { siteField } from '../../../kit/sharepoint/site';
import { listField } from '../../fields/list';
import { simplifyField } from '../../../kit/fields/output';
import { simplifyList } from '../../simplify';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get a list',
	description: 'Get what a list or library is',
	permissions: { delegated: 'Sites.Read.All', application: 'Sites.Read.All' },
	batchable: true,
	properties: [siteField, listField, simplifyField],
	request: ({ params }) => ({
		method: 'GET',
		path: path`/sites/${params.site}/lists/${params.list}`,
	}),
	shape: (body, { params }) =>
		params.simplify ? simplifyList(body as List) : { ...(body as object) },
});
