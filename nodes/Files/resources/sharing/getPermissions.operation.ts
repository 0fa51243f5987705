import type { Permission } from '@microsoft/microsoft-graph-types';
import { path } from '../../../../core/graph/path';
import { defineOperation } from '../../../kit/operation';
import { fileOrFolderFields } from '../../fields/items';
import { simplifyField } from '../../fields/output';
import { outputPermission } from '../../sharing';
import { reads } from '../../shared/permissions';

export const getPermissions = defineOperation({
	name: 'Get Permissions',
	value: 'getPermissions',
	action: 'Get the permissions of a file',
	description: 'List who may see or change a file or folder, and the sharing links to it',
	permissions: reads,
	properties: [...fileOrFolderFields, simplifyField],
	execute: async function* ({ graph, params }) {
		const request = { method: 'GET', path: path`${params.item.path}/permissions` } as const;
		for await (const page of graph.pages<Permission>(request, { pageSize: 200 })) {
			yield page.map((permission) => ({ json: outputPermission(permission, params.simplify) }));
		}
	},
});
