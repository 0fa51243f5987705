import { randomUUID } from 'node:crypto';
import { badRequest, RefusedError } from '../refused';
import type { GraphAnswer, IncomingCall } from '../server/call';
import { attachmentId } from './ids';
import {
	type AttachmentItemOwner,
	type AttachmentStore,
	largestInlineAttachment,
} from './attachments';

/** Each range must be smaller. Source: "Attach large files to Outlook messages or events". */
export const largestRange = 4 * 1024 * 1024;
const largestAttachment = 150 * 1024 * 1024;
const lifetimeMs = 2 * 24 * 60 * 60 * 1000;

interface Session {
	readonly mailbox: AttachmentStore;
	readonly message: AttachmentItemOwner;
	readonly item: AttachmentItem;
	readonly ranges: Buffer[];
	readonly expiresAt: number;
	received: number;
}

export interface AttachmentItem {
	readonly attachmentType: string;
	readonly name: string;
	readonly size: number;
	readonly contentType?: string;
	readonly isInline?: boolean;
	readonly contentId?: string;
}

/** Upload sessions for mail attachments, on their own host, as Outlook's are. */
export class UploadSessions {
	readonly #sessions = new Map<string, Session>();

	/** @param uploadOrigin where the URLs point to */
	create<Item extends AttachmentItemOwner>(
		uploadOrigin: string,
		mailbox: AttachmentStore<Item>,
		message: Item,
		item: AttachmentItem,
	): Readonly<Record<string, unknown>> {
		if (item.size < largestInlineAttachment) {
			throw badRequest(
				'Attachment size must be greater than the minimum size.',
				'ErrorAttachmentSizeShouldNotBeLessThanMinimumSize',
			);
		}
		if (item.size > largestAttachment) {
			throw badRequest(
				'Attachment size exceeds the maximum of 150 MB.',
				'ErrorAttachmentSizeLimitExceeded',
			);
		}
		const token = randomUUID();
		const expiresAt = mailbox.clock.now() + lifetimeMs;
		const session: Session = { mailbox, message, item, ranges: [], expiresAt, received: 0 };
		this.#sessions.set(token, session);
		const messageKey = encodeURIComponent(mailbox.messageKey(message, 'folderBound'));
		return {
			uploadUrl:
				`${uploadOrigin}/api/v2.0/Users('${mailbox.owner.id}')/Messages('${messageKey}')` +
				`/AttachmentSessions('${token}')?authtoken=${randomUUID()}`,
			...status(session),
		};
	}

	/** Answers what is sent to an upload URL: PUT a range, GET the state, DELETE to cancel. */
	answer(incoming: IncomingCall): GraphAnswer {
		try {
			return this.#answer(incoming);
		} catch (error) {
			if (!(error instanceof RefusedError)) throw error;
			const { code, message } = error;
			return { status: error.status, headers: error.headers, json: { error: { code, message } } };
		}
	}

	#answer(incoming: IncomingCall): GraphAnswer {
		if (incoming.headers.authorization !== undefined) {
			throw new RefusedError(
				401,
				'InvalidAuthenticationToken',
				'The upload URL is pre-authenticated: an Authorization header must not be sent.',
			);
		}
		const token = /AttachmentSessions\('([^']+)'\)/.exec(incoming.url)?.[1] ?? '';
		const session = this.#sessions.get(token);
		if (session === undefined || session.expiresAt <= session.mailbox.clock.now()) {
			this.#sessions.delete(token);
			throw new RefusedError(404, 'ErrorItemNotFound', 'The upload session was not found.');
		}
		switch (incoming.method) {
			case 'GET':
				return { status: 200, json: status(session) };
			case 'DELETE':
				this.#sessions.delete(token);
				return { status: 204 };
			case 'PUT':
				return this.#put(token, session, incoming);
		}
		throw new RefusedError(405, 'ErrorInvalidRequest', 'The method is not allowed.');
	}

	#put(
		token: string,
		session: Session,
		{ headers, bytes, url, origin }: IncomingCall,
	): GraphAnswer {
		const [, first, last, total] =
			/^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers['content-range'] ?? '') ?? [];
		if (first === undefined || last === undefined || Number(total) !== session.item.size) {
			throw badRequest(
				'The Content-Range header is missing or invalid.',
				'ErrorInvalidContentRange',
			);
		}
		if (bytes.length >= largestRange) {
			throw new RefusedError(
				413,
				'ErrorContentRangeTooLarge',
				'A range must be smaller than 4 MB.',
			);
		}
		if (Number(first) !== session.received || Number(last) >= session.item.size) {
			throw new RefusedError(
				416,
				'ErrorInvalidContentRange',
				`The next range must start at ${session.received}.`,
			);
		}
		if (Number(last) - Number(first) + 1 !== bytes.length) {
			throw badRequest(
				'The length of the content is not that of its range.',
				'ErrorInvalidContentRange',
			);
		}
		session.ranges.push(bytes);
		session.received += bytes.length;
		if (session.received < session.item.size) return { status: 200, json: status(session) };
		this.#sessions.delete(token);
		const id = attach(session);
		const location = `${origin}${url.split('/AttachmentSessions')[0] ?? ''}/Attachments('${encodeURIComponent(id)}')`;
		return { status: 201, headers: { Location: location } };
	}
}

function attach({ mailbox, message, item, ranges }: Session): string {
	if (!mailbox.hasMessage(message)) {
		throw new RefusedError(404, 'ErrorItemNotFound', 'The message is gone.');
	}
	const serial = mailbox.nextSerial();
	message.attachments.push({
		serial,
		kind: 'file',
		name: item.name,
		contentType: item.contentType ?? 'application/octet-stream',
		isInline: item.isInline ?? false,
		contentId: item.contentId ?? null,
		lastModifiedDateTime: mailbox.nowText(),
		bytes: Buffer.concat(ranges),
	});
	mailbox.touchMessage(message);
	return attachmentId(mailbox.messageKey(message, 'folderBound'), serial);
}

function status({ expiresAt, received }: Session): Readonly<Record<string, unknown>> {
	return {
		expirationDateTime: new Date(expiresAt).toISOString(),
		// Outlook's gives the next start alone, where OneDrive's gives ranges.
		nextExpectedRanges: [received === 0 ? '0-' : String(received)],
	};
}
