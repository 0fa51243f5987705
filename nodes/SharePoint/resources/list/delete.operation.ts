import { path } from '../../../../core/graph/path';
import { defineOperation } from '../../../kit/operation';
import { siteField } from '../../../kit/sharepoint/site';
import { listField } from '../../fields/list';

export const deleteList = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a list',
	description: "Delete a list with all of its items, into the site's recycle bin",
	permissions: { delegated: 'Sites.Manage.All', application: 'Sites.Manage.All' },
	batchable: true,
	properties: [siteField, listField],
	request: ({ params }) => ({
		method: 'DELETE',
		path: path`/sites/${params.site}/lists/${params.list}`,
	}),
	shape: (_, { params }) => ({ success: true, id: params.list }),
});
