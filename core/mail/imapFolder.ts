import { findFolder, listFolders } from './folderTree';
import type { FetchMessageObject, ImapFlow, ImapSession, MailboxObject } from './imap';
import { MailServerError } from './MailServerError';
import { rawSearch } from './rawSearch';

export interface MailAddress {
	readonly name: string;
	readonly address: string;
}

/** What the server tells of a message without its content. */
export interface MessageSummary {
	readonly uid: number;
	/** When the server received it, in milliseconds since 1970. */
	readonly receivedAtMs: number;
	readonly sizeBytes: number;
	readonly flags: readonly string[];
	/** Empty where there is none. */
	readonly messageId: string;
	readonly subject: string;
	readonly from: readonly MailAddress[];
	readonly to: readonly MailAddress[];
	readonly cc: readonly MailAddress[];
}

/** How much of messages is fetched. */
export type Portion =
	{ readonly part: 'headers' } | { readonly part: 'whole'; readonly maxBytes: number };

/** An open session with one folder selected, for what a watch needs of it. Failures are `MailServerError`s. */
export interface ImapFolder {
	readonly path: string;
	readonly isOpen: boolean;
	/** As the server said at the last `select`. */
	readonly uidValidity: string;
	/** The highest UID that is taken; 0 for none. */
	readonly lastUid: number;
	/** Opens the folder anew: only this tells for certain what is in it. */
	select(): Promise<void>;
	/** Ascending. */
	uidsAfter(uid: number): Promise<number[]>;
	/** Of the messages received on the day of this time or later, UTC; undefined for none. */
	firstUidSince(atSeconds: number): Promise<number | undefined>;
	/** Which of them meet search keys as IMAP writes them; see `rawSearch`. */
	search(uids: readonly number[], keys: string): Promise<ReadonlySet<number>>;
	/** Ascending by UID; those that are gone are left out. */
	summaries(uids: readonly number[]): Promise<MessageSummary[]>;
	/** The last ones that came into the folder, ascending by UID. */
	newest(count: number): Promise<MessageSummary[]>;
	/** Content by UID; those that are gone are left out. Marks nothing as read. */
	contents(uids: readonly number[], portion: Portion): Promise<ReadonlyMap<number, Buffer>>;
	markRead(uids: readonly number[]): Promise<void>;
	move(uids: readonly number[], destination: string): Promise<void>;
	/** @throws {MailServerError} and closes the connection where nothing comes back in time */
	ping(timeoutMs: number): Promise<void>;
	/** Waits by IDLE for news, the end of the connection, or `signal`. Answers whether there was news since it was asked last. */
	waitForNews(signal: AbortSignal): Promise<boolean>;
}

const summaryQuery = {
	uid: true,
	envelope: true,
	flags: true,
	internalDate: true,
	size: true,
} as const;

/**
 * @param wanted its path, or its purpose such as `\Inbox`
 * @throws {MailServerError} `folder_not_found`
 */
