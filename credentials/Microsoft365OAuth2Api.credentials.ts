import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { permissionPresets, services } from '../core/scopes';
import { scopeExpression } from './expressions';
import {
	adminConsentFields,
	adminConsentSwitch,
	clientFields,
	environmentFields,
	grantTypeField,
	signInFields,
	tenantFields,
} from './fields';

/** A person signs in, and n8n's OAuth2 keeps and renews their token. */
export class Microsoft365OAuth2Api implements ICredentialType {
	name = 'microsoft365OAuth2Api';
	extends = ['oAuth2Api'];
	displayName = 'Microsoft 365 OAuth2 API';
	documentationUrl =
		'https://github.com/n8n-nodes-microsoft365/n8n-nodes-microsoft365/blob/main/docs/admin-guide.md#which-credential';
	icon = {
		light: 'file:../icons/microsoft365.svg',
		dark: 'file:../icons/microsoft365.dark.svg',
	} satisfies Icon;
	properties: INodeProperties[] = [
		grantTypeField,
		...environmentFields,
		...tenantFields('delegated'),
		...clientFields,
		{
			displayName: 'Permissions',
			name: 'permissionPreset',
			type: 'options',
			options: [
				...Object.entries(permissionPresets).map(([value, { name, description }]) => ({
					name,
					value,
					description,
				})),
				{ name: 'Custom List', value: 'custom', description: 'Exactly the scopes that you enter' },
			],
			default: 'standard',
			description:
				'What the connection may do, at most what the person may. After a change, connect the account again.',
		},
		{
			displayName: 'Also Allow',
			name: 'services',
			type: 'multiOptions',
			options: Object.entries(services).map(([value, { name, description }]) => ({
				name,
				value,
				description,
			})),
			default: [],
			description: 'Services that need permissions of their own',
			displayOptions: { hide: { permissionPreset: ['custom'] } },
		},
		{
			displayName: 'Custom Scopes',
			name: 'customScopes',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			placeholder: 'Mail.Read Calendars.Read',
			hint: 'Permissions of Microsoft Graph, with spaces between them. What a connection always needs (offline_access, User.Read, openid, profile, email) is added.',
			displayOptions: { show: { permissionPreset: ['custom'] } },
		},
		...adminConsentFields,
		...adminConsentSwitch,
		...signInFields(scopeExpression()),
	];
}
