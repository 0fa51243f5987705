import { Readable } from 'node:stream';
import type { Attachment, Options } from 'nodemailer/lib/mailer';

export interface MailAddress {
	readonly address: string;
	readonly name?: string;
}

/** A file whose content is read when it is its turn on the wire. */
export interface OutgoingFile {
	readonly fileName: string;
	readonly mimeType: string;
	/** Where the HTML shows it, what follows `cid:` there. */
	readonly contentId?: string;
	/** In bytes, where it is known. */
	readonly size?: number;
	/** Anew for each attempt. */
	open(): Promise<Readable>;
}

export interface CalendarPart {
	readonly method: 'REQUEST' | 'CANCEL' | 'REPLY' | 'PUBLISH';
	/** iCalendar text. */
	readonly content: string;
}

/** A message for SMTP, before it is MIME. */
export interface OutgoingMail {
	readonly from: MailAddress;
	readonly to: readonly MailAddress[];
	readonly cc: readonly MailAddress[];
	readonly bcc: readonly MailAddress[];
	readonly replyTo: readonly MailAddress[];
	readonly subject: string;
	readonly text?: string;
	readonly html?: string;
	/** With angle brackets. */
	readonly inReplyTo?: string;
	readonly references?: readonly string[];
	readonly priority?: 'high' | 'normal' | 'low';
	/** Where a notice of reading is to go. */
	readonly readReceiptTo?: MailAddress;
	/** Whether the server is asked to tell when it has delivered. */
	readonly wantsDeliveryReceipt?: boolean;
	/** Beside those that the fields above make. */
	readonly headers: Readonly<Record<string, string>>;
	readonly files: readonly OutgoingFile[];
	readonly calendar?: CalendarPart;
}

/** About how long the message is on the wire, which a server that knows its limit refuses at once. */
export function estimateBytes({ text = '', html = '', files }: OutgoingMail): number {
	// Base64, in lines of 76 characters.
	const encoded = files.reduce((sum, { size = 0 }) => sum + (Math.ceil(size / 3) * 4 * 78) / 76, 0);
	return Math.ceil(encoded) + Buffer.byteLength(text) + Buffer.byteLength(html);
}

interface Address {
	name: string;
	address: string;
}

const entries = (people: readonly MailAddress[]): Address[] => people.map(entry);
const entry = ({ address, name = '' }: MailAddress): Address => ({ address, name });

/** The message as nodemailer composes it. Its texts never name a file or URL to be read. */
export function toComposerOptions(mail: OutgoingMail, messageId: string, sentAt: Date): Options {
	const { to, cc, bcc, replyTo, calendar, readReceiptTo } = mail;
	return {
		disableFileAccess: true,
		disableUrlAccess: true,
		// Lines of a message on the wire end with CRLF, whatever system n8n runs on.
		newline: 'windows',
		messageId,
		date: sentAt,
		from: entry(mail.from),
		to: entries(to),
		cc: entries(cc),
		bcc: entries(bcc),
		...(replyTo.length > 0 && { replyTo: entries(replyTo) }),
		subject: mail.subject,
		...(mail.text !== undefined && { text: mail.text }),
		...(mail.html !== undefined && { html: mail.html }),
		...(mail.inReplyTo !== undefined && { inReplyTo: mail.inReplyTo }),
		...(mail.references && { references: [...mail.references] }),
		headers: {
			...(mail.priority && priorityHeaders[mail.priority]),
			...mail.headers,
			...(readReceiptTo && { 'Disposition-Notification-To': readReceiptTo.address }),
		},
		attachments: mail.files.map(toAttachment),
		...(calendar && {
			icalEvent: { method: calendar.method, filename: 'invite.ics', content: calendar.content },
		}),
	};
}

/** Programs differ in which one they read. A normal one is said by neither. */
const priorityHeaders = {
	high: { Importance: 'High', 'X-Priority': '1 (Highest)' },
	normal: {},
	low: { Importance: 'Low', 'X-Priority': '5 (Lowest)' },
} as const;

function toAttachment(file: OutgoingFile): Attachment {
	return {
		filename: file.fileName,
		contentType: file.mimeType,
		content: lazily(file),
		...(file.contentId !== undefined && { cid: file.contentId, contentDisposition: 'inline' }),
	};
}

/** A stream that opens its source when it is first read: of many files only one is open. */
function lazily(file: OutgoingFile): Readable {
	async function* content(): AsyncGenerator<Buffer> {
		yield* (await file.open()) as AsyncIterable<Buffer>;
	}
	return Readable.from(content(), { objectMode: false });
}
