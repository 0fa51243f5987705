import { buffer } from 'node:stream/consumers';
import { randomUUID } from 'node:crypto';
import type MimeNode from 'nodemailer/lib/mime-node';
import { type OutgoingMail, toComposerOptions } from './outgoingMail';

/** A message as MIME, for a folder rather than for sending: its Bcc stays in it. */
export async function composeMail(mail: OutgoingMail, sentAt = new Date()): Promise<Buffer> {
	const domain = mail.from.address.split('@').at(-1) ?? 'localhost';
	const node = await compileMail(mail, `<${randomUUID()}@${domain}>`, sentAt);
	node.keepBcc = true;
	return await buffer(node.createReadStream());
}

/** nodemailer's tree of a message's parts, which streams the files when it is read. */
export async function compileMail(
	mail: OutgoingMail,
	messageId: string,
	sentAt: Date,
): Promise<MimeNode> {
	// At first use: it takes as long to load as a good part of the package.
	const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
	return new MailComposer(toComposerOptions(mail, messageId, sentAt)).compile();
}
