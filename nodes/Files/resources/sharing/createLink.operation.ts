import type { Permission } from '@microsoft/microsoft-graph-types';
import { path } from '../../../../core/graph/path';
import { ParameterError, showWhen } from '../../../kit/field';
import { dateTime } from '../../../kit/fields/dateTime';
import { choice, collection, text, textList, toggle } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { fileOrFolderFields } from '../../fields/items';
import { simplifyField } from '../../fields/output';
import { outputPermission } from '../../sharing';
import { writes } from '../../shared/permissions';

export const createLink = defineOperation({
	name: 'Create Link',
	value: 'createLink',
	action: 'Create a sharing link',
	description: 'Make a link to a file or folder, with an expiry date and password if wanted',
	permissions: writes,
	batchable: true,
	properties: [
		...fileOrFolderFields,
		choice('type', {
			displayName: 'Link Type',
			options: [
				{ name: 'Edit', value: 'edit', description: 'People can change it' },
				{
					name: 'Embed',
					value: 'embed',
					description: 'For web pages; in the personal OneDrive only',
				},
				{ name: 'View', value: 'view', description: 'People can only read it' },
			],
			default: 'view',
		}),
		choice('scope', {
			displayName: 'Works For',
			options: [
				{ name: 'Anyone With the Link', value: 'anonymous', description: 'Without a sign-in' },
				{ name: 'People in the Organization', value: 'organization' },
				{ name: 'Specific People', value: 'users' },
			],
			default: 'organization',
		}),
		showWhen(
			textList('recipients', {
				displayName: 'People',
				required: true,
				placeholder: 'e.g. ben@contoso.com, chloe@fabrikam.com',
			}),
			{ scope: ['users'] },
		),
		simplifyField,
		collection('options', {
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: [
				dateTime('expirationDateTime', {
					displayName: 'Expires At',
					description: 'When the link stops working',
				}),
				text('password', {
					displayName: 'Password',
					typeOptions: { password: true },
					description:
						'What people have to enter; in the personal OneDrive only, unless an admin allows more',
				}),
				toggle('retainInheritedPermissions', {
					displayName: 'Keep Inherited Permissions',
					default: true,
					description: 'Whether those who see the folder around it keep their access',
				}),
			],
		}),
	],
	request: ({ params }) => {
		const { expirationDateTime, password, retainInheritedPermissions } = params.options;
		if (expirationDateTime !== undefined && Date.parse(expirationDateTime) <= Date.now()) {
			throw new ParameterError('Expires At', 'is in the past');
		}
		return {
			method: 'POST',
			path: path`${params.item.path}/createLink`,
			body: {
				type: params.type,
				scope: params.scope,
				...(params.recipients && { recipients: params.recipients.map((email) => ({ email })) }),
				...(expirationDateTime && { expirationDateTime }),
				...(password && { password }),
				...(retainInheritedPermissions !== undefined && { retainInheritedPermissions }),
			},
			// The same link comes back where it exists already.
			repeatable: true,
		};
	},
	shape: (body, { params }) => outputPermission(body as Permission, params.simplify),
});
