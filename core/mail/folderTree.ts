import type { ListResponse } from 'imapflow';
import type { ImapSession } from './imap';
import { MailServerError } from './MailServerError';

/** A folder of an IMAP mailbox. */
export interface MailFolder {
	/** Names it to the server. */
	readonly path: string;
	readonly name: string;
	/** Empty at the top. */
	readonly parentPath: string;
	/** What the server puts between the names of a path. */
	readonly delimiter: string;
	/** With `/` between the names, whatever the server uses. */
	readonly displayPath: string;
	/** What it is for, such as `\Sent`, in any language; missing for other folders. */
	readonly purpose?: string;
	/** Some only hold other folders. */
	readonly holdsMessages: boolean;
	readonly isSubscribed: boolean;
}

/** What a folder can be called by, whatever its name in the mailbox's language. */
export const folderPurposes = {
	'\\Inbox': 'Inbox',
	'\\Drafts': 'Drafts',
	'\\Sent': 'Sent Items',
	'\\Trash': 'Deleted Items',
	'\\Junk': 'Junk Email',
	'\\Archive': 'Archive',
} as const;

/** All folders of the mailbox, in the server's order. */
export async function listFolders(session: ImapSession): Promise<MailFolder[]> {
	const listed = await session.run(async (client) => await client.list());
	return listed.map(folderFrom);
}

export function folderFrom(listed: ListResponse): MailFolder {
	const { path, name, parentPath, parent, delimiter, flags, specialUse, subscribed } = listed;
	return {
		path,
		name,
		parentPath,
		delimiter,
		displayPath: [...parent, name].join('/'),
		...(specialUse !== undefined && { purpose: specialUse }),
		holdsMessages: !flags.has('\\Noselect') && !flags.has('\\NonExistent'),
		isSubscribed: subscribed,
	};
}

/**
 * The folder that somebody means: by its path, with `/` between the names where the server takes
 * another delimiter too, or by its purpose such as `\Sent`.
 * @throws {MailServerError} `folder_not_found` that names similar ones
 */
export function findFolder(folders: readonly MailFolder[], wanted: string): MailFolder {
	const found =
		folders.find(({ path }) => path === wanted) ??
		folders.find(({ displayPath }) => displayPath === wanted) ??
		folders.find(({ purpose }) => purpose?.toLowerCase() === wanted.toLowerCase()) ??
		// INBOX alone is the same in any case (RFC 3501, 5.1); of others one may be meant.
		onlyOne(folders.filter(({ displayPath }) => isSame(displayPath, wanted)));
	if (found) return found;
	const lastName = wanted.split('/').at(-1) ?? wanted;
	const similar = folders.filter(({ name }) => isSame(name, lastName));
	const shown = (similar.length > 0 ? similar : folders).slice(0, 15);
	throw new MailServerError(`The mailbox has no folder "${wanted}"`, {
		code: 'folder_not_found',
		nextStep:
			`${similar.length > 0 ? 'Is it one of these?' : 'It has:'} ${shown.map(({ displayPath }) => displayPath).join(', ')}. ` +
			'Choose it from the list, or enter its whole path. By their purpose, folders are found in a mailbox of any language: ' +
			`${Object.keys(folderPurposes).join(', ')}.`,
	});
}

function onlyOne<T>(found: readonly T[]): T | undefined {
	return found.length === 1 ? found[0] : undefined;
}

function isSame(one: string, other: string): boolean {
	return one.localeCompare(other, 'en', { sensitivity: 'accent' }) === 0;
}
