import type { Access } from '../server/call';

/** Permissions of mail, from Microsoft Graph's permissions reference. */
export const mailRead: Access = {
	delegated: ['Mail.Read', 'Mail.ReadWrite'],
	shared: ['Mail.Read.Shared', 'Mail.ReadWrite.Shared'],
	application: ['Mail.Read', 'Mail.ReadWrite'],
};

/** Folders, and messages without their bodies. */
export const mailReadBasic: Access = {
	delegated: ['Mail.ReadBasic', ...mailRead.delegated],
	shared: ['Mail.ReadBasic.Shared', ...(mailRead.shared ?? [])],
	application: ['Mail.ReadBasic', 'Mail.ReadBasic.All', ...mailRead.application],
};

export const mailWrite: Access = {
	delegated: ['Mail.ReadWrite'],
	shared: ['Mail.ReadWrite.Shared'],
	application: ['Mail.ReadWrite'],
};

export const mailSend: Access = {
	delegated: ['Mail.Send'],
	shared: ['Mail.Send.Shared'],
	application: ['Mail.Send'],
};

/** Graph has no `.Shared` form: other people's settings take an app-only token. */
export const settingsRead: Access = {
	delegated: ['MailboxSettings.Read', 'MailboxSettings.ReadWrite'],
	application: ['MailboxSettings.Read', 'MailboxSettings.ReadWrite'],
};

export const settingsWrite: Access = {
	delegated: ['MailboxSettings.ReadWrite'],
	application: ['MailboxSettings.ReadWrite'],
};
