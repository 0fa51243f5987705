import { isSessionLoss, sessionExpired } from './imapErrors';
import type { ImapFolder, MessageSummary, Portion } from './imapFolder';

/** A message to fetch, and what it is called for good. */
export interface KeyedMessage {
	readonly key: string;
	readonly summary: MessageSummary;
}

export interface FetchedMessage extends KeyedMessage {
	/** MIME. Empty where the server could not give it. */
	readonly content: Buffer;
	/** Whether it is longer than what was fetched of it. */
	readonly isCut: boolean;
	/** Why there is no content. */
	readonly problem?: string;
}

/** Deleted or moved by somebody else before it could be fetched. */
export interface GoneMessage extends KeyedMessage {
	readonly isGone: true;
}

/** How often the connection broke while a message was fetched, by key. */
export type Breakages = Map<string, number>;

/** One answer of the server is held whole in memory. */
const groupBytes = 4 * 1024 * 1024;
/** A message with which the connection breaks this often is handed over without its content. */
const patience = 3;

/** Fetches messages in few requests. One that can't be had doesn't keep the others. */
export async function* download(
	folder: ImapFolder,
	messages: readonly KeyedMessage[],
	portion: Portion,
	breakages: Breakages,
): AsyncGenerator<FetchedMessage | GoneMessage> {
	for (const group of groupsOf(messages, portion, breakages)) {
		yield* fetchGroup(folder, group, portion, breakages);
	}
}

async function* fetchGroup(
	folder: ImapFolder,
	group: readonly KeyedMessage[],
	portion: Portion,
	breakages: Breakages,
): AsyncGenerator<FetchedMessage | GoneMessage> {
	const [first] = group;
	if (first && (breakages.get(first.key) ?? 0) >= patience) {
		breakages.delete(first.key);
		yield withoutContent(first, `The connection broke ${patience} times while it was fetched.`);
		return;
	}
	let contents: ReadonlyMap<number, Buffer>;
	try {
		contents = await folder.contents(
			group.map(({ summary }) => summary.uid),
			portion,
		);
	} catch (error) {
		if (!folder.isOpen) {
			const isTimely = isSessionLoss(error) && error.code === sessionExpired;
			if (!isTimely) {
				for (const { key } of group) breakages.set(key, (breakages.get(key) ?? 0) + 1);
			}
			throw error;
		}
		if (group.length === 1 && first) {
			yield withoutContent(first, error instanceof Error ? error.message : String(error));
			return;
		}
		for (const message of group) yield* fetchGroup(folder, [message], portion, breakages);
		return;
	}
	for (const message of group) {
		breakages.delete(message.key);
		const content = contents.get(message.summary.uid);
		if (!content) yield { ...message, isGone: true };
		// By what came: Exchange only estimates RFC822.SIZE.
		else yield { ...message, content, isCut: isCut(content, portion) };
	}
}

function groupsOf(
	messages: readonly KeyedMessage[],
	portion: Portion,
	breakages: Breakages,
): KeyedMessage[][] {
	const groups: KeyedMessage[][] = [];
	let spaceBytes = 0;
	for (const message of messages) {
		const isSuspect = breakages.has(message.key);
		const sizeBytes =
			portion.part === 'headers' ? 0 : Math.min(message.summary.sizeBytes, portion.maxBytes);
		const group = groups.at(-1);
		if (!group || isSuspect || sizeBytes > spaceBytes) {
			groups.push([message]);
			spaceBytes = isSuspect ? -1 : groupBytes - sizeBytes;
		} else {
			group.push(message);
			spaceBytes -= sizeBytes;
		}
	}
	return groups;
}

const isCut = (content: Buffer, portion: Portion): boolean =>
	portion.part === 'whole' && content.length >= portion.maxBytes;

const withoutContent = (message: KeyedMessage, problem: string): FetchedMessage => ({
	...message,
	content: Buffer.alloc(0),
	isCut: false,
	problem,
});
