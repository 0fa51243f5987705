import { defineResource } from '../../../kit/resource';
import { createLink } from './createLink.operation';
import { deletePermission } from './deletePermission.operation';
import { getPermissions } from './getPermissions.operation';
import { invite } from './invite.operation';
import { resolveLink } from './resolveLink.operation';
import { updatePermission } from './updatePermission.operation';

export const sharing = defineResource({
	name: 'Sharing',
	value: 'sharing',
	description: 'Links and permissions of a file or folder',
	operations: [createLink, invite, getPermissions, updatePermission, deletePermission, resolveLink],
});
