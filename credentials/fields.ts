import type { INodeProperties } from 'n8n-workflow';
import { tenantPatterns } from '../core/auth/tenant';
import type { TokenProvider } from '../core/auth/TokenProvider';
import { clouds, customCloudLabel, originPattern } from '../core/clouds';
import { accessTokenUrlExpression, authUrlExpression } from './expressions';

/** Fields that both ways of connecting to Microsoft 365 have. */

const onlyCustom = { show: { environment: ['custom'] } };

const environment: INodeProperties = {
	displayName: 'Environment',
	name: 'environment',
	type: 'options',
	options: [
		...Object.values(clouds).map(({ name, label }) => ({ name: label, value: name })),
		{ name: customCloudLabel, value: 'custom' },
	],
	default: 'global',
	description:
		"The Microsoft cloud that your organization is in. GCC (moderate) uses Office 365's addresses; US Government L4 is GCC High.",
};

/** n8n's display rules can match a pattern, so a wrong value is told while it is being typed. */
function warnUnless(
	field: string,
	pattern: RegExp,
	message: string,
	show: Record<string, string[]> = {},
): INodeProperties {
	return {
		displayName: message,
		name: `${field}Notice`,
		type: 'notice',
		default: '',
		displayOptions: {
			show,
			hide: { [field]: ['', { _cnd: { regex: `^\\s*${pattern.source.slice(1, -1)}\\s*$` } }] },
		},
	};
}

function customUrl(
	name: 'customLoginUrl' | 'customGraphUrl',
	displayName: string,
	placeholder: string,
): INodeProperties[] {
	return [
		{
			displayName,
			name,
			type: 'string',
			default: '',
			placeholder,
			required: true,
			displayOptions: onlyCustom,
		},
		warnUnless(
			name,
			originPattern,
			`⚠️ ${displayName}: enter an address such as ${placeholder} with https and without a path. Only on localhost may it be http.`,
			onlyCustom.show,
		),
	];
}

export const environmentFields: INodeProperties[] = [
	environment,
	...customUrl('customLoginUrl', 'Login URL', 'https://login.microsoftonline.com'),
	...customUrl('customGraphUrl', 'Graph URL', 'https://graph.microsoft.com'),
	{
		displayName: 'IMAP Host',
		name: 'customImapHost',
		type: 'string',
		default: '',
		placeholder: 'outlook.office365.com:993',
		description: 'Only needed for IMAP',
		displayOptions: onlyCustom,
	},
	{
		displayName: 'SMTP Host',
		name: 'customSmtpHost',
		type: 'string',
		default: '',
		placeholder: 'smtp.office365.com:587',
		description: 'Only needed for SMTP',
		displayOptions: onlyCustom,
	},
];

/** Where a custom environment's tokens for IMAP and SMTP are asked for. */
export const outlookUrlField: INodeProperties = {
	displayName: 'Outlook URL',
	name: 'customOutlookUrl',
	type: 'string',
	default: '',
	placeholder: clouds.global.outlookResource,
	description:
		"Only needed for IMAP and SMTP: the address that stands before their permissions. Empty: Office 365's.",
	displayOptions: onlyCustom,
};

const hiddenIn = { hide: { environment: ['custom'] } };

/** What Microsoft's pages leave open; nobody has tried it with an account. */
const unverifiedMail: Partial<Record<keyof typeof clouds, string>> = {
	usGovL4: "Not verified: the SMTP host and a person's permissions in this environment.",
	usGovL5: "Not verified: the SMTP host and a person's permissions in this environment.",
	china:
		"Not verified: Microsoft's list of addresses for 21Vianet names no IMAP or SMTP host. If these can not be reached, ask 21Vianet for theirs and enter them as other servers.",
};

/** The environment's mail servers, and others in their place. */
export const mailServerFields: INodeProperties[] = [
	...Object.values(clouds).map(({ name, imap, smtp }): INodeProperties => ({
		displayName: [
			`IMAP: ${imap.host}, port ${imap.port}. SMTP: ${smtp.host}, port ${smtp.port}.`,
			unverifiedMail[name],
		]
			.filter(Boolean)
			.join(' '),
		name: `mailServers_${name}`,
		type: 'notice',
		default: '',
		displayOptions: { show: { environment: [name], otherServers: [false] } },
	})),
	{
		displayName: 'Use Other Servers',
		name: 'otherServers',
		type: 'boolean',
		default: false,
		description: "Whether to connect to other hosts or ports than the environment's own",
		displayOptions: hiddenIn,
	},
	{
		displayName: 'IMAP Host',
		name: 'imapHost',
		type: 'string',
		default: '',
		placeholder: 'outlook.office365.com:993',
		description:
			"Empty: the environment's own. With imap:// before it the connection begins in the clear and turns to TLS (STARTTLS).",
		displayOptions: { show: { otherServers: [true] }, ...hiddenIn },
	},
	{
		displayName: 'SMTP Host',
		name: 'smtpHost',
		type: 'string',
		default: '',
		placeholder: 'smtp.office365.com:587',
		description:
			"Empty: the environment's own. With smtps:// before it the connection is TLS from the start.",
		displayOptions: { show: { otherServers: [true] }, ...hiddenIn },
	},
];

