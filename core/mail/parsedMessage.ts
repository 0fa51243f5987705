export interface MailAddress {
	/** Empty where the message gives none. */
	readonly name: string;
	readonly address: string;
}

export interface AttachmentInfo {
	/** Counted from 0 in the message's order. */
	readonly index: number;
	/** Without a path; made from the type where the message gives none. */
	readonly fileName: string;
	readonly contentType: string;
	/** Shown in the text, as a picture of a signature is. */
	readonly isInline: boolean;
	/** Without its angle brackets. */
	readonly contentId?: string;
}

export interface ReadAttachment extends AttachmentInfo {
	/** Decoded, in bytes. */
	readonly size: number;
}

/** A message as data. Empty rather than missing where there is nothing; damage is told in `defects`. */
export interface ParsedMessage {
	readonly messageId: string;
	readonly inReplyTo: string;
	/** Oldest first. */
	readonly references: readonly string[];
	readonly subject: string;
	/** ISO 8601 in UTC; missing where the message has none, or one that can't be read. */
	readonly date?: string;
	readonly from: readonly MailAddress[];
	readonly sender: readonly MailAddress[];
	readonly replyTo: readonly MailAddress[];
	readonly to: readonly MailAddress[];
	readonly cc: readonly MailAddress[];
	readonly bcc: readonly MailAddress[];
	readonly importance: 'high' | 'normal' | 'low';
	/** Made from the HTML where the message has no plain text. */
	readonly text: string;
	readonly html: string;
	/** As sent, unfolded, by lower-case name; a list where the header occurs more than once. */
	readonly headers: Readonly<Record<string, string | readonly string[]>>;
	readonly attachments: readonly ReadAttachment[];
	/** What was damaged and how it was read, as whole sentences. */
	readonly defects: readonly string[];
}
