import type { Readable } from 'node:stream';
import type { FetchMessageObject, ImapSession } from '../../core/mail/imap';
import { messagePages } from '../../core/mail/messagePages';
import { type ParseOptions, parseMessage } from '../../core/mail/mime';
import type { ParsedMessage } from '../../core/mail/parsedMessage';
import { notFound } from './onMessages';

const mebibyte = 1_048_576;

/** Up to this a message is fetched with its page; a larger one streams by itself. */
const pagedBytes = mebibyte / 2;
const pageSize = 20;

/**
 * A message's MIME as a stream, while `use` reads it.
 * @throws {MailServerError} `message_not_found`
 */
export async function withSource<T>(
	session: ImapSession,
	folder: string,
	uid: number,
	use: (source: Readable) => Promise<T>,
): Promise<T> {
	const outcome = await session.run(async (client) => {
		const { content } = await client.download(String(uid), undefined, {
			uid: true,
			chunkSize: mebibyte,
		});
		if (!content) throw notFound(folder, [uid], [uid]);
		let hasBroken = false;
		content.once('error', () => (hasBroken = true));
		try {
			return { answer: await use(content) };
		} catch (error) {
			if (hasBroken) throw error;
			// What failed is the reader: damaged MIME, or n8n's storage.
			content.destroy();
			return { failure: error };
		}
	}, folder);
	if ('failure' in outcome) throw outcome.failure;
	return outcome.answer;
}

/** One message, read as it streams. */
export async function readMessage(
	session: ImapSession,
	folder: string,
	uid: number,
	options: ParseOptions = {},
): Promise<ParsedMessage> {
	return await withSource(session, folder, uid, async (source) => parseMessage(source, options));
}

/**
 * The texts of messages by UID. Small messages come many at a time; of those that can't be read,
 * the error.
 */
export async function readTexts(
	session: ImapSession,
	folder: string,
	messages: readonly FetchMessageObject[],
): Promise<ReadonlyMap<number, ParsedMessage | Error>> {
	const read = new Map<number, ParsedMessage | Error>();
	const small = messages.filter(({ size = Infinity }) => size <= pagedBytes).map(({ uid }) => uid);
	const pages = messagePages(session, small, { source: true }, { pageSize, folder });
	for await (const page of pages) {
		for (const { uid, source } of page) {
			if (source) read.set(uid, await parseMessage(source).catch(asError));
		}
	}
	for (const { uid } of messages.filter((message) => (message.size ?? Infinity) > pagedBytes)) {
		read.set(uid, await readMessage(session, folder, uid));
	}
	return read;
}

function asError(error: unknown): Error {
	return error instanceof Error ? error : new Error(String(error));
}
