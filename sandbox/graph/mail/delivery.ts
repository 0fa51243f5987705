import type { SandboxDirectory, SandboxUser } from '../../directory';
import { denied, findUser } from '../server/authorize';
import { badRequest, RefusedError } from '../refused';
import { createAttachment, sizeOf } from './attachments';
import { emptyContent, newThread, readBody, bodyText } from './draft';
import type { Mailbox } from './mailbox';
import { applyRules } from './rules';
import { previewOf } from './text';
import type { Recipient, StoredMessage, Thread } from './types';

/** Exchange Online's default for a whole message. */
export const largestMessageBytes = 35 * 1024 * 1024;

/** PidTagDeferredSendTime: a message that has it waits until then. */
const deferredSend = /^SystemTime 0x3FEF$/i;

export interface PostOffice {
	readonly directory: SandboxDirectory;
	mailboxOf(user: SandboxUser): Mailbox;
}

/**
 * Sends a draft and keeps the same item in Sent Items, so that its immutable id stays; or removes
 * it when nothing is to be kept.
 *
 * @throws {RefusedError} without recipients, as somebody else without the right, or when too large
 */
export function sendDraft(
	office: PostOffice,
	mailbox: Mailbox,
	draft: StoredMessage,
	options: { readonly sender: SandboxUser; readonly saveToSentItems?: boolean },
): void {
	const recipients = [...draft.toRecipients, ...draft.ccRecipients, ...draft.bccRecipients];
	requireRecipients(recipients);
	requireSize(draft);
	// By default what is sent from a mailbox carries that mailbox's name.
	draft.from ??= recipientOf(mailbox.owner);
	requireSendAs(office, draft.from, options.sender, mailbox.owner);
	draft.sender ??= draft.from;
	if (deferredUntil(draft) > mailbox.clock.now()) {
		mailbox.moveMessage(draft, mailbox.folder('outbox'));
		return;
	}
	post(office, mailbox, draft, options.saveToSentItems ?? true);
}

/** Sends what was deferred until a time that has come. */
export function sendDue(office: PostOffice, mailbox: Mailbox): void {
	for (const message of mailbox.messagesIn(mailbox.folder('outbox').serial)) {
		if (deferredUntil(message) <= mailbox.clock.now()) post(office, mailbox, message, true);
	}
}

function post(
	office: PostOffice,
	mailbox: Mailbox,
	message: StoredMessage,
	saveToSentItems: boolean,
): void {
	const now = mailbox.nowText();
	message.isDraft = false;
	message.isRead = true;
	message.sentDateTime = now;
	message.receivedDateTime = now;
	const arrived = new Set<string>();
	for (const recipient of [
		...message.toRecipients,
		...message.ccRecipients,
		...message.bccRecipients,
	]) {
		const address = recipient.emailAddress.address.toLowerCase();
		if (arrived.has(address)) continue;
		arrived.add(address);
		const user = findUser(office.directory, address);
		if (user !== undefined) deliverCopy(office.mailboxOf(user), message);
		else if (address.endsWith(`@${office.directory.domain}`)) bounce(mailbox, message, address);
	}
	if (saveToSentItems) mailbox.moveMessage(message, mailbox.folder('sentitems'));
	else mailbox.removeMessage(message);
}

function deliverCopy(mailbox: Mailbox, message: StoredMessage): void {
	const delivered = mailbox.addMessage({
		...message,
		folder: mailbox.folder('inbox').serial,
		isRead: false,
		isDraft: false,
		bccRecipients: [],
		categories: [],
		flag: { flagStatus: 'notFlagged' },
		createdDateTime: message.sentDateTime,
		lastModifiedDateTime: message.sentDateTime,
		attachments: message.attachments.map((each) => ({ ...each, serial: mailbox.nextSerial() })),
	});
	applyRules(mailbox, delivered);
}

/** A message from outside, or from somebody whose sending doesn't matter. */
export interface Delivery {
	readonly from: string | { readonly name?: string; readonly address: string };
	readonly subject?: string;
	/** HTML if it looks like it. */
	readonly body?: string | { readonly contentType: string; readonly content: string };
	readonly cc?: readonly string[];
	readonly attachments?: ReadonlyArray<{
		readonly name: string;
		readonly contentType?: string;
		/** Base64. */
		readonly contentBytes?: string;
		/** Instead of `contentBytes`: so many bytes of a pattern. */
		readonly sizeBytes?: number;
		readonly isInline?: boolean;
		readonly contentId?: string;
	}>;
	/** ISO 8601; now by default. */
	readonly receivedDateTime?: string;
	/** The `internetMessageId` that it answers. */
	readonly inReplyTo?: string;
	readonly categories?: readonly string[];
	readonly importance?: string;
	readonly headers?: ReadonlyArray<{ readonly name: string; readonly value: string }>;
	/** A folder's id or well-known name; the inbox by default, and then rules apply. */
	readonly folder?: string;
}

