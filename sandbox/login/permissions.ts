/** A delegated permission, in the words of the consent page. */
export interface Permission {
	readonly name: string;
	readonly words: string;
	/** Only an admin may consent to it. */
	readonly needsAdmin?: boolean;
}

const p = (name: string, words: string): Permission => ({ name, words });
const admin = (name: string, words: string): Permission => ({ name, words, needsAdmin: true });

/** OpenID Connect's own scopes, which belong to no resource. */
export const openIdPermissions: readonly Permission[] = [
	p('openid', 'Sign you in'),
	p('profile', 'View your basic profile'),
	p('email', 'View your email address'),
	p('offline_access', 'Keep access to what you have given it access to'),
];

/** Names and needs: https://learn.microsoft.com/graph/permissions-reference */
export const graphPermissions: readonly Permission[] = [
	p('User.Read', 'Sign you in and read your profile'),
	p('User.ReadWrite', 'Read and change your profile'),
	p('User.ReadBasic.All', 'Read the basic profiles of all users'),
	admin('User.Read.All', 'Read the full profiles of all users'),
	admin('Directory.Read.All', 'Read the directory'),
	admin('Group.Read.All', 'Read all groups'),
	admin('Group.ReadWrite.All', 'Read and change all groups'),
	p('People.Read', 'Read the list of people relevant to you'),
	p('Contacts.Read', 'Read your contacts'),
	p('Contacts.Read.Shared', 'Read your contacts and those shared with you'),
	p('Contacts.ReadWrite', 'Read and change your contacts'),
	p('Contacts.ReadWrite.Shared', 'Read and change your contacts and those shared with you'),
	p('Mail.ReadBasic', 'Read your mail without its bodies and attachments'),
	p('Mail.Read', 'Read your mail'),
	p('Mail.Read.Shared', 'Read your mail and mail shared with you'),
	p('Mail.ReadWrite', 'Read, change and delete your mail'),
	p('Mail.ReadWrite.Shared', 'Read, change and delete your mail and mail shared with you'),
	p('Mail.Send', 'Send mail as you'),
	p('Mail.Send.Shared', 'Send mail as you and on behalf of others'),
	p('MailboxSettings.Read', 'Read your mailbox settings'),
	p('MailboxSettings.ReadWrite', 'Read and change your mailbox settings'),
	p('IMAP.AccessAsUser.All', 'Use your mailbox by IMAP'),
	p('POP.AccessAsUser.All', 'Use your mailbox by POP'),
	p('SMTP.Send', 'Send mail from your mailbox by SMTP'),
	p('EWS.AccessAsUser.All', 'Use your mailbox by Exchange Web Services'),
	p('Calendars.ReadBasic', 'Read the outline of your calendars'),
	p('Calendars.Read', 'Read your calendars'),
	p('Calendars.Read.Shared', 'Read your calendars and those shared with you'),
	p('Calendars.ReadWrite', 'Read and change your calendars'),
	p('Calendars.ReadWrite.Shared', 'Read and change your calendars and those shared with you'),
	p('Place.Read.All', 'Read meeting rooms and places'),
	p('OnlineMeetings.Read', 'Read your online meetings'),
	p('OnlineMeetings.ReadWrite', 'Read and create your online meetings'),
	p('Tasks.Read', 'Read your tasks'),
	p('Tasks.ReadWrite', 'Read and change your tasks'),
	p('Notes.Read', 'Read your OneNote notebooks'),
	p('Notes.ReadWrite', 'Read and change your OneNote notebooks'),
	p('Files.Read', 'Read your files'),
	p('Files.Read.All', 'Read all files that you can open'),
	p('Files.ReadWrite', 'Read and change your files'),
	p('Files.ReadWrite.All', 'Read and change all files that you can open'),
	p('Files.ReadWrite.AppFolder', "Read and change this app's folder in your files"),
	p('Sites.Read.All', 'Read items in all sites that you can open'),
	p('Sites.ReadWrite.All', 'Read and change items in all sites that you can open'),
	p('Sites.Manage.All', 'Create and delete lists in all sites that you can open'),
	admin('Sites.FullControl.All', 'Have full control of all sites that you can open'),
	p('Team.ReadBasic.All', 'Read the names of the teams that you are in'),
	p('Channel.ReadBasic.All', 'Read the names of channels'),
	p('ChannelMessage.Send', 'Send messages to channels as you'),
	admin('ChannelMessage.Read.All', 'Read messages in channels'),
	p('Chat.Read', 'Read your chats'),
	p('Chat.ReadWrite', 'Read and send your chat messages'),
	p('Presence.Read', 'Read your presence'),
];

export const outlookPermissions: readonly Permission[] = [
	p('IMAP.AccessAsUser.All', 'Use your mailbox by IMAP'),
	p('POP.AccessAsUser.All', 'Use your mailbox by POP'),
	p('SMTP.Send', 'Send mail from your mailbox by SMTP'),
	p('EWS.AccessAsUser.All', 'Use your mailbox by Exchange Web Services'),
];
