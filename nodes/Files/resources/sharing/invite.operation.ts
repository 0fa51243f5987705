import type { Permission } from '@microsoft/microsoft-graph-types';
import { path } from '../../../../core/graph/path';
import { dateTime } from '../../../kit/fields/dateTime';
import { choice, collection, text, textList, toggle } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { fileOrFolderFields } from '../../fields/items';
import { simplifyField } from '../../fields/output';
import { outputPermission } from '../../sharing';
import { writes } from '../../shared/permissions';

export const invite = defineOperation({
	name: 'Invite',
	value: 'invite',
	action: 'Invite people to a file',
	description: 'Give people access to a file or folder, and tell them by email if wanted',
	permissions: writes,
	properties: [
		...fileOrFolderFields,
		textList('recipients', {
			displayName: 'People',
			required: true,
			placeholder: 'e.g. ben@contoso.com, chloe@fabrikam.com',
		}),
		choice('role', {
			displayName: 'They Can',
			options: [
				{ name: 'Edit', value: 'write' },
				{ name: 'View', value: 'read' },
			],
			default: 'read',
		}),
		toggle('sendInvitation', {
			displayName: 'Send Invitation',
			default: true,
			description: 'Whether Microsoft 365 sends them an email with the link',
		}),
		simplifyField,
		collection('options', {
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: [
				dateTime('expirationDateTime', { displayName: 'Expires At' }),
				text('message', { displayName: 'Message', rows: 3, description: 'Text of the invitation' }),
				text('password', { displayName: 'Password', typeOptions: { password: true } }),
				toggle('requireSignIn', {
					displayName: 'Require Sign-In',
					default: true,
					description: 'Whether they have to sign in to see it',
				}),
				toggle('retainInheritedPermissions', {
					displayName: 'Keep Inherited Permissions',
					default: true,
					description: 'Whether those who see the folder around it keep their access',
				}),
			],
		}),
	],
	execute: async ({ graph, params }) => {
		const { requireSignIn = true, retainInheritedPermissions, ...texts } = params.options;
		const { value } = await graph.request<{ value: Permission[] }>({
			method: 'POST',
			path: path`${params.item.path}/invite`,
			body: {
				recipients: params.recipients.map((email) => ({ email })),
				roles: [params.role],
				requireSignIn,
				sendInvitation: params.sendInvitation,
				...(retainInheritedPermissions !== undefined && { retainInheritedPermissions }),
				...Object.fromEntries(Object.entries(texts).filter(([, text]) => Boolean(text))),
			},
		});
		return value.map((permission) => ({ json: outputPermission(permission, params.simplify) }));
	},
});
