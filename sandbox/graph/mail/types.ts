export interface EmailAddress {
	readonly name?: string;
	readonly address: string;
}

export interface Recipient {
	readonly emailAddress: EmailAddress;
}

export interface MessageBody {
	readonly contentType: 'text' | 'html';
	readonly content: string;
}

export interface MessageHeader {
	readonly name: string;
	readonly value: string;
}

export interface ExtendedProperty {
	readonly id: string;
	readonly value: string | readonly string[];
}

/** What a client may set on a message that it drafts. */
export interface MessageContent {
	subject: string;
	body: MessageBody;
	from?: Recipient;
	sender?: Recipient;
	toRecipients: readonly Recipient[];
	ccRecipients: readonly Recipient[];
	bccRecipients: readonly Recipient[];
	replyTo: readonly Recipient[];
	importance: string;
	categories: readonly string[];
	flag: Readonly<Record<string, unknown>>;
	inferenceClassification: string;
	isRead: boolean;
	isReadReceiptRequested: boolean;
	isDeliveryReceiptRequested: boolean;
	internetMessageId: string;
	internetMessageHeaders: readonly MessageHeader[];
	extended: readonly ExtendedProperty[];
}

export interface Thread {
	/** Shared by all messages of a conversation, in all mailboxes. */
	readonly id: string;
	/** Base64, 22 bytes and 5 more for each answer. */
	readonly index: string;
	readonly inReplyTo?: string;
	readonly references: readonly string[];
}

export interface StoredMessage extends MessageContent {
	readonly serial: number;
	folder: number;
	moves: number;
	/** Counts changes; becomes `changeKey`. */
	version: number;
	/** The mailbox's revision at the last change, and when it came into its folder, for delta. */
	changedAt: number;
	enteredAt: number;
	isDraft: boolean;
	thread: Thread;
	bodyPreview: string;
	createdDateTime: string;
	receivedDateTime: string;
	sentDateTime: string;
	lastModifiedDateTime: string;
	attachments: StoredAttachment[];
	/** Of an invitation, a response to one or a cancellation: what `eventMessage` has beside. */
	meeting?: MeetingPart;
}

export interface MeetingPart {
	/** `@odata.type` and the properties of that type. */
	readonly properties: Readonly<Record<string, unknown>>;
	/** The `iCalUId` of the event that it is about. */
	readonly uid: string;
}

export interface StoredAttachment {
	readonly serial: number;
	readonly kind: 'file' | 'item' | 'reference';
	readonly name: string;
	readonly contentType: string | null;
	readonly isInline: boolean;
	readonly contentId: string | null;
	readonly lastModifiedDateTime: string;
	/** A file's bytes; what an attached item or a link looks like as MIME. */
	readonly bytes: Buffer;
	/** The attached item as JSON. */
	readonly item?: Readonly<Record<string, unknown>>;
}

export interface StoredFolder {
	readonly serial: number;
	readonly wellKnownName?: string;
	displayName: string;
	parent: number;
	isHidden: boolean;
	changedAt: number;
}

export interface StoredRule {
	readonly id: string;
	[property: string]: unknown;
}

export interface StoredCategory {
	readonly id: string;
	readonly displayName: string;
	color: string;
}

/** A message or folder that left a folder, for delta. */
export interface Removal {
	readonly kind: 'message' | 'folder';
	readonly folder: number;
	readonly serial: number;
	/** The ids that it had there. */
	readonly ids: Readonly<Record<'folderBound' | 'immutable', string>>;
	readonly reason: 'deleted' | 'changed';
	readonly at: number;
}
