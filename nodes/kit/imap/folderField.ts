import type { Field } from '../field';
import { locator } from '../pickers/locator';

interface FolderOptions {
	readonly displayName: string;
	readonly description?: string;
	readonly default?: { readonly mode: string; readonly value: string };
}

/**
 * A folder of an IMAP mailbox, from the list of `searchImapFolders` or by its path. Reads as what
 * `findFolder` takes: the mailbox isn't asked here.
 */
export function imapFolder<const Name extends string>(
	name: Name,
	options: FolderOptions,
): Field<Name, string> {
	return locator(name, {
		...options,
		modeOf: () => 'path',
		modes: [
			{
				name: 'list',
				form: {
					displayName: 'From List',
					type: 'list',
					typeOptions: { searchListMethod: 'searchImapFolders', searchable: true },
				},
				read: (value) => value,
			},
			{
				name: 'path',
				form: {
					displayName: 'By Path',
					type: 'string',
					placeholder: 'e.g. INBOX/Invoices',
					hint: 'Or by its purpose, in any language: \\Inbox, \\Drafts, \\Sent, \\Trash, \\Junk, \\Archive',
				},
				read: (value) => value,
			},
		],
	});
}
