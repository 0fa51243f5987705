import type { ItemBody, Message, Recipient } from '@microsoft/microsoft-graph-types';
import type { IDataObject } from 'n8n-workflow';
import { isAvailable } from '../../core/availability';
import type { CloudProfile } from '../../core/clouds';
import { inZone } from '../../core/time';
import { addressesOf } from './message';

/** What the simplified output takes from Graph, in its order; what is not chosen is left out of both. */
type SimpleShape = (message: Message, timezone: string) => Record<string, unknown>;

const simpleShapes = {
	subject: ({ subject }) => ({ subject: subject ?? '' }),
	from: ({ from }) => ({ from: addressOf(from), fromName: from?.emailAddress?.name ?? '' }),
	toRecipients: ({ toRecipients }) => ({ to: addressesOf(toRecipients) }),
	ccRecipients: ({ ccRecipients }) => ({ cc: addressesOf(ccRecipients) }),
	bccRecipients: ({ bccRecipients }) => ({ bcc: addressesOf(bccRecipients) }),
	replyTo: ({ replyTo }) => ({ replyTo: addressesOf(replyTo) }),
	receivedDateTime: ({ receivedDateTime }, timezone) => ({
		receivedDateTime: localTime(receivedDateTime, timezone),
	}),
	sentDateTime: ({ sentDateTime }, timezone) => ({
		sentDateTime: localTime(sentDateTime, timezone),
	}),
	isRead: ({ isRead }) => ({ isRead: isRead ?? false }),
	isDraft: ({ isDraft }) => ({ isDraft: isDraft ?? false }),
	hasAttachments: ({ hasAttachments }) => ({ hasAttachments: hasAttachments ?? false }),
	importance: ({ importance }) => ({ importance: importance ?? 'normal' }),
	categories: ({ categories }) => ({ categories: categories ?? [] }),
	flag: ({ flag }) => ({ flag: flag?.flagStatus ?? 'notFlagged' }),
	bodyPreview: ({ bodyPreview }) => ({ bodyPreview: bodyPreview ?? '' }),
	body: ({ body }) => ({ body: body?.content ?? '', bodyType: bodyType(body) }),
	conversationId: ({ conversationId }) => ({ conversationId: conversationId ?? '' }),
	internetMessageId: ({ internetMessageId }) => ({ internetMessageId: internetMessageId ?? '' }),
	parentFolderId: ({ parentFolderId }) => ({ parentFolderId: parentFolderId ?? '' }),
	webLink: ({ webLink }) => ({ webLink: webLink ?? '' }),
} as const satisfies Partial<Record<keyof Message, SimpleShape>>;

export type MessageProperty = keyof typeof simpleShapes;

export const messageProperties = Object.keys(simpleShapes) as MessageProperty[];

/** What is read where nobody chose: all but the body, which makes pages slow and items large. */
const usualProperties = messageProperties.filter(
	(name) => name !== 'body' && name !== 'replyTo' && name !== 'sentDateTime',
);

/** `$select` for these properties in this cloud, or for the usual ones. */
export function selectedProperties(
	cloud: CloudProfile,
	chosen: readonly MessageProperty[] = usualProperties,
	further: readonly MessageProperty[] = [],
): MessageProperty[] {
	return [...new Set([...chosen, ...further])].filter(
		(name) => name !== 'flag' || isAvailable('message.flag', cloud),
	);
}

export const selectOf = (properties: readonly MessageProperty[]): string =>
	['id', ...properties].join(',');

/**
 * A message as one flat object that has the same keys for every message.
 * @param properties which; default: the usual ones
 */
export function simplifyMessage(
	message: Message,
	{ timezone, cloud }: { readonly timezone: string; readonly cloud: CloudProfile },
	properties: readonly MessageProperty[] = selectedProperties(cloud),
): IDataObject {
	const parts = properties.map((name) => simpleShapes[name](message, timezone));
	return Object.assign({ id: message.id ?? '' }, ...parts) as IDataObject;
}

const addressOf = (recipient: Recipient | null | undefined): string =>
	recipient?.emailAddress?.address ?? '';

const bodyType = (body: ItemBody | null | undefined): 'html' | 'text' =>
	body?.contentType === 'text' ? 'text' : 'html';

function localTime(time: string | null | undefined, timezone: string): string {
	return time ? inZone(time, timezone) : '';
}