export async function openFolder(session: ImapSession, wanted: string): Promise<ImapFolder> {
	const { client } = session;
	const path = await pathOf(session, wanted);
	const paths = new Map([[wanted, path]]);
	let box = await select();
	let hasNews = false;
	let tellNews: (() => void) | undefined;
	client.on('exists', () => {
		hasNews = true;
		tellNews?.();
	});
	client.once('close', () => tellNews?.());

	async function select(): Promise<MailboxObject> {
		return await session.run(async (flow) => await flow.mailboxOpen(path), path);
	}

	const run = async <T>(work: (flow: ImapFlow) => Promise<T | false | undefined>) =>
		await session.run(work, path);

	// By `fetchAll`, as a loop that is left early would leave imapflow waiting.
	const fetch = async (
		range: string,
		query: Parameters<ImapFlow['fetchAll']>[1],
		byUid: boolean,
	): Promise<FetchMessageObject[]> =>
		await run(async (flow) => await flow.fetchAll(range, query, { uid: byUid }));

	return {
		path,
		get isOpen() {
			return session.isOpen;
		},
		get uidValidity() {
			return String(box.uidValidity);
		},
		get lastUid() {
			return Math.max(0, box.uidNext - 1);
		},
		select: async () => {
			box = await select();
		},
		uidsAfter: async (uid) => {
			hasNews = false;
			const found = await run(
				async (flow) => await flow.search({ uid: `${uid + 1}:*` }, { uid: true }),
			);
			// `n:*` always holds the last message, even where its number is below n (RFC 3501, 6.4.8).
			return found.filter((one) => one > uid).sort((one, other) => one - other);
		},
		firstUidSince: async (atSeconds) => {
			// A day more, as servers take the date in their own time zone.
			const since = new Date((atSeconds - 86_400) * 1_000);
			const found = await run(async (flow) => await flow.search({ since }, { uid: true }));
			return found.length === 0 ? undefined : found.reduce((one, other) => Math.min(one, other));
		},
		search: async (uids, keys) =>
			// In brackets, so that an OR among them takes nothing else in.
			new Set(await rawSearch(session, `UID ${uids.join(',')} (${keys})`, path)),
		summaries: async (uids) =>
			uids.length === 0 ? [] : summariesOf(await fetch(uids.join(','), summaryQuery, true)),
		newest: async (count) => {
			const { mailbox } = client;
			const exists = mailbox ? mailbox.exists : 0;
			if (exists === 0) return [];
			return summariesOf(await fetch(`${Math.max(1, exists - count + 1)}:*`, summaryQuery, false));
		},
		contents: async (uids, portion) => {
			const query =
				portion.part === 'headers'
					? { uid: true, headers: true }
					: { uid: true, source: { maxLength: portion.maxBytes } };
			const found = await fetch(uids.join(','), query, true);
			return new Map(
				found.map(({ uid, headers, source }) => [uid, headers ?? source ?? Buffer.alloc(0)]),
			);
		},
		markRead: async (uids) => {
			await run(
				async (flow) => await flow.messageFlagsAdd(uids.join(','), ['\\Seen'], { uid: true }),
			);
		},
		move: async (uids, destination) => {
			const target = paths.get(destination) ?? (await pathOf(session, destination));
			paths.set(destination, target);
			await session.run(
				async (flow) => await flow.messageMove(uids.join(','), target, { uid: true }),
				target,
			);
		},
		ping: async (timeoutMs) => {
			let isLate = false;
			const timer = setTimeout(() => {
				isLate = true;
				client.close();
			}, timeoutMs);
			try {
				await run(async (flow) => {
					await flow.noop();
					return flow.usable;
				});
			} catch (error) {
				throw isLate ? silent(timeoutMs) : error;
			} finally {
				clearTimeout(timer);
			}
		},
		waitForNews: async (signal) => {
			const isOver = hasNews || signal.aborted || !session.isOpen;
			if (!isOver) {
				const told = new Promise<void>((resolve) => {
					tellNews = resolve;
					signal.addEventListener('abort', () => resolve(), { once: true });
				});
				// Lasts until the next command. A server that refuses it is asked at the heartbeat.
				void client.idle().catch(() => undefined);
				await told;
				tellNews = undefined;
			}
			const news = hasNews;
			hasNews = false;
			return news;
		},
	};
}

async function pathOf(session: ImapSession, wanted: string): Promise<string> {
	if (wanted === 'INBOX') return wanted;
	return findFolder(await listFolders(session), wanted).path;
}

function summariesOf(messages: readonly FetchMessageObject[]): MessageSummary[] {
	return messages.map(summaryOf).sort((one, other) => one.uid - other.uid);
}

function summaryOf(message: FetchMessageObject): MessageSummary {
	const { uid, envelope, flags, internalDate, size } = message;
	return {
		uid,
		receivedAtMs: timeOf(internalDate) ?? timeOf(envelope?.date) ?? 0,
		sizeBytes: size ?? 0,
		flags: [...(flags ?? [])],
		messageId: envelope?.messageId ?? '',
		subject: envelope?.subject ?? '',
		from: addressesOf(envelope?.from),
		to: addressesOf(envelope?.to),
		cc: addressesOf(envelope?.cc),
	};
}

function timeOf(date: Date | string | undefined): number | undefined {
	const ms = date === undefined ? Number.NaN : new Date(date).getTime();
	return Number.isNaN(ms) ? undefined : ms;
}

function addressesOf(
	addresses: ReadonlyArray<{ name?: string | undefined; address?: string | undefined }> = [],
): MailAddress[] {
	return addresses.map(({ name = '', address = '' }) => ({ name, address }));
}

const silent = (timeoutMs: number): MailServerError =>
	new MailServerError(
		`The IMAP server did not answer for ${Math.round(timeoutMs / 1_000)} seconds; the connection is dead`,
		{
			code: 'no_answer',
			nextStep: 'It is opened again by itself. If it happens often, check the firewall in between.',
			isPassing: true,
		},
	);