export function deliver(mailbox: Mailbox, delivery: Delivery): StoredMessage {
	const from = typeof delivery.from === 'string' ? { address: delivery.from } : delivery.from;
	const body =
		typeof delivery.body === 'object'
			? readBody(delivery.body)
			: readBody({
					contentType: /<\w+[^>]*>/.test(delivery.body ?? '') ? 'html' : 'text',
					content: delivery.body ?? '',
				});
	const received = (
		delivery.receivedDateTime === undefined
			? mailbox.nowText()
			: new Date(delivery.receivedDateTime).toISOString()
	).replace(/\.\d+Z$/, 'Z');
	const message = mailbox.addMessage({
		...emptyContent(),
		folder: mailbox.folder(delivery.folder ?? 'inbox').serial,
		isDraft: false,
		subject: delivery.subject ?? '',
		body,
		bodyPreview: previewOf(bodyText(body)),
		from: { emailAddress: { name: from.name ?? from.address, address: from.address } },
		sender: { emailAddress: { name: from.name ?? from.address, address: from.address } },
		toRecipients: [recipientOf(mailbox.owner)],
		ccRecipients: (delivery.cc ?? []).map((address) => ({
			emailAddress: { name: address, address },
		})),
		categories: delivery.categories ?? [],
		importance: delivery.importance ?? 'normal',
		internetMessageHeaders: delivery.headers ?? [],
		thread: threadOf(mailbox, delivery.inReplyTo),
		createdDateTime: received,
		receivedDateTime: received,
		sentDateTime: received,
		lastModifiedDateTime: received,
		attachments: [],
	});
	for (const attachment of delivery.attachments ?? []) {
		const { sizeBytes, contentBytes = '', ...rest } = attachment;
		const created = createAttachment(mailbox, {
			'@odata.type': '#microsoft.graph.fileAttachment',
			...rest,
			contentBytes: '',
		});
		const bytes =
			sizeBytes === undefined
				? Buffer.from(contentBytes, 'base64')
				: Buffer.alloc(sizeBytes, 'Microsoft 365 sandbox. ');
		message.attachments.push({ ...created, bytes });
	}
	if (delivery.folder === undefined) applyRules(mailbox, message);
	return message;
}

function threadOf(mailbox: Mailbox, inReplyTo: string | undefined): Thread {
	if (inReplyTo === undefined) return newThread();
	const original = [...mailbox.messages.values()].find(
		(each) => each.internetMessageId === inReplyTo,
	);
	const base = original?.thread ?? newThread();
	return { ...base, inReplyTo, references: [...base.references, inReplyTo] };
}

function bounce(mailbox: Mailbox, message: StoredMessage, address: string): void {
	deliver(mailbox, {
		from: { name: 'Microsoft Outlook', address: `postmaster@${address.split('@')[1] ?? ''}` },
		subject: `Undeliverable: ${message.subject}`,
		body: `Your message to ${address} couldn't be delivered. ${address} wasn't found.`,
		inReplyTo: message.internetMessageId,
	});
}

function requireRecipients(recipients: readonly Recipient[]): void {
	const bad = recipients.find(
		({ emailAddress }) => !/^[^\s@]+@[^\s@]+$/.test(emailAddress.address),
	);
	if (recipients.length === 0 || bad !== undefined) {
		throw badRequest(
			'At least one recipient is not valid.' +
				(bad === undefined
					? ''
					: `, Recipient '${bad.emailAddress.address}' is not resolved. All recipients must be resolved before a message can be submitted.`),
			'ErrorInvalidRecipients',
		);
	}
}

function requireSize(message: StoredMessage): void {
	const bytes =
		Buffer.byteLength(message.body.content) +
		message.attachments.reduce((sum, attachment) => sum + sizeOf(attachment), 0);
	if (bytes > largestMessageBytes) {
		throw new RefusedError(
			413,
			'ErrorMessageSizeExceeded',
			'The message exceeds the maximum supported size.',
		);
	}
}

/** Full access to a mailbox stands for the right to send as it, too. */
function requireSendAs(
	{ directory }: PostOffice,
	from: Recipient,
	sender: SandboxUser,
	owner: SandboxUser,
): void {
	const address = from.emailAddress.address.toLowerCase();
	const allowed = [sender.userPrincipalName, owner.userPrincipalName, ...sender.fullAccessTo];
	if (allowed.some((each) => each.toLowerCase() === address)) return;
	if (findUser(directory, address) === undefined) throw denied();
	throw new RefusedError(
		403,
		'ErrorSendAsDenied',
		'The user account which was used to submit this request does not have the right to send mail ' +
			'on behalf of the specified sending account., Cannot submit message.',
	);
}

function deferredUntil({ extended }: StoredMessage): number {
	const time = extended.find(({ id }) => deferredSend.test(id))?.value;
	return typeof time === 'string' ? Date.parse(time) : 0;
}

export function recipientOf(user: SandboxUser): Recipient {
	return { emailAddress: { name: user.displayName, address: user.userPrincipalName } };
}
