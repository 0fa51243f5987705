import { randomBytes, randomUUID } from 'node:crypto';
import { badRequest } from '../refused';
import { createAttachment } from './attachments';
import type { Mailbox } from './mailbox';
import { htmlToText, previewOf, wrapHtml } from './text';
import type {
	ExtendedProperty,
	MessageBody,
	MessageContent,
	MessageHeader,
	Recipient,
	StoredMessage,
	Thread,
} from './types';

/** A message as a client writes it; its shape was checked by the surface. */
export type MessageInput = Readonly<Record<string, unknown>>;

/** What can be set whether or not the message is a draft. */
const alwaysSettable = new Set([
	'categories',
	'flag',
	'importance',
	'inferenceClassification',
	'isDeliveryReceiptRequested',
	'isRead',
	'isReadReceiptRequested',
	'singleValueExtendedProperties',
	'multiValueExtendedProperties',
]);

/** Set on drafts only. What is in neither list is Exchange's own, and silently kept. */
const draftSettable = new Set([
	'bccRecipients',
	'body',
	'ccRecipients',
	'from',
	'internetMessageHeaders',
	'internetMessageId',
	'replyTo',
	'sender',
	'subject',
	'toRecipients',
]);

export function newThread(): Thread {
	return {
		id: randomUUID(),
		index: Buffer.concat([Buffer.from([1]), randomBytes(21)]).toString('base64'),
		references: [],
	};
}

/** The next message of a conversation. */
export function continueThread(original: StoredMessage): Thread {
	return {
		id: original.thread.id,
		index: Buffer.concat([Buffer.from(original.thread.index, 'base64'), randomBytes(5)]).toString(
			'base64',
		),
		inReplyTo: original.internetMessageId,
		references: [...original.thread.references, original.internetMessageId],
	};
}

/** Puts a new draft into a folder. */
export function createDraft(
	mailbox: Mailbox,
	input: MessageInput,
	options: { readonly folder?: number; readonly thread?: Thread } = {},
): StoredMessage {
	const now = mailbox.nowText();
	const message = mailbox.addMessage({
		...emptyContent(),
		folder: options.folder ?? mailbox.folder('drafts').serial,
		isDraft: true,
		isRead: true,
		thread: options.thread ?? newThread(),
		bodyPreview: '',
		createdDateTime: now,
		receivedDateTime: now,
		sentDateTime: now,
		lastModifiedDateTime: now,
		attachments: [],
	});
	try {
		applyInput(message, input);
		for (const attachment of asList<MessageInput>(input.attachments)) {
			message.attachments.push(createAttachment(mailbox, attachment));
		}
	} catch (error) {
		mailbox.removeMessage(message);
		throw error;
	}
	return message;
}

/** @throws {RefusedError} for what can't be changed once a message was sent. */
export function updateMessage(mailbox: Mailbox, message: StoredMessage, input: MessageInput): void {
	const sent = Object.keys(input).find((name) => draftSettable.has(name));
	if (sent !== undefined && !message.isDraft) {
		throw badRequest('Set action is invalid for property.', 'ErrorInvalidPropertySet');
	}
	applyInput(message, input);
	mailbox.touchMessage(message);
}

export function emptyContent(): MessageContent {
	return {
		subject: '',
		body: { contentType: 'text', content: '' },
		toRecipients: [],
		ccRecipients: [],
		bccRecipients: [],
		replyTo: [],
		importance: 'normal',
		categories: [],
		flag: { flagStatus: 'notFlagged' },
		inferenceClassification: 'focused',
		isRead: false,
		isReadReceiptRequested: false,
		isDeliveryReceiptRequested: false,
		internetMessageId: `<${randomUUID()}@contoso.example>`,
		internetMessageHeaders: [],
		extended: [],
	};
}

function applyInput(message: StoredMessage, input: MessageInput): void {
	const changes: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(input)) {
		if (!alwaysSettable.has(name) && !draftSettable.has(name)) continue;
		switch (name) {
			case 'body':
				changes.body = readBody(value);
				break;
			case 'internetMessageHeaders':
				changes.internetMessageHeaders = readHeaders(value);
				break;
			case 'singleValueExtendedProperties':
			case 'multiValueExtendedProperties':
				changes.extended = mergeExtended(message.extended, asList<ExtendedProperty>(value));
				break;
			case 'flag':
				changes.flag = readFlag(value);
				break;
			case 'importance':
			case 'inferenceClassification':
				changes[name] = String(value).toLowerCase();
				break;
			case 'from':
			case 'sender':
				changes[name] = value === null ? undefined : withName(value as Recipient);
				break;
			default:
				changes[name] = /Recipients$|^replyTo$/.test(name)
					? asList<Recipient>(value).map(withName)
					: (value ?? (name === 'categories' ? [] : ''));
		}
	}
	Object.assign(message, changes);
	message.bodyPreview = previewOf(bodyText(message.body));
}

export function bodyText({ contentType, content }: MessageBody): string {
	return contentType === 'html' ? htmlToText(content) : content;
}

export function readBody(value: unknown): MessageBody {
	const { contentType = 'text', content } = (value ?? {}) as {
		contentType?: string;
		content?: string | null;
	};
	const isHtml = contentType.toLowerCase() === 'html';
	return {
		contentType: isHtml ? 'html' : 'text',
		content: isHtml ? wrapHtml(content ?? '') : (content ?? ''),
	};
}

function readHeaders(value: unknown): MessageHeader[] {
	const headers = asList<MessageHeader>(value);
	for (const { name } of headers) {
		if (!/^x-/i.test(name)) {
			throw badRequest(
				`The internet message header name '${name}' should start with 'x-' or 'X-'.`,
				'InvalidInternetMessageHeader',
			);
		}
	}
	if (headers.length > 5) {
		throw badRequest(
			'Maximum number of headers in one message should be less than or equal to 5.',
			'InvalidInternetMessageHeaderCollection',
		);
	}
	return headers;
}

function readFlag(value: unknown): Readonly<Record<string, unknown>> {
	const { flagStatus = 'notFlagged', ...rest } = (value ?? {}) as Record<string, unknown>;
	if (rest.dueDateTime !== undefined && rest.startDateTime === undefined) {
		throw badRequest('The flag needs a start date with its due date.', 'ErrorInvalidArgument');
	}
	return { flagStatus, ...rest };
}

function mergeExtended(
	old: readonly ExtendedProperty[],
	changes: readonly ExtendedProperty[],
): ExtendedProperty[] {
	const names = new Set(changes.map(({ id }) => id.toLowerCase()));
	return [...old.filter(({ id }) => !names.has(id.toLowerCase())), ...changes];
}

/** Exchange fills in the address where the name is missing. */
function withName({ emailAddress }: Recipient): Recipient {
	const { address, name } = emailAddress;
	return { emailAddress: { name: name ?? address, address } };
}

export function asList<T>(value: unknown): T[] {
	return Array.isArray(value) ? (value as T[]) : [];
}
