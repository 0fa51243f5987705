import { path } from '../../../../core/graph/path';
import { defineOperation } from '../../../kit/operation';
import { siteField } from '../../../kit/sharepoint/site';
import { pageField } from '../../fields/page';

export const deletePage = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a page',
	description: "Delete a page, into the site's recycle bin",
	permissions: { delegated: 'Sites.ReadWrite.All', application: 'Sites.ReadWrite.All' },
	batchable: true,
	properties: [siteField, pageField],
	request: ({ params }) => ({
		method: 'DELETE',
		path: path`/sites/${params.site}/pages/${params.page}`,
	}),
	shape: (_, { params }) => ({ success: true, id: params.page }),
});
