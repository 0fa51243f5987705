import { whoCanGrant } from '../../../../core/permissions';
import { ParameterError } from '../../../kit/field';
import { toggle } from '../../../kit/fields/values';
import { defineOperation, item, noneOfItsOwn } from '../../../kit/operation';
import { entriesOf, operationsField } from '../../fields/operations';
import {
	leastPermissions,
	requiredResourceAccess,
	resourceAccess,
	withSignIn,
} from '../../leastPrivilege';

export const getPermissions = defineOperation({
	name: 'Get Permissions',
	value: 'getPermissions',
	action: 'Get the permissions that operations need',
	description: 'List the least permissions for chosen operations, ready for Microsoft Entra',
	permissions: noneOfItsOwn,
	properties: [
		operationsField,
		toggle('othersMailboxes', {
			displayName: "Others' Mailboxes",
			description:
				"Whether signed-in people work in other people's or shared mailboxes and calendars too",
		}),
	],
	execute: async ({ params }) => {
		const entries = entriesOf(params.operations);
		if (entries.length === 0) {
			throw new ParameterError('Operations', 'is empty', 'Choose what the workflows will do.');
		}
		const chosen = { entries, othersMailboxes: params.othersMailboxes };
		const delegated = withSignIn(leastPermissions(chosen, 'delegated'));
		const application = leastPermissions(chosen, 'application');
		// offline_access is OpenID Connect's, and belongs to no API.
		const scopes = resourceAccess(
			delegated.filter((name) => name.includes('.')),
			'delegated',
		);
		const roles = resourceAccess(application, 'application');
		const label = (id: 'delegated' | 'application') =>
			entries
				.filter(({ operation }) => operation.permissions[id] === null)
				.map(({ node, resource, operation }) => `${node}: ${resource} > ${operation.name}`);
		return [
			item({
				delegated: {
					permissions: delegated,
					text: delegated.join(' '),
					needAdmin: delegated.filter((name) => whoCanGrant(name, 'delegated') === 'admin'),
					notOffered: label('delegated'),
					requiredResourceAccess: requiredResourceAccess(scopes.access),
					withoutId: scopes.withoutId,
				},
				application: {
					permissions: application,
					text: application.join(' '),
					needAdmin: application,
					notOffered: label('application'),
					requiredResourceAccess: requiredResourceAccess(roles.access),
					withoutId: roles.withoutId,
				},
				operations: entries.map(({ node, resource, operation }) => ({
					node,
					resource,
					operation: operation.name,
					delegated: operation.permissions.delegated,
					application: operation.permissions.application,
				})),
				where:
					'Entra > App registrations > the app > API permissions > Add a permission > Microsoft Graph. Or put requiredResourceAccess into the app\'s Manifest. Then an admin presses "Grant admin consent". The text of delegated also goes into Custom Scopes of the credential.',
			}),
		];
	},
});
