import { buffer } from 'node:stream/consumers';
import { randomUUID } from 'node:crypto';
import { type OutgoingMail, toComposerOptions } from './outgoingMail';

/** A message as MIME, for a folder rather than for sending: its Bcc stays in it. */
export async function composeMail(mail: OutgoingMail, sentAt = new Date()): Promise<Buffer> {
	const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
	const domain = mail.from.address.split('@').at(-1) ?? 'localhost';
	const options = toComposerOptions(mail, `<${randomUUID()}@${domain}>`, sentAt);
	const node = new MailComposer(options).compile();
	node.keepBcc = true;
	return await buffer(node.createReadStream());
}
