import MailComposer from 'nodemailer/lib/mail-composer';
import { bodyText } from './draft';
import type { Recipient, StoredMessage } from './types';

/** The message as RFC 822, for `/$value`. */
export function toMime(message: StoredMessage): Promise<Buffer> {
	const { body, thread } = message;
	const composer = new MailComposer({
		...(message.from !== undefined && { from: address(message.from) }),
		...(message.sender !== undefined && { sender: address(message.sender) }),
		to: message.toRecipients.map(address),
		cc: message.ccRecipients.map(address),
		replyTo: message.replyTo.map(address),
		subject: message.subject,
		date: new Date(message.sentDateTime),
		messageId: message.internetMessageId,
		...(thread.inReplyTo !== undefined && { inReplyTo: thread.inReplyTo }),
		...(thread.references.length > 0 && { references: [...thread.references] }),
		headers: message.internetMessageHeaders.map(({ name, value }) => ({ key: name, value })),
		text: bodyText(body),
		...(body.contentType === 'html' && { html: body.content }),
		attachments: message.attachments.map((attachment) => ({
			filename: attachment.name,
			content: attachment.bytes,
			...(attachment.contentType !== null && { contentType: attachment.contentType }),
			...(attachment.contentId !== null && { cid: attachment.contentId }),
			contentDisposition: attachment.isInline ? ('inline' as const) : ('attachment' as const),
		})),
	});
	return composer.compile().build();
}

function address({ emailAddress }: Recipient): { name: string; address: string } {
	return { name: emailAddress.name ?? '', address: emailAddress.address };
}
