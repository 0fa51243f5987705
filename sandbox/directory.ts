/** Who and what exists in the sandbox's tenant. Everything here is made up and public. */
export interface SandboxUser {
	readonly id: string;
	readonly displayName: string;
	readonly givenName: string;
	readonly surname: string;
	readonly userPrincipalName: string;
	readonly jobTitle: string;
	readonly password: string;
	/** Other people's mailboxes in which this user has full access. */
	readonly fullAccessTo: readonly string[];
	/** Mailboxes that nobody signs in to. */
	readonly isSharedMailbox: boolean;
	/** May consent for the whole organisation, and where user consent is blocked. */
	readonly isAdmin?: boolean;
	/** The user principal name of whom this user reports to. */
	readonly manager?: string;
}

export interface SandboxApp {
	readonly clientId: string;
	readonly displayName: string;
	readonly clientSecret: string;
	/** Application permissions that an admin has granted, as in Graph tokens' `roles`. */
	readonly applicationPermissions: readonly string[];
	/** Empty: any loopback redirect ending in n8n's callback path. */
	readonly redirectUris: readonly string[];
	/** When its secret ends, as Entra shows it. Default: the end of January 2027. */
	readonly secretExpires?: string;
	/** Public certificates (PEM) that the app may sign in with instead of its secret. */
	readonly certificates?: readonly string[];
	/** `AzureADMyOrg`: the app exists in this tenant only, so `/common` refuses it. */
	readonly signInAudience?: 'AzureADMyOrg' | 'AzureADMultipleOrgs';
}

export interface SandboxDirectory {
	readonly tenantId: string;
	readonly domain: string;
	readonly users: readonly SandboxUser[];
	readonly apps: readonly SandboxApp[];
}

const domain = 'contoso.example';

function person(
	index: number,
	givenName: string,
	surname: string,
	jobTitle: string,
	extra: Partial<SandboxUser> = {},
): SandboxUser {
	return {
		id: `00000000-0000-4000-8000-00000000000${index}`,
		displayName: `${givenName} ${surname}`.trim(),
		givenName,
		surname,
		userPrincipalName: `${givenName.toLowerCase()}@${domain}`,
		jobTitle,
		password: 'Sandbox-2026!',
		fullAccessTo: [],
		isSharedMailbox: false,
		...extra,
	};
}

export const sandboxDirectory: SandboxDirectory = {
	tenantId: '5b1c0a52-7d0c-4c3e-9c58-3b1f0e6d2a11',
	domain,
	users: [
		person(1, 'Ana', 'Martins', 'Operations lead', {
			fullAccessTo: [`support@${domain}`],
			isAdmin: true,
		}),
		person(2, 'Ben', 'Okafor', 'Accountant', { manager: `ana@${domain}` }),
		person(3, 'Chloé', 'Дмитриева', 'Designer', {
			userPrincipalName: `chloe@${domain}`,
			manager: `ana@${domain}`,
		}),
		person(4, 'Support', '', '', { isSharedMailbox: true }),
	],
	apps: [
		{
			clientId: '8f0d5a3e-6b1a-4f7e-8d2c-51c9a4b7e001',
			displayName: 'n8n (sandbox)',
			clientSecret: 'sandbox~secret.not-for-production',
			applicationPermissions: [
				'Mail.ReadWrite',
				'Mail.Send',
				'MailboxSettings.ReadWrite',
				'Calendars.ReadWrite',
				'Files.ReadWrite.All',
				'Sites.ReadWrite.All',
				'User.Read.All',
				'Place.Read.All',
				'Group.ReadWrite.All',
				'IMAP.AccessAsApp',
				'SMTP.SendAsApp',
			],
			redirectUris: [],
		},
	],
};
