import type { ListItem } from '@microsoft/microsoft-graph-types';
import { path } from '../../../../core/graph/path';
import { defineOperation } from '../../../kit/operation';
import { siteField } from '../../../kit/sharepoint/site';
import { itemField } from '../../fields/item';
import { listField } from '../../fields/list';
import { simplifyField } from '../../../kit/fields/output';
import { itemsPath } from '../../items';
import { simplifyItem } from '../../simplify';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get an item',
	description: 'Get an item of a list with the values of its columns',
	permissions: { delegated: 'Sites.Read.All', application: 'Sites.Read.All' },
	batchable: true,
	properties: [siteField, listField, itemField, simplifyField],
	request: ({ params }) => ({
		method: 'GET',
		path: path`${itemsPath(params.site, params.list)}/${params.item}`,
		query: { $expand: 'fields' },
	}),
	shape: (body, { params }) =>
		params.simplify ? simplifyItem(body as ListItem) : { ...(body as object) },
});
