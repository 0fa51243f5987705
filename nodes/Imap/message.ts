import type { FetchMessageObject, MessageStructureObject } from '../../core/mail/imap';
import { attachmentName } from '../../core/mail/attachmentName';
import type { MailAddress, ParsedMessage } from '../../core/mail/parsedMessage';

/** What is asked of a message that is shown without its text. */
export const overviewQuery = {
	uid: true,
	flags: true,
	envelope: true,
	internalDate: true,
	size: true,
	bodyStructure: true,
} as const;

type Shape = Record<string, unknown>;

/** Flags as switches, and what else is set as keywords. */
export function flagsOutput({ flags = new Set() }: Pick<FetchMessageObject, 'flags'>): Shape {
	return {
		flags: [...flags],
		isRead: flags.has('\\Seen'),
		isFlagged: flags.has('\\Flagged'),
		isAnswered: flags.has('\\Answered'),
		isDraft: flags.has('\\Draft'),
		keywords: [...flags].filter((flag) => !flag.startsWith('\\')),
	};
}

/** A message as the server describes it, without having looked into its content. */
export function overview(message: FetchMessageObject, folder: string): Shape {
	const { uid, envelope = {}, internalDate, size } = message;
	const attachments = attachmentsIn(message.bodyStructure);
	return {
		uid,
		folder,
		subject: envelope.subject ?? '',
		from: people(envelope.from),
		to: people(envelope.to),
		cc: people(envelope.cc),
		bcc: people(envelope.bcc),
		replyTo: people(envelope.replyTo),
		date: isoTime(envelope.date),
		receivedAt: isoTime(internalDate),
		messageId: envelope.messageId ?? '',
		inReplyTo: envelope.inReplyTo ?? '',
		sizeBytes: size ?? 0,
		...flagsOutput(message),
		hasAttachments: attachments.some(({ isInline }) => isInline === false),
		attachments,
	};
}

/** How much of a message's text an output has. */
export type BodyChoice = 'html' | 'text' | 'both' | 'none';

export function bodyOutput({ text, html, defects }: ParsedMessage, body: BodyChoice): Shape {
	return {
		...((body === 'text' || body === 'both') && { text }),
		...((body === 'html' || body === 'both') && { html }),
		...(defects.length > 0 && { defects }),
	};
}

function people(
	addresses: ReadonlyArray<{ name?: string | undefined; address?: string | undefined }> = [],
): MailAddress[] {
	return addresses.map(({ name = '', address = '' }) => ({ name, address }));
}

/** `null` where the message has none, or one that can't be read. */
export function isoTime(value: Date | string | undefined): string | null {
	const time = value === undefined ? undefined : new Date(value);
	return time === undefined || Number.isNaN(time.getTime()) ? null : time.toISOString();
}

interface AttachmentOutput extends Record<string, unknown> {
	readonly isInline: boolean;
}

/** Of a message's parts those that are files; sizes as they travel, which is a third more for most. */
function attachmentsIn(structure: MessageStructureObject | undefined): AttachmentOutput[] {
	const found: AttachmentOutput[] = [];
	const visit = (node: MessageStructureObject, isRelated: boolean): void => {
		if (node.childNodes && node.type !== 'message/rfc822') {
			const related = isRelated || node.type === 'multipart/related';
			for (const child of node.childNodes) visit(child, related);
			return;
		}
		const { disposition, type, parameters = {}, dispositionParameters = {} } = node;
		const given = dispositionParameters['filename'] ?? parameters['name'];
		const isText = /^text\/(plain|html)$/.test(type) && given === undefined;
		if (type.startsWith('multipart/') || (isText && disposition !== 'attachment')) return;
		found.push({
			fileName: attachmentName(given, type, found.length),
			contentType: type,
			encodedBytes: node.size ?? 0,
			isInline: disposition === 'inline' || (isRelated && node.id !== undefined),
		});
	};
	if (structure) visit(structure, false);
	return found;
}
