import { randomUUID } from 'node:crypto';
import { adminConsentUrl } from '../../../../core/auth/adminConsent';
import { defaultScope } from '../../../../core/scopes';
import { ParameterError, showWhen } from '../../../kit/field';
import { choice, collection, text, toggle } from '../../../kit/fields/values';
import { defineOperation, item, noneOfItsOwn } from '../../../kit/operation';
import { entriesOf, operationsField } from '../../fields/operations';
import { leastPermissions, withSignIn } from '../../leastPrivilege';

export const getAdminConsentUrl = defineOperation({
	name: 'Get Admin Consent URL',
	value: 'getAdminConsentUrl',
	action: 'Get the admin consent URL',
	description: 'Make the link with which an admin approves the app for the whole organization',
	permissions: noneOfItsOwn,
	properties: [
		choice('approve', {
			displayName: 'Permissions to Approve',
			options: [
				{
					name: 'For Chosen Operations',
					value: 'operations',
					description: 'The least that they need of a signed-in person',
				},
				{
					name: 'Of the App Registration',
					value: 'registered',
					description:
						'All that it lists under API permissions; for an app of its own the only way',
				},
				{
					name: 'Of the Credential',
					value: 'credential',
					description: 'What the credential asks for when an account is connected',
				},
				{ name: 'Other Ones', value: 'others', description: 'Names to be entered below' },
			],
			default: 'credential',
		}),
		showWhen(operationsField, { approve: ['operations'] }),
		showWhen(
			toggle('othersMailboxes', {
				displayName: "Others' Mailboxes",
				description:
					"Whether signed-in people work in other people's or shared mailboxes and calendars too",
			}),
			{ approve: ['operations'] },
		),
		showWhen(
			text('names', {
				displayName: 'Permission Names',
				required: true,
				placeholder: 'e.g. Mail.Read Calendars.ReadWrite',
				description: 'With spaces between them',
			}),
			{ approve: ['others'] },
		),
		collection('options', {
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: [
				text('redirectUri', {
					displayName: 'Redirect URI',
					placeholder: 'e.g. https://n8n.example.com/webhook/approved',
					description:
						"Where Microsoft sends the admin's browser with the outcome; it has to be registered in the app. Empty: n8n's own callback.",
				}),
				text('state', {
					displayName: 'State',
					description:
						'A text that comes back with the outcome, to know it by. Empty: a random one.',
				}),
			],
		}),
	],
	execute: async ({ params, connection, cloud, identity }) => {
		const { approve, options } = params;
		const scopes = scopesOf();
		const redirectUri = options.redirectUri?.trim() || connection.redirectUri;
		const state = options.state?.trim() || randomUUID();
		const { tenantId, clientId } = connection;
		return [
			item({
				url: adminConsentUrl({ cloud, tenantId, clientId, scopes, redirectUri, state }),
				tenantId,
				clientId,
				permissions: scopes.split(' '),
				redirectUri,
				state,
				note:
					'An admin of the organization opens the link, signs in and accepts. ' +
					(options.redirectUri?.trim()
						? ''
						: 'n8n may then show a page about insufficient parameters; the approval counts all the same. ') +
					'After that, connect the account again.',
			}),
		];

		function scopesOf(): string {
			if (approve === 'registered' || (approve === 'credential' && identity === 'application')) {
				return defaultScope(cloud.graphOrigin);
			}
			if (approve === 'credential') return connection.scopes;
			if (approve === 'others') return (params.names ?? '').split(/[\s,]+/).join(' ');
			const entries = entriesOf(params.operations ?? []);
			if (entries.length === 0) {
				throw new ParameterError('Operations', 'is empty', 'Choose what the workflows will do.');
			}
			const othersMailboxes = params.othersMailboxes ?? false;
			return withSignIn(leastPermissions({ entries, othersMailboxes }, 'delegated')).join(' ');
		}
	},
});
