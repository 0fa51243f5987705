import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { permissionPresets, services } from '../core/scopes';
import { accessTokenUrlExpression, authUrlExpression, scopeExpression } from './expressions';
import { adminConsentFields, clientFields, environmentFields, tenantFields } from './fields';

const hidden = (name: string, displayName: string, value: string): INodeProperties => ({
	displayName,
	name,
	type: 'hidden',
	default: value,
});

/** A person signs in, and n8n's OAuth2 keeps and renews their token. */
export class Microsoft365OAuth2Api implements ICredentialType {
	name = 'microsoft365OAuth2Api';
	extends = ['oAuth2Api'];
	displayName = 'Microsoft 365 OAuth2 API';
	documentationUrl = 'https://www.npmjs.com/package/n8n-nodes-microsoft365#credentials';
	icon = {
		light: 'file:../icons/microsoft365.svg',
		dark: 'file:../icons/microsoft365.dark.svg',
	} satisfies Icon;
	properties: INodeProperties[] = [
		hidden('grantType', 'Grant Type', 'authorizationCode'),
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
			options: Object.entries(services).map(([value, { name }]) => ({ name, value })),
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
		{
			displayName: 'Approve for the Whole Organization',
			name: 'adminConsent',
			type: 'boolean',
			default: false,
			description:
				'Whether Connect opens the page on which an admin approves this app and these permissions for everybody in the tenant',
		},
		{
			displayName:
				'Connect now opens the admin consent page of this app and tenant. When an admin has accepted there, n8n shows "Insufficient parameters for OAuth2 callback": the approval counts all the same. Then switch this off and connect an account.',
			name: 'adminConsentNotice',
			type: 'notice',
			default: '',
			displayOptions: { show: { adminConsent: [true] } },
		},
		hidden('authUrl', 'Authorization URL', authUrlExpression()),
		hidden('accessTokenUrl', 'Access Token URL', accessTokenUrlExpression()),
		hidden('scope', 'Scope', scopeExpression()),
		hidden(
			'authQueryParameters',
			'Auth URI Query Parameters',
			'response_mode=query&prompt=select_account',
		),
		hidden('authentication', 'Authentication', 'body'),
	];
}
