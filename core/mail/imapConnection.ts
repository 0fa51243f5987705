import type { MailboxObject } from 'imapflow';
import { type ImapOptions, type ImapSession, openImap } from './imap';
import { isSessionLoss } from './imapErrors';
import { MailServerError } from './MailServerError';
import type { MailLogin } from './types';

export interface WorkOptions {
	/** Opens the folder for reading alone, so that nothing is marked as seen or recent. */
	readonly readOnly?: boolean;
	/**
	 * Whether doing it twice is doing it once. Then a session that dies in the middle, as at the end of
	 * its token, is replaced and the work done again.
	 */
	readonly isRepeatable?: boolean;
}

/**
 * One session after another on a mailbox, opened when it is needed: what a run of many commands
 * works on.
 */
export interface ImapConnection {
	readonly login: MailLogin;
	/** Work that needs no open folder. */
	use<T>(work: (session: ImapSession) => Promise<T>, options?: WorkOptions): Promise<T>;
	/**
	 * Work in an open folder; nobody else changes the folder meanwhile.
	 * @param folder its whole path
	 * @throws {MailServerError} `folder_not_found`
	 */
	inFolder<T>(
		folder: string,
		work: (session: ImapSession, mailbox: MailboxObject) => Promise<T>,
		options?: WorkOptions,
	): Promise<T>;
	/** Ends the session there is, if any. */
	close(): Promise<void>;
}

interface OpenFolder {
	readonly session: ImapSession;
	readonly release: () => void;
}

/** Of signing in: what may pass by itself is tried again, but not for each of a thousand items. */
const maxOpenFailures = 3;

export function createImapConnection(login: MailLogin, options: ImapOptions = {}): ImapConnection {
	let current: Promise<ImapSession> | undefined;
	let openFailures = 0;

	const session = async (): Promise<ImapSession> => {
		const known = await current?.catch(() => undefined);
		if (known?.isOpen) return known;
		if (openFailures >= maxOpenFailures && current) return await current;
		const opening = openImap(login, options);
		current = opening;
		try {
			return await opening;
		} catch (error) {
			const isPassing = error instanceof MailServerError && error.isPassing;
			openFailures = isPassing ? openFailures + 1 : maxOpenFailures;
			throw error;
		}
	};

	const again = async <T>(isRepeatable: boolean, work: () => Promise<T>): Promise<T> => {
		try {
			return await work();
		} catch (error) {
			if (!isRepeatable || !isSessionLoss(error) || options.signal?.aborted) throw error;
			return await work();
		}
	};

	return {
		login,
		use: async (work, { isRepeatable = false } = {}) => {
			return await again(isRepeatable, async () => await work(await session()));
		},
		inFolder: async (folder, work, workOptions = {}) => {
			const { readOnly = false, isRepeatable = false } = workOptions;
			const open = async (): Promise<OpenFolder> => {
				const opened = await session();
				const lock = await opened.run(
					async (client) => await client.getMailboxLock(folder, { readOnly }),
					folder,
				);
				return { session: opened, release: () => lock.release() };
			};
			const attempt = async (): Promise<Awaited<ReturnType<typeof work>>> => {
				// Opening a folder changes nothing, whatever the work does.
				const held = await again(true, open);
				try {
					const { mailbox } = held.session.client;
					if (mailbox === false) throw held.session.explain(new Error('No folder is open'), folder);
					return await work(held.session, mailbox);
				} finally {
					held.release();
				}
			};
			return await again(isRepeatable, attempt);
		},
		close: async () => {
			const known = await current?.catch(() => undefined);
			current = undefined;
			await known?.close();
		},
	};
}
