import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { mailPurposes } from '../core/scopes';
import { mailScopeExpression } from './expressions';
import {
	adminConsentFields,
	adminConsentSwitch,
	clientFields,
	environmentFields,
	grantTypeField,
	mailServerFields,
	outlookUrlField,
	signInFields,
	tenantFields,
} from './fields';

/**
 * A person signs in for IMAP and SMTP, whose tokens are others than those of Microsoft Graph.
 * Tested by `microsoft365MailTest` of the nodes.
 */
export class Microsoft365MailOAuth2Api implements ICredentialType {
	name = 'microsoft365MailOAuth2Api';
	extends = ['oAuth2Api'];
	displayName = 'Microsoft 365 Mail (IMAP and SMTP) OAuth2 API';
	documentationUrl =
		'https://github.com/n8n-nodes-microsoft365/n8n-nodes-microsoft365/blob/main/docs/admin-guide.md#imap-and-smtp';
	icon = {
		light: 'file:../icons/microsoft365.svg',
		dark: 'file:../icons/microsoft365.dark.svg',
	} satisfies Icon;
	properties: INodeProperties[] = [
		grantTypeField,
		{
			displayName: 'Purpose',
			name: 'purpose',
			type: 'options',
			options: Object.entries(mailPurposes).map(([value, { name, scopes }]) => ({
				name,
				value,
				description: `Asks for ${scopes.join(' and ')}`,
			})),
			default: 'both',
			description:
				'What the connection may do. Only the permissions that it takes are asked for. After a change, connect the account again.',
		},
		{
			displayName: 'Mailbox',
			name: 'mailbox',
			type: 'string',
			default: '',
			placeholder: 'e.g. support@contoso.com',
			hint: "Empty: the signed-in person's own. Or the address of a shared mailbox in which an admin gave that person full access (to read) and Send As (to send).",
		},
		...environmentFields,
		outlookUrlField,
		...mailServerFields,
		...tenantFields('delegated'),
		...clientFields,
		{
			displayName:
				'In Entra the app registration needs the delegated permissions IMAP.AccessAsUser.All and SMTP.Send (under Microsoft Graph, or Office 365 Exchange Online). To send, an admin also allows Authenticated SMTP for the mailbox in the Microsoft 365 admin center: Users > Active users > the person > Mail > Manage email apps.',
			name: 'mailNotice',
			type: 'notice',
			default: '',
		},
		...adminConsentFields,
		...adminConsentSwitch,
		...signInFields(mailScopeExpression()),
	];
}
