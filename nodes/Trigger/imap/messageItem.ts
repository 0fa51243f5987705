import { buffer } from 'node:stream/consumers';
import type {
	IBinaryKeyData,
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
} from 'n8n-workflow';
import type { FetchedMessage } from '../../../core/mail/imapDownload';
import { parseMessage } from '../../../core/mail/mime';
import type { ParsedMessage } from '../../../core/mail/parsedMessage';
import { emlFileName } from '../../kit/attachments/download';
import { type ImapTriggerSettings, megabyte } from './settings';

const fieldPrefix = 'data_';
const rawField = 'data';

interface Content {
	readonly json: IDataObject;
	readonly binary: IBinaryKeyData;
}

/**
 * A message as the workflow gets it. Whatever is wrong with it, there is an item: what could be
 * read, and the rest in `defects`. Files are in the item itself; `storeFiles` is for the run.
 */
export async function messageItem(
	message: FetchedMessage,
	folder: string,
	settings: Pick<ImapTriggerSettings, 'output' | 'maxBytes'>,
): Promise<INodeExecutionData> {
	const { summary, problem } = message;
	const known: IDataObject = {
		uid: summary.uid,
		folder,
		receivedAt: new Date(summary.receivedAtMs).toISOString(),
		sizeBytes: summary.sizeBytes,
		...flagsOutput(summary.flags),
	};
	const content = problem === undefined ? await read(message, settings) : unread(message, problem);
	const hasFiles = Object.keys(content.binary).length > 0;
	return {
		json: { ...known, ...content.json },
		...(hasFiles && { binary: content.binary }),
	};
}

/** Hands the files of an item over to n8n. In the run, as n8n never tidies up after a trigger. */
export async function storeFiles(
	context: IExecuteFunctions,
	item: INodeExecutionData,
): Promise<INodeExecutionData> {
	if (!item.binary) return item;
	const binary: IBinaryKeyData = {};
	for (const [field, { data, fileName, mimeType }] of Object.entries(item.binary)) {
		const bytes = Buffer.from(data, 'base64');
		binary[field] = await context.helpers.prepareBinaryData(bytes, fileName, mimeType);
	}
	return { ...item, binary };
}

async function read(
	message: FetchedMessage,
	{ output, maxBytes }: Pick<ImapTriggerSettings, 'output' | 'maxBytes'>,
): Promise<Content> {
	const { content, summary, isCut } = message;
	const raw: IBinaryKeyData =
		output === 'raw'
			? { [rawField]: file(content, emlFileName(summary.subject), 'message/rfc822') }
			: {};
	const binary: IBinaryKeyData = {};
	let parsed: ParsedMessage;
	try {
		parsed = await parseMessage(content, {
			onAttachment: async ({ index, fileName, contentType }, stream) => {
				if (output !== 'attachments') return;
				binary[`${fieldPrefix}${index}`] = file(await buffer(stream), fileName, contentType);
			},
		});
	} catch (error) {
		const { json } = unread(message, error instanceof Error ? error.message : String(error));
		return { json, binary: raw };
	}
	const { headers, text, html, attachments, defects, ...rest } = parsed;
	const cut = isCut ? [tooLarge(summary.sizeBytes, maxBytes)] : [];
	// The fetched part may end in the middle of it.
	const last = attachments.at(-1);
	if (isCut && last) delete binary[`${fieldPrefix}${last.index}`];
	const listed = attachments.map(({ index, ...info }) => ({
		...info,
		...(`${fieldPrefix}${index}` in binary && { field: `${fieldPrefix}${index}` }),
	}));
	const isBodyKnown = output === 'text' || output === 'attachments';
	// The headers alone are no damaged message.
	const allDefects = [...(output === 'headers' ? [] : defects), ...cut];
	return {
		json: {
			...rest,
			...(isBodyKnown && {
				text,
				html,
				hasAttachments: listed.some(({ isInline }) => !isInline),
				attachments: listed,
			}),
			headers,
			...(allDefects.length > 0 && { defects: allDefects }),
		} as unknown as IDataObject,
		binary: { ...raw, ...binary },
	};
}

const flagsOutput = (flags: readonly string[]): IDataObject => ({
	flags: [...flags],
	isRead: flags.includes('\\Seen'),
	isFlagged: flags.includes('\\Flagged'),
	isAnswered: flags.includes('\\Answered'),
	keywords: flags.filter((flag) => !flag.startsWith('\\')),
});

/** What the server tells without the content. */
function unread({ summary }: FetchedMessage, problem: string): Content {
	const { messageId, subject, from, to, cc } = summary;
	return {
		json: { messageId, subject, from, to, cc, defects: [problem] },
		binary: {},
	};
}

const file = (content: Buffer, fileName: string, mimeType: string) => ({
	data: content.toString('base64'),
	fileName,
	mimeType,
});

const tooLarge = (sizeBytes: number, maxBytes: number): string =>
	`The message has ${(sizeBytes / megabyte).toFixed(1)} MB, and the first ${maxBytes / megabyte} MB of it were fetched. ` +
	'What came after that is left out; raise Maximum Size, or download the attachments with the Microsoft 365 IMAP node.';
