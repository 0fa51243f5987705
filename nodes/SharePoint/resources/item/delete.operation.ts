import { path } from '../../../../core/graph/path';
import { defineOperation } from '../../../kit/operation';
import { siteField } from '../../../kit/sharepoint/site';
import { itemField } from '../../fields/item';
import { listField } from '../../fields/list';
import { itemsPath } from '../../items';

export const deleteItem = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete an item',
	description: "Delete an item of a list, into the site's recycle bin",
	permissions: { delegated: 'Sites.ReadWrite.All', application: 'Sites.ReadWrite.All' },
	batchable: true,
	properties: [siteField, listField, itemField],
	request: ({ params }) => ({
		method: 'DELETE',
		path: path`${itemsPath(params.site, params.list)}/${params.item}`,
	}),
	shape: (_, { params }) => ({ success: true, id: params.item }),
});
