/** Delegated permissions as data: what a credential asks for when somebody connects an account. */

/** Without these n8n can neither renew the sign-in (`offline_access`) nor tell whose it is. */
export const requiredScopes = ['offline_access', 'User.Read'] as const;

/** What every preset asks beside its own, in the order in which it is sent. */
const identityScopes = ['profile', 'openid', 'email', ...requiredScopes] as const;

const mailReadScopes = ['Mail.Read', 'Mail.Read.Shared'];
const mailSendScopes = ['Mail.Send', 'Mail.Send.Shared'];
const mailScopes = [
	...mailReadScopes,
	'Mail.ReadWrite',
	'Mail.ReadWrite.Shared',
	...mailSendScopes,
	'MailboxSettings.ReadWrite',
];
const calendarReadScopes = ['Calendars.Read', 'Calendars.Read.Shared'];
const calendarScopes = [...calendarReadScopes, 'Calendars.ReadWrite', 'Calendars.ReadWrite.Shared'];

export interface PermissionPreset {
	readonly name: string;
	readonly description: string;
	readonly scopes: readonly string[];
	/** Whether services are added with their reading permission only. */
	readonly readOnly: boolean;
}

/** Unprefixed names: the v2 endpoint of each cloud takes them for its own Microsoft Graph. */
export const permissionPresets = {
	standard: {
		name: 'Mail and Calendar',
		description: 'Read and change mail, mailbox settings and calendars, shared ones too, and send',
		scopes: [...mailScopes, ...calendarScopes],
		readOnly: false,
	},
	readOnly: {
		name: 'Mail and Calendar, Read Only',
		description: 'Read mail, mailbox settings and calendars, shared ones too',
		scopes: [...mailReadScopes, 'MailboxSettings.Read', ...calendarReadScopes],
		readOnly: true,
	},
	mail: {
		name: 'Mail Only',
		description: 'Read, change and send mail, in shared mailboxes too',
		scopes: mailScopes,
		readOnly: false,
	},
	mailReadOnly: {
		name: 'Mail Only, Read Only',
		description: 'Read mail, in shared mailboxes too',
		scopes: mailReadScopes,
		readOnly: true,
	},
	sendMail: {
		name: 'Send Mail Only',
		description: 'Send mail and read none. Attachments above 3 MB need Mail Only.',
		scopes: mailSendScopes,
		readOnly: false,
	},
	calendar: {
		name: 'Calendar Only',
		description: 'Read and change calendars, shared ones too',
		scopes: calendarScopes,
		readOnly: false,
	},
	servicesOnly: {
		name: 'Only the Services Chosen Below',
		description: 'Neither mail nor calendar',
		scopes: [],
		readOnly: false,
	},
} as const satisfies Record<string, PermissionPreset>;

export type PermissionPresetName = keyof typeof permissionPresets | 'custom';

export interface ServiceScopes {
	readonly name: string;
	/** Without a full stop. */
	readonly description: string;
	readonly scopes: readonly string[];
	readonly readOnlyScopes: readonly string[];
}

/** Services beside mail and calendar; each adds its permissions to the preset's. */
export const services = {
	files: {
		name: 'Files (OneDrive)',
		description: 'Files and folders in OneDrive, and in the libraries that the person may open',
		scopes: ['Files.ReadWrite.All'],
		readOnlyScopes: ['Files.Read.All'],
	},
	/** Entra ID lets only admins consent to these. */
	groupCalendars: {
		name: 'Group Calendars',
		description: 'Calendars of Microsoft 365 groups and teams',
		scopes: ['Group.ReadWrite.All'],
		readOnlyScopes: ['Group.Read.All'],
	},
	rooms: {
		name: 'Rooms',
		description: 'Lists of meeting rooms and buildings to choose from',
		scopes: ['Place.Read.All'],
		readOnlyScopes: ['Place.Read.All'],
	},
	sharePoint: {
		name: 'SharePoint',
		description: 'Sites, lists, items and pages, and the files in their libraries',
		scopes: ['Sites.ReadWrite.All'],
		readOnlyScopes: ['Sites.Read.All'],
	},
	teamsFiles: {
		name: 'Teams Channel Files',
		description: 'Find the files of a team and channel; together with Files or SharePoint',
		scopes: ['Team.ReadBasic.All', 'Channel.ReadBasic.All'],
		readOnlyScopes: ['Team.ReadBasic.All', 'Channel.ReadBasic.All'],
	},
} as const satisfies Record<string, ServiceScopes>;

export type ServiceName = keyof typeof services;

/** The scopes of a preset, as a credential sends them; identity scopes last. */
export function presetScopes(preset: keyof typeof permissionPresets): string {
	return [...permissionPresets[preset].scopes, ...identityScopes].join(' ');
}

/** The scopes that chosen services add under a preset. */
export function serviceScopes(service: ServiceName, readOnly: boolean): string {
	const { scopes, readOnlyScopes } = services[service];
	return (readOnly ? readOnlyScopes : scopes).join(' ');
}

/** What a mail credential is for, with the permissions on Outlook's resource that each takes. */
export const mailPurposes = {
	both: {
		name: 'Read and Send Mail (IMAP and SMTP)',
		scopes: ['IMAP.AccessAsUser.All', 'SMTP.Send'],
	},
	read: { name: 'Read Mail (IMAP)', scopes: ['IMAP.AccessAsUser.All'] },
	send: { name: 'Send Mail (SMTP)', scopes: ['SMTP.Send'] },
} as const satisfies Record<string, { readonly name: string; readonly scopes: readonly string[] }>;

export type MailPurpose = keyof typeof mailPurposes;

/** The permission that each mail protocol takes: a person's, and an app's. */
export const mailPermissions = {
	imap: { delegated: 'IMAP.AccessAsUser.All', application: 'IMAP.AccessAsApp' },
	smtp: { delegated: 'SMTP.Send', application: 'SMTP.SendAsApp' },
} as const;

export type MailProtocol = keyof typeof mailPermissions;

/** What an app-only token asks: everything that an admin gave the app on one resource. */
export function defaultScope(resource: string): string {
	return `${resource}/.default`;
}
