import {
	advance,
	confirm,
	type FolderPosition,
	type ImapCursor,
	recognise,
	renumber,
	startCursor,
} from './imapCursor';
import {
	type Breakages,
	download,
	type FetchedMessage,
	type GoneMessage,
	type KeyedMessage,
} from './imapDownload';
import type { ImapFolder, MessageSummary, Portion } from './imapFolder';

/** Where the cursor is kept. Both at once and without failing. */
export interface CursorStore {
	read(): ImapCursor | undefined;
	write(cursor: ImapCursor): void;
}

/** What is done to a message once it is known to be recorded. */
export type Afterwards =
	| { readonly action: 'nothing' }
	| { readonly action: 'markRead' }
	| { readonly action: 'move'; readonly destination: string };

export interface Selection {
	/** By what the server tells without the content. */
	readonly matches: (message: MessageSummary) => boolean;
	/** Search keys that a message has to meet besides, for the server; see `rawSearch`. */
	readonly searchKeys?: string;
	readonly portion: Portion;
}

export interface LookOptions extends Selection {
	/** Mailbox and folder: with another one the folder is taken as it is now. */
	readonly place: string;
	readonly store: CursorStore;
	readonly after: Afterwards;
	/**
	 * Hands a message over. Resolves when it holds no content any more, `recorded` when the message
	 * needs never be handed over again.
	 */
	deliver(message: FetchedMessage): Promise<{ readonly recorded: Promise<void> }>;
	/** Something that the user has to know and that stopped nothing. */
	readonly report: (error: unknown) => void;
	readonly log: (text: string) => void;
	/** Something was recorded: a look can go on. */
	wake(): void;
	readonly signal: AbortSignal;
}

/** What a trigger remembers from session to session, besides its cursor. */
export interface HandOvers {
	readonly inFlight: Set<string>;
	readonly recorded: Set<string>;
	readonly breakages: Breakages;
}

export const createHandOvers = (): HandOvers => ({
	inFlight: new Set(),
	recorded: new Set(),
	breakages: new Map(),
});

export interface Looks {
	/** Compares the cursor with the folder as it is selected; what was pending is handed over again. */
	begin(): Promise<void>;
	/** The folder may hold more than was found so far. */
	expectNews(): void;
	/** Hands over what is there. Answers false where some of it has to wait until other messages are recorded. */
	look(): Promise<boolean>;
}

/** So many messages are handed over and not recorded at a time. */
const window = 40;
/** So many are fetched for the workflow at a time. */
const batch = 20;
/** So many are compared with the filters at a time. */
const chunk = 100;
const maxUid = 4_294_967_295;
/** Enough to tell new from old by after the first renumbering. */
const rememberedAtStart = 200;

