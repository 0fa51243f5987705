import type { Entity } from '../odata/evaluate';
import type { GraphCall } from '../server/call';
import { hasAttachments } from './attachments';
import { bodyText } from './draft';
import { changeKeyOf, conversationId, etagOf, type IdKind } from './ids';
import type { Mailbox } from './mailbox';
import { textToHtml } from './text';
import type { MessageBody, StoredMessage } from './types';

export function idKindOf({ preferences }: GraphCall): IdKind {
	return preferences.immutableIds ? 'immutable' : 'folderBound';
}

/** These come when they are selected, as in Graph. */
export const messagePropertiesOnRequest = [
	'uniqueBody',
	'internetMessageHeaders',
	'singleValueExtendedProperties',
	'multiValueExtendedProperties',
];

/** A message with all that this cloud's metadata gives it, its attachments aside. */
export function messageView(call: GraphCall, mailbox: Mailbox, message: StoredMessage): Entity {
	const id = mailbox.messageKey(message, idKindOf(call));
	const body = convertBody(message.body, call.preferences.bodyContentType);
	const view: Record<string, unknown> = {
		'@odata.etag': etagOf(message),
		id,
		createdDateTime: message.createdDateTime,
		lastModifiedDateTime: message.lastModifiedDateTime,
		changeKey: changeKeyOf(message),
		categories: message.categories,
		receivedDateTime: message.receivedDateTime,
		sentDateTime: message.sentDateTime,
		hasAttachments: hasAttachments(message),
		internetMessageId: message.internetMessageId,
		subject: message.subject,
		bodyPreview: message.bodyPreview,
		importance: message.importance,
		parentFolderId: mailbox.folderKey(message.folder),
		conversationId: conversationId(mailbox.number, message.thread.id),
		conversationIndex: message.thread.index,
		isDeliveryReceiptRequested: message.isDeliveryReceiptRequested,
		isReadReceiptRequested: message.isReadReceiptRequested,
		isRead: message.isRead,
		isDraft: message.isDraft,
		webLink: `https://outlook.office365.com/owa/?ItemID=${encodeURIComponent(id)}&exvsurl=1&viewmodel=ReadMessageItem`,
		inferenceClassification: message.inferenceClassification,
		body,
		uniqueBody: body,
		sender: message.sender ?? message.from ?? null,
		from: message.from ?? null,
		toRecipients: message.toRecipients,
		ccRecipients: message.ccRecipients,
		bccRecipients: message.bccRecipients,
		replyTo: message.replyTo,
		flag: message.flag,
		// A draft has none until it was sent.
		...(!message.isDraft && { internetMessageHeaders: transportHeaders(message) }),
		singleValueExtendedProperties: message.extended.filter(({ value }) => !Array.isArray(value)),
		multiValueExtendedProperties: message.extended.filter(({ value }) => Array.isArray(value)),
	};
	const { types } = call.context.surface;
	const known = Object.entries(view).filter(
		([name]) => name.startsWith('@') || types.member('microsoft.graph.message', name) !== undefined,
	);
	return { ...Object.fromEntries(known), ...message.meeting?.properties };
}

function convertBody(body: MessageBody, wanted: 'text' | 'html' | undefined): MessageBody {
	if (wanted === undefined || wanted === body.contentType) return body;
	return wanted === 'text'
		? { contentType: 'text', content: bodyText(body) }
		: { contentType: 'html', content: textToHtml(body.content) };
}

function transportHeaders(message: StoredMessage): ReadonlyArray<{ name: string; value: string }> {
	const { thread } = message;
	return [
		{ name: 'From', value: addressOf(message) },
		{ name: 'Subject', value: message.subject },
		{ name: 'Date', value: new Date(message.sentDateTime).toUTCString() },
		{ name: 'Message-ID', value: message.internetMessageId },
		...(thread.inReplyTo === undefined ? [] : [{ name: 'In-Reply-To', value: thread.inReplyTo }]),
		...(thread.references.length === 0
			? []
			: [{ name: 'References', value: thread.references.join(' ') }]),
		{ name: 'Thread-Index', value: thread.index },
		{ name: 'MIME-Version', value: '1.0' },
		...message.internetMessageHeaders,
	];
}

function addressOf({ from }: StoredMessage): string {
	if (from === undefined) return '';
	const { name, address } = from.emailAddress;
	return name === undefined ? address : `${name} <${address}>`;
}
