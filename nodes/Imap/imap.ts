import type { IExecuteFunctions } from 'n8n-workflow';
import { type MailFolder, findFolder, listFolders } from '../../core/mail/folderTree';
import { type ImapConnection, createImapConnection } from '../../core/mail/imapConnection';
import { connectMail, mailIdentityOf } from '../kit/mailConnect';
import { operationsWith } from '../kit/operation';
import type { OpenTools } from '../kit/runWith';

/** What the node's operations work with. */
export interface ImapTools {
	readonly imap: ImapConnection;
	readonly folders: Folders;
}

/** The mailbox's folders, listed once a run. */
export interface Folders {
	list(): Promise<readonly MailFolder[]>;
	/**
	 * @param wanted as the folder field reads
	 * @throws {MailServerError} `folder_not_found`
	 */
	find(wanted: string): Promise<MailFolder>;
	/** The same for those who need no more than the path: the inbox is never asked for. */
	pathOf(wanted: string): Promise<string>;
	/** After folders were changed. */
	forget(): void;
}

export const defineImapOperation = operationsWith<ImapTools>();

export const imapPermissions = {
	delegated: 'IMAP.AccessAsUser.All',
	application: 'IMAP.AccessAsApp',
} as const;

/** A connection that signs in when the first item needs it, and is closed after the run. */
export async function openImapTools(context: IExecuteFunctions): Promise<OpenTools<ImapTools>> {
	const signal = context.getExecutionCancelSignal();
	const imap = createImapConnection(await connectMail(context, 'imap'), {
		...(signal && { signal }),
		log: (text) => context.logger.debug(text),
	});
	return {
		tools: { imap, folders: foldersOf(imap) },
		identity: mailIdentityOf(context),
		...(signal && { signal }),
		close: async () => await imap.close(),
	};
}

function foldersOf(imap: ImapConnection): Folders {
	let listed: Promise<MailFolder[]> | undefined;
	const list = async (): Promise<readonly MailFolder[]> => {
		const listing = (listed ??= imap.use(listFolders, { isRepeatable: true }));
		listing.catch(() => (listed = undefined));
		return await listing;
	};
	const find = async (wanted: string) => findFolder(await list(), wanted);
	return {
		list,
		find,
		pathOf: async (wanted) => (wanted === 'INBOX' ? wanted : (await find(wanted)).path),
		forget: () => (listed = undefined),
	};
}
