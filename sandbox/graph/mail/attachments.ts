import type { Clock } from '../../clock';
import { badRequest, itemNotFound, RefusedError } from '../refused';
import type { Entity } from '../odata/evaluate';
import { attachmentId, type IdKind } from './ids';
import type { StoredAttachment } from './types';

/** Above, an upload session is the way. Source: "Attach large files to Outlook messages". */
export const largestInlineAttachment = 3 * 1024 * 1024;

/** What can have attachments: a message or an event. */
export interface AttachmentItemOwner {
	readonly serial: number;
	readonly moves: number;
	attachments: StoredAttachment[];
}

/** Where it lies: a mailbox, or a person's calendars. */
export interface AttachmentStore<Item extends AttachmentItemOwner = AttachmentItemOwner> {
	readonly clock: Clock;
	readonly owner: { readonly id: string };
	nowText(): string;
	nextSerial(): number;
	messageKey(item: Item, kind: IdKind): string;
	touchMessage(item: Item): void;
	hasMessage(item: Item): boolean;
}

/** @throws {RefusedError} for one that is too large for a single request. */
export function createAttachment(
	mailbox: Pick<AttachmentStore, 'nowText' | 'nextSerial'>,
	input: Readonly<Record<string, unknown>>,
): StoredAttachment {
	const type = String(input['@odata.type']).replace(/^#?(microsoft\.)?graph\./i, '');
	const common = {
		serial: mailbox.nextSerial(),
		name: typeof input.name === 'string' ? input.name : '',
		isInline: input.isInline === true,
		lastModifiedDateTime: mailbox.nowText(),
		contentId: typeof input.contentId === 'string' ? input.contentId : null,
	};
	switch (type.toLowerCase()) {
		case 'fileattachment': {
			if (typeof input.contentBytes !== 'string') {
				throw badRequest(
					'The required property contentBytes is missing.',
					'ErrorRequiredPropertyMissing',
				);
			}
			const bytes = Buffer.from(input.contentBytes, 'base64');
			if (bytes.length >= largestInlineAttachment) throw tooLarge();
			const contentType = typeof input.contentType === 'string' ? input.contentType : null;
			return {
				...common,
				kind: 'file',
				contentType: contentType ?? 'application/octet-stream',
				bytes,
			};
		}
		case 'itemattachment': {
			const item = (input.item ?? {}) as Record<string, unknown>;
			return { ...common, kind: 'item', contentType: null, bytes: itemAsMime(item), item };
		}
		default:
			return { ...common, kind: 'reference', contentType: null, bytes: Buffer.alloc(0) };
	}
}

export function findAttachment<Item extends AttachmentItemOwner>(
	mailbox: AttachmentStore<Item>,
	message: Item,
	id: string,
): StoredAttachment {
	const found = message.attachments.find((attachment) =>
		(['folderBound', 'immutable'] as const).some(
			(kind) => attachmentId(mailbox.messageKey(message, kind), attachment.serial) === id,
		),
	);
	if (found === undefined) throw itemNotFound();
	return found;
}

export function attachmentView<Item extends AttachmentItemOwner>(
	mailbox: AttachmentStore<Item>,
	message: Item,
	attachment: StoredAttachment,
	idKind: IdKind,
): Entity {
	return {
		'@odata.type': `#microsoft.graph.${attachment.kind}Attachment`,
		'@odata.mediaContentType': attachment.contentType,
		id: attachmentId(mailbox.messageKey(message, idKind), attachment.serial),
		lastModifiedDateTime: attachment.lastModifiedDateTime,
		name: attachment.name,
		contentType: attachment.contentType,
		size: sizeOf(attachment),
		isInline: attachment.isInline,
		...(attachment.kind === 'file' && {
			contentId: attachment.contentId,
			contentLocation: null,
			contentBytes: attachment.bytes.toString('base64'),
		}),
	};
}

/** Exchange counts what it keeps with the file, too. */
export function sizeOf({ bytes }: StoredAttachment): number {
	return bytes.length + 178;
}

/** Inline images aren't attachments to the eye. */
export function hasAttachments({ attachments }: Pick<AttachmentItemOwner, 'attachments'>): boolean {
	return attachments.some(({ isInline }) => !isInline);
}

function tooLarge(): RefusedError {
	return new RefusedError(
		413,
		'ErrorMessageSizeExceeded',
		'The attachment is 3 MB or larger: create an upload session for it.',
	);
}

/** What `/$value` answers for an attached message, in its shortest form. */
function itemAsMime({ subject, body }: Readonly<Record<string, unknown>>): Buffer {
	const { content = '' } = (body ?? {}) as { content?: string };
	const name = typeof subject === 'string' ? subject : '';
	return Buffer.from(
		`Subject: ${name}\r\nMIME-Version: 1.0\r\n` +
			`Content-Type: text/html; charset=utf-8\r\n\r\n${content}`,
	);
}
