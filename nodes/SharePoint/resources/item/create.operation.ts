import type { ListItem } from '@microsoft/microsoft-graph-types';
import { defineOperation } from '../../../kit/operation';
import { siteField } from '../../../kit/sharepoint/site';
import { columns } from '../../fields/columns';
import { listField } from '../../fields/list';
import { simplifyField } from '../../../kit/fields/output';
import { createOptions } from '../../fields/writing';
import { createRequest } from '../../items';
import { simplifyItem } from '../../simplify';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create an item',
	description: 'Add an item to a list, with values for any of its columns',
	permissions: { delegated: 'Sites.ReadWrite.All', application: 'Sites.ReadWrite.All' },
	batchable: true,
	properties: [
		siteField,
		listField,
		columns({ method: 'getColumns', mode: 'add' }),
		simplifyField,
		createOptions,
	],
	request: ({ params }) => createRequest({ ...params, values: params.columns, ...params.options }),
	shape: (body, { params }) =>
		params.simplify ? simplifyItem(body as ListItem) : { ...(body as object) },
});