export function tenantFields(kind: TokenProvider['kind']): INodeProperties[] {
	const field: INodeProperties = {
		displayName: 'Tenant ID',
		name: 'tenantId',
		type: 'string',
		required: true,
		default: kind === 'delegated' ? 'common' : '',
		placeholder: '8eaef023-2b34-4da1-9baa-8bc8c9d6a490',
		hint:
			kind === 'delegated'
				? 'Directory (tenant) ID from the Overview of the app registration, or a domain such as contoso.onmicrosoft.com. Leave common only for an app that is registered for accounts in any organization.'
				: 'Directory (tenant) ID from the Overview of the app registration, or a domain such as contoso.onmicrosoft.com',
	};
	const wrong =
		'⚠️ Tenant ID: enter an ID such as 8eaef023-2b34-4da1-9baa-8bc8c9d6a490, or a domain such as contoso.onmicrosoft.com.';
	const shared =
		' An app that signs in by itself does so in one tenant; common, organizations and consumers stand for many.';
	return [
		field,
		warnUnless('tenantId', tenantPatterns[kind], kind === 'delegated' ? wrong : wrong + shared),
	];
}

const withSecret = { show: { clientCredentialType: ['clientSecret'] } };
const withCertificate = { show: { clientCredentialType: ['certificate'] } };

/** Names and values are n8n's own: its OAuth2 client signs with a certificate by them. */
export const clientFields: INodeProperties[] = [
	{
		displayName: 'Client ID',
		name: 'clientId',
		type: 'string',
		default: '',
		required: true,
		placeholder: '535fb089-9ff3-47b6-9bfb-4f1264799865',
		hint: 'Application (client) ID from the Overview of the app registration',
	},
	{
		displayName: 'Authentication',
		name: 'clientCredentialType',
		type: 'options',
		options: [
			{ name: 'Client Secret', value: 'clientSecret' },
			{ name: 'Certificate', value: 'certificate' },
		],
		default: 'clientSecret',
		description: 'How the app proves to Microsoft that it is itself',
	},
	{
		displayName: 'Client Secret',
		name: 'clientSecret',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		required: true,
		displayOptions: withSecret,
		hint: 'The Value of the secret, not its Secret ID. Entra shows it only once, and it expires.',
	},
	{
		displayName: 'Private Key',
		name: 'privateKey',
		type: 'string',
		typeOptions: { password: true, rows: 4 },
		default: '',
		required: true,
		displayOptions: withCertificate,
		placeholder: '-----BEGIN PRIVATE KEY-----',
		hint: 'RSA, in PEM format, without a passphrase',
	},
	{
		displayName: 'Certificate',
		name: 'certificate',
		type: 'string',
		typeOptions: { password: true, rows: 4 },
		default: '',
		required: true,
		displayOptions: withCertificate,
		placeholder: '-----BEGIN CERTIFICATE-----',
		hint: 'The one that is uploaded to the app registration, in PEM format. Its thumbprint is worked out from it.',
	},
];

/**
 * The page on which an admin approves the app. n8n's form computes nothing from what is entered, so
 * the address lacks the Client ID here; the errors of the nodes and of the test give it whole.
 */
export const adminConsentFields: INodeProperties[] = Object.values(clouds).map(
	({ name, loginOrigin }): INodeProperties => ({
		displayName: 'Admin Consent URL',
		name: `adminConsentUrl_${name}`,
		type: 'string',
		typeOptions: { copyButton: true },
		default: `${loginOrigin}/organizations/adminconsent?client_id=`,
		description:
			'Put the Client ID at its end and send it to an admin of the tenant, who approves there all permissions that the app registration lists',
		displayOptions: { show: { environment: [name] } },
	}),
);

/** Makes Connect open the page on which an admin approves for everybody. */
export const adminConsentSwitch: INodeProperties[] = [
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
];

const hidden = (name: string, displayName: string, value: string): INodeProperties => ({
	displayName,
	name,
	type: 'hidden',
	default: value,
});

/** What n8n's OAuth2 goes by, computed from the visible fields. */
export function signInFields(scope: string): INodeProperties[] {
	return [
		hidden('authUrl', 'Authorization URL', authUrlExpression()),
		hidden('accessTokenUrl', 'Access Token URL', accessTokenUrlExpression()),
		hidden('scope', 'Scope', scope),
		hidden(
			'authQueryParameters',
			'Auth URI Query Parameters',
			'response_mode=query&prompt=select_account',
		),
		hidden('authentication', 'Authentication', 'body'),
	];
}

export const grantTypeField = hidden('grantType', 'Grant Type', 'authorizationCode');
