import { path } from '../../../../core/graph/path';
import { defineOperation } from '../../../kit/operation';
import { fileOrFolderFields } from '../../fields/items';
import { permissionField } from '../../fields/permission';
import { writes } from '../../shared/permissions';

export const deletePermission = defineOperation({
	name: 'Delete Permission',
	value: 'deletePermission',
	action: 'Delete a permission of a file',
	description: 'Take a permission away, or end a sharing link',
	permissions: writes,
	batchable: true,
	properties: [...fileOrFolderFields, permissionField],
	request: ({ params }) => ({
		method: 'DELETE',
		path: path`${params.item.path}/permissions/${params.permission.trim()}`,
	}),
	shape: () => ({ success: true }),
});
