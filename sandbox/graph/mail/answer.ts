import { badRequest } from '../refused';
import { createAttachment } from './attachments';
import {
	asList,
	continueThread,
	createDraft,
	readBody,
	updateMessage,
	bodyText,
	type MessageInput,
} from './draft';
import type { Mailbox } from './mailbox';
import { escapeHtml, textToHtml } from './text';
import type { Recipient, StoredMessage } from './types';

export type AnswerKind = 'reply' | 'replyAll' | 'forward';

export interface AnswerParameters {
	readonly comment?: string;
	readonly message?: MessageInput;
	readonly toRecipients?: readonly Recipient[];
}

/**
 * A draft in the original's conversation, with its text quoted below.
 *
 * @throws {RefusedError} for a comment together with a body, or recipients given twice
 */
export function createAnswer(
	mailbox: Mailbox,
	original: StoredMessage,
	kind: AnswerKind,
	{ comment, message = {}, toRecipients }: AnswerParameters,
): StoredMessage {
	if (comment !== undefined && message.body !== undefined) {
		throw badRequest(
			'The comment and the body of the message parameter can not both be given.',
			'ErrorInvalidParameter',
		);
	}
	if (toRecipients !== undefined && message.toRecipients !== undefined) {
		throw badRequest(
			'The toRecipients parameter and those of the message parameter can not both be given.',
			'ErrorInvalidParameter',
		);
	}
	const draft = createDraft(mailbox, {}, { thread: continueThread(original) });
	const body =
		message.body === undefined
			? quote(original, comment ?? '')
			: { contentType: 'html', content: readBody(message.body).content };
	updateMessage(mailbox, draft, {
		subject: withPrefix(kind === 'forward' ? 'FW: ' : 'RE: ', original.subject),
		importance: original.importance,
		...recipientsOf(mailbox, original, kind),
		...(toRecipients !== undefined && { toRecipients }),
		...message,
		body,
	});
	const kept = original.attachments.filter(({ isInline }) => kind === 'forward' || isInline);
	draft.attachments.push(
		...kept.map((attachment) => ({ ...attachment, serial: mailbox.nextSerial() })),
	);
	for (const attachment of asList<MessageInput>(message.attachments)) {
		draft.attachments.push(createAttachment(mailbox, attachment));
	}
	return draft;
}

function recipientsOf(mailbox: Mailbox, original: StoredMessage, kind: AnswerKind): MessageInput {
	if (kind === 'forward') return {};
	const author =
		original.replyTo.length > 0 ? original.replyTo : asList<Recipient>([original.from]);
	const authors = author.filter((each) => each !== undefined);
	if (kind === 'reply') return { toRecipients: authors };
	const isSelf = ({ emailAddress }: Recipient): boolean =>
		emailAddress.address.toLowerCase() === mailbox.owner.userPrincipalName.toLowerCase();
	const others = original.toRecipients.filter(
		(each) =>
			!isSelf(each) &&
			!authors.some(({ emailAddress }) => emailAddress.address === each.emailAddress.address),
	);
	return {
		toRecipients: [...authors, ...others],
		ccRecipients: original.ccRecipients.filter((each) => !isSelf(each)),
	};
}

function withPrefix(prefix: string, subject: string): string {
	return subject.toLowerCase().startsWith(prefix.trim().toLowerCase()) ? subject : prefix + subject;
}

function quote(original: StoredMessage, comment: string): MessageInput {
	const line = (label: string, value: string): string =>
		value === '' ? '' : `<b>${label}:</b> ${escapeHtml(value)}<br>`;
	const content =
		original.body.contentType === 'html'
			? original.body.content
			: textToHtml(bodyText(original.body));
	const inner = /<body[^>]*>([\s\S]*)<\/body>/i.exec(content)?.[1] ?? content;
	return {
		contentType: 'html',
		content:
			`${escapeHtml(comment).replace(/\r?\n/g, '<br>')}<hr>` +
			line('From', nameOf(original.from)) +
			line('Sent', original.sentDateTime) +
			line('To', original.toRecipients.map(nameOf).join('; ')) +
			line('Cc', original.ccRecipients.map(nameOf).join('; ')) +
			line('Subject', original.subject) +
			`<br>${inner}`,
	};
}

function nameOf(recipient: Recipient | undefined): string {
	return recipient?.emailAddress.name ?? recipient?.emailAddress.address ?? '';
}
