import { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import type { AttachmentStream, HeaderLines, Headers, MailParser, MessageText } from 'mailparser';
import { attachmentName } from './attachmentName';
import { MimeError } from './MimeError';
import { messageFrom } from './mimeMessage';
import type { AttachmentInfo, ParsedMessage, ReadAttachment } from './parsedMessage';

export interface ParseOptions {
	/**
	 * Takes an attachment's decoded content while the message is read; what it leaves unread is
	 * skipped. Its failure ends the parsing.
	 */
	readonly onAttachment?: (info: AttachmentInfo, content: Readable) => Promise<void>;
	readonly signal?: AbortSignal;
}

/** Parts of one message. Real ones have some dozens. */
const maxParts = 2_000;

/**
 * Reads a MIME message as it comes, one attachment at a time; no attachment is held in memory.
 * Messages within the message are attachments (`.eml`), and so is Outlook's `winmail.dat`.
 * @throws {MimeError} when it can't be read at all; what the source or `onAttachment` throws, as it is
 */
export async function parseMessage(
	source: Readable | Buffer,
	{ onAttachment, signal }: ParseOptions = {},
): Promise<ParsedMessage> {
	// `Readable.from` would go through a bare Buffer byte by byte.
	const input = Buffer.isBuffer(source) ? Readable.from([source]) : source;
	const { parser, betweenParts } = await createParser();
	const foreign: unknown[] = [];
	input.once('error', (error) => foreign.push(error));
	const take = async (info: AttachmentInfo, content: Readable): Promise<void> => {
		try {
			await onAttachment?.(info, content);
		} catch (error) {
			foreign.push(error);
			throw error;
		}
	};
	const attachments: ReadAttachment[] = [];
	let headers: Headers = new Map();
	let lines: HeaderLines = [];
	let text: MessageText | undefined;
	parser.on('headers', (read) => (headers = read));
	parser.on('headerLines', (read) => (lines = read));
	try {
		await pipeline(
			input,
			parser,
			async (parts: AsyncIterable<AttachmentStream | MessageText>) => {
				for await (const part of parts) {
					if (part.type === 'text') text = part;
					else attachments.push(await readAttachment(parser, part, attachments.length, take));
				}
			},
			{ ...(signal && { signal }) },
		);
	} catch (error) {
		if (foreign.length > 0) throw foreign[0];
		if (signal?.aborted) throw error;
		throw new MimeError(error);
	}
	return await messageFrom({ headers, lines, text, attachments, betweenParts: betweenParts() });
}

interface GuardedParser {
	readonly parser: MailParser;
	/** The beginning of what stands in none of the message's parts. */
	readonly betweenParts: () => string;
}

async function createParser(): Promise<GuardedParser> {
	// Loaded by those who use it: it brings tables of character sets and domains.
	const { MailParser: Parser } = await import('mailparser');
	const options = {
		skipHtmlToText: true,
		skipTextToHtml: true,
		skipTextLinks: true,
		skipImageLinks: true,
		// Not md5, which Node lacks where FIPS is on.
		checksumAlgo: 'sha256',
		ignoreEmbedded: true,
		maxChildNodes: maxParts,
	};
	const parser = new Parser(options);
	return { parser, betweenParts: guard(parser) };
}

interface Chunk {
	readonly type: string;
	readonly value?: Buffer;
}

type ProcessChunk = (data: Chunk, done: (error?: unknown) => void) => void;

const maxBetweenBytes = 65_536;

/**
 * mailparser reads each part in an event handler, where an exception would end the process, and
 * may emit an error when nobody listens any more.
 */
function guard(parser: MailParser): GuardedParser['betweenParts'] {
	parser.on('error', () => undefined);
	const internals = parser as unknown as { processChunk: ProcessChunk };
	const processChunk = internals.processChunk.bind(parser);
	const between: Buffer[] = [];
	let betweenBytes = 0;
	internals.processChunk = (data, done) => {
		if (data.type === 'data' && data.value && betweenBytes < maxBetweenBytes) {
			between.push(data.value);
			betweenBytes += data.value.length;
		}
		try {
			processChunk(data, done);
		} catch (error) {
			done(error);
		}
	};
	return () => Buffer.concat(between).subarray(0, maxBetweenBytes).toString('utf8').trim();
}

async function readAttachment(
	parser: MailParser,
	part: AttachmentStream,
	index: number,
	take: (info: AttachmentInfo, content: Readable) => Promise<void>,
): Promise<ReadAttachment> {
	const contentType = part.contentType || 'application/octet-stream';
	const contentId = part.cid?.trim();
	const isRelated = part.related ?? false;
	const info: AttachmentInfo = {
		index,
		fileName: attachmentName(part.filename, contentType, index),
		contentType,
		isInline: part.contentDisposition === 'inline' || isRelated,
		...(contentId && { contentId }),
	};
	const content = part.content as Readable;
	// The parser ends without its attachment where the source breaks off or the run is cancelled.
	const cut = () => content.destroy(new Error('The message ended in the middle of an attachment'));
	parser.once('close', cut);
	const read = finished(content, { writable: false });
	read.catch(() => undefined);
	try {
		await take(info, content);
		content.resume();
		await read;
	} finally {
		parser.off('close', cut);
		part.release();
	}
	return { ...info, size: part.size };
}
