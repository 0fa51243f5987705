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
	readonly scopes: readonly string[];
	readonly readOnlyScopes: readonly string[];
}

/** Services beside mail and calendar; each adds its permissions to the preset's. */
export const services = {
	files: {
		name: 'Files (OneDrive)',
		scopes: ['Files.ReadWrite.All'],
		readOnlyScopes: ['Files.Read.All'],
	},
	/** Entra ID lets only admins consent to these. */
	groupCalendars: {
		name: 'Group Calendars',
		scopes: ['Group.ReadWrite.All'],
		readOnlyScopes: ['Group.Read.All'],
	},
	rooms: {
		name: 'Rooms',
		scopes: ['Place.Read.All'],
		readOnlyScopes: ['Place.Read.All'],
	},
	sharePoint: {
		name: 'SharePoint',
		scopes: ['Sites.ReadWrite.All'],
		readOnlyScopes: ['Sites.Read.All'],
	},
	teamsFiles: {
		name: 'Teams Channel Files',
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

/** What an app-only token asks: everything that an admin gave the app on one resource. */
export function defaultScope(resource: string): string {
	return `${resource}/.default`;
}