export function createLooks(folder: ImapFolder, options: LookOptions, over: HandOvers): Looks {
	const { store, place, after, log, report } = options;
	let queue: number[] = [];
	let ahead: MessageSummary[] = [];
	let wanted: ReadonlySet<number> = new Set();
	let endUid = 0;
	let mayHaveNews = true;
	let hasLeftovers = true;

	const cursor = (): ImapCursor => {
		const found = store.read();
		if (!found) throw new Error('A look needs a cursor');
		return found;
	};

	const confirmKeys = (keys: readonly string[]) => {
		if (keys.length === 0) return;
		store.write(confirm(cursor(), new Set(keys)));
		for (const key of keys) over.recorded.delete(key);
	};

	const track = (key: string, recorded: Promise<void>) => {
		over.inFlight.add(key);
		void recorded
			.then(
				() => {
					if (after.action === 'nothing') confirmKeys([key]);
					else over.recorded.add(key);
				},
				(error: unknown) => report(error),
			)
			.finally(() => {
				over.inFlight.delete(key);
				options.wake();
			});
	};

	const handOver = async (messages: readonly KeyedMessage[]) => {
		for await (const message of download(folder, messages, options.portion, over.breakages)) {
			if (options.signal.aborted) return;
			if (isGone(message)) {
				log(`Message ${message.summary.uid} of "${folder.path}" is gone: moved or deleted`);
				confirmKeys([message.key]);
				continue;
			}
			try {
				const { recorded } = await options.deliver(message);
				track(message.key, recorded);
			} catch (error) {
				// Stays pending, and is tried again with the next full look.
				report(error);
			}
		}
	};

	const finishRecorded = async () => {
		const done = cursor().pending.filter(({ key, uid }) => over.recorded.has(key) && uid !== 0);
		if (done.length === 0) return;
		const uids = done.map(({ uid }) => uid);
		try {
			if (after.action === 'markRead') await folder.markRead(uids);
			if (after.action === 'move') await folder.move(uids, after.destination);
		} catch (error) {
			if (!folder.isOpen) throw error;
			report(error);
		}
		confirmKeys(done.map(({ key }) => key));
	};

	const retryPending = async () => {
		const waiting = cursor().pending.filter(
			({ key, uid }) => uid !== 0 && !over.inFlight.has(key) && !over.recorded.has(key),
		);
		const keys = new Map(waiting.map(({ uid, key }) => [uid, key]));
		const found = (await folder.summaries([...keys.keys()])).map((summary) => ({
			key: keys.get(summary.uid) ?? '',
			summary,
		}));
		const there = new Set(found.map(({ key }) => key));
		const gone = waiting.filter(({ key }) => !there.has(key));
		if (gone.length > 0) log(`${gone.length} messages of "${folder.path}" are gone by now`);
		confirmKeys(gone.map(({ key }) => key));
		for (let index = 0; index < found.length; index += batch) {
			await handOver(found.slice(index, index + batch));
		}
	};

	const readAhead = async () => {
		const uids = queue.slice(0, chunk);
		const messages = await folder.summaries(uids);
		wanted = await select(folder, messages, options);
		ahead = messages;
		endUid = uids.at(-1) ?? 0;
		queue = queue.slice(chunk);
		if (messages.length < uids.length) {
			log(`${uids.length - messages.length} messages of "${folder.path}" are gone by now`);
		}
	};

	/** The next messages, no more than may be handed over now. */
	const takeNext = (most: number): KeyedMessage[] => {
		const limit = ahead.filter(({ uid }) => wanted.has(uid))[most];
		const part = limit ? ahead.filter(({ uid }) => uid < limit.uid) : ahead;
		const untilUid = limit ? limit.uid - 1 : endUid;
		const { cursor: moved, fresh } = recognise(cursor(), part);
		const handing = fresh.filter(({ uid }) => wanted.has(uid));
		const next = advance(moved, untilUid, part, handing);
		store.write(next);
		ahead = ahead.slice(part.length);
		const keys = new Map(next.pending.map(({ uid, key }) => [uid, key]));
		return handing.map((summary) => ({ key: keys.get(summary.uid) ?? '', summary }));
	};

	return {
		begin: async () => {
			// A search that the server doesn't understand is told now, not with the first message.
			if (options.searchKeys) await folder.search([maxUid], options.searchKeys);
			const known = store.read();
			const position = positionOf(folder, place);
			if (known?.place !== place) {
				const newest = (await folder.newest(rememberedAtStart)).filter(
					({ uid }) => uid <= position.lastUid,
				);
				store.write(startCursor(position, newest, Date.now(), known?.revision));
			} else if (known.uidValidity !== position.uidValidity) {
				log(`The server has given the messages of "${folder.path}" new numbers (UIDVALIDITY)`);
				const first = await folder.firstUidSince(known.recentSince);
				store.write(renumber(cursor(), position, first));
				queue = [];
				ahead = [];
				endUid = 0;
			}
			mayHaveNews = true;
			hasLeftovers = true;
		},
		expectNews: () => {
			mayHaveNews = true;
		},
		look: async () => {
			await finishRecorded();
			if (hasLeftovers) {
				hasLeftovers = false;
				await retryPending();
			}
			for (;;) {
				if (options.signal.aborted) return true;
				if (ahead.length === 0 && queue.length === 0) {
					if (!mayHaveNews) return true;
					mayHaveNews = false;
					queue = await folder.uidsAfter(cursor().lastUid);
				}
				if (queue.length > 0 && ahead.length === 0) await readAhead();
				const most = Math.min(batch, window - cursor().pending.length);
				if (most <= 0) return false;
				const { renumbering } = cursor();
				const untilUid = renumbering?.untilUid ?? 0;
				if (ahead.length > 0) await handOver(takeNext(most));
				else if (endUid > cursor().lastUid) store.write(advance(cursor(), endUid, [], []));
				else if (renumbering) store.write(advance(cursor(), untilUid, [], []));
				// What was pending has its new numbers now.
				if (renumbering && !cursor().renumbering) await retryPending();
			}
		},
	};
}

/** The newest message that a trigger would hand over, as if it had just come in. */
export async function fetchNewest(
	folder: ImapFolder,
	selection: Selection,
	most: number,
): Promise<FetchedMessage | undefined> {
	const messages = await folder.newest(most);
	const wanted = await select(folder, messages, selection);
	const matching = messages.filter(({ uid }) => wanted.has(uid)).reverse();
	for (const summary of matching) {
		const message = { key: `${folder.uidValidity}.${summary.uid}`, summary };
		for await (const fetched of download(folder, [message], selection.portion, new Map())) {
			if (!isGone(fetched)) return fetched;
		}
	}
	return undefined;
}

async function select(
	folder: ImapFolder,
	messages: readonly MessageSummary[],
	{ searchKeys, matches }: Selection,
): Promise<ReadonlySet<number>> {
	const uids = messages.filter((message) => matches(message)).map(({ uid }) => uid);
	if (!searchKeys || uids.length === 0) return new Set(uids);
	return await folder.search(uids, searchKeys);
}

const positionOf = (folder: ImapFolder, place: string): FolderPosition => ({
	place,
	uidValidity: folder.uidValidity,
	lastUid: folder.lastUid,
});

const isGone = (message: FetchedMessage | GoneMessage): message is GoneMessage =>
	'isGone' in message;
