import type { Permission } from '@microsoft/microsoft-graph-types';
import { path } from '../../../../core/graph/path';
import { ParameterError } from '../../../kit/field';
import { dateTime } from '../../../kit/fields/dateTime';
import { choice, collection } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { fileOrFolderFields } from '../../fields/items';
import { permissionField } from '../../fields/permission';
import { simplifyField } from '../../fields/output';
import { outputPermission } from '../../sharing';
import { writes } from '../../shared/permissions';

export const updatePermission = defineOperation({
	name: 'Update Permission',
	value: 'updatePermission',
	action: 'Update a permission of a file',
	description: 'Change what somebody may do with a file or folder, or until when',
	permissions: writes,
	batchable: true,
	properties: [
		...fileOrFolderFields,
		permissionField,
		collection('changes', {
			displayName: 'Changes',
			placeholder: 'Add Change',
			fields: [
				choice('role', {
					displayName: 'They Can',
					options: [
						{ name: 'Edit', value: 'write' },
						{ name: 'View', value: 'read' },
					],
					default: 'read',
				}),
				dateTime('expirationDateTime', { displayName: 'Expires At' }),
			],
		}),
		simplifyField,
	],
	request: ({ params }) => {
		const { role, expirationDateTime } = params.changes;
		if (!role && !expirationDateTime) {
			throw new ParameterError('Changes', 'is empty', 'Add what is to be changed.');
		}
		return {
			method: 'PATCH',
			path: path`${params.item.path}/permissions/${params.permission.trim()}`,
			body: { ...(role && { roles: [role] }), ...(expirationDateTime && { expirationDateTime }) },
		};
	},
	shape: (body, { params }) => outputPermission(body as Permission, params.simplify),
});
