import { badRequest, itemNotFound, RefusedError } from '../refused';
import type { Entity } from '../odata/evaluate';
import { attachmentId, type IdKind } from './ids';
import type { Mailbox } from './mailbox';
import type { StoredAttachment, StoredMessage } from './types';

/** Above, an upload session is the way. Source: "Attach large files to Outlook messages". */
export const largestInlineAttachment = 3 * 1024 * 1024;

/** @throws {RefusedError} for one that is too large for a single request. */
export function createAttachment(
	mailbox: Mailbox,
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
			const bytes = Buffer.from(JSON.stringify(item));
			return { ...common, kind: 'item', contentType: null, bytes, item };
		}
		default:
			return { ...common, kind: 'reference', contentType: null, bytes: Buffer.alloc(0) };
	}
}

export function findAttachment(
	mailbox: Mailbox,
	message: StoredMessage,
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

export function attachmentView(
	mailbox: Mailbox,
	message: StoredMessage,
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
export function hasAttachments({ attachments }: StoredMessage): boolean {
	return attachments.some(({ isInline }) => !isInline);
}

function tooLarge(): RefusedError {
	return new RefusedError(
		413,
		'ErrorMessageSizeExceeded',
		'The attachment is 3 MB or larger: create an upload session for it.',
	);
}
