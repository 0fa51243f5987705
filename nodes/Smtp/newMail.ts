import type { Recipient } from '@microsoft/microsoft-graph-types';
import type {
	CalendarPart,
	MailAddress,
	OutgoingFile,
	OutgoingMail,
} from '../../core/mail/outgoingMail';
import { contentIdsIn } from '../kit/attachments/attach';
import type { BinarySource } from '../kit/binary';
import { ParameterError, type ParamsOf } from '../kit/field';
import type { optionFields } from './fields';

export interface MailParams {
	readonly to: readonly Recipient[];
	readonly subject: string;
	readonly bodyType: 'html' | 'both' | 'text';
	readonly body: string;
	readonly plainBody: string | undefined;
	readonly options: Partial<ParamsOf<typeof optionFields>>;
}

/**
 * The message that the form describes.
 * @throws {ParameterError} for a header, Message-ID or invitation that can't be sent
 */
export function newMail(
	params: MailParams,
	mailbox: string,
	sources: readonly BinarySource[],
): OutgoingMail {
	const { to, subject, bodyType, body, plainBody, options } = params;
	const { cc = [], bcc = [], replyTo = [], headers = [], invitation = '' } = options;
	const [from = { address: mailbox }] = addresses(options.from ? [options.from] : []);
	const inReplyTo = messageIds([options.inReplyTo ?? ''], 'In Reply To');
	const references = messageIds(options.references ?? [], 'References');
	const text = bodyType === 'text' ? body : plainBody;
	return {
		from,
		to: addresses(to),
		cc: addresses(cc),
		bcc: addresses(bcc),
		replyTo: addresses(replyTo),
		subject,
		...(text !== undefined && { text }),
		...(bodyType !== 'text' && { html: body }),
		...(inReplyTo[0] !== undefined && { inReplyTo: inReplyTo[0] }),
		references: references.length > 0 ? references : inReplyTo,
		...(options.priority && { priority: options.priority }),
		...(options.requestReadReceipt && { readReceiptTo: from }),
		wantsDeliveryReceipt: options.requestDeliveryReceipt ?? false,
		headers: Object.fromEntries(headers.map(header)),
		files: filesOf(sources, bodyType === 'text' ? '' : body),
		...(invitation.trim() !== '' && { calendar: calendarPart(invitation) }),
	};
}

const addresses = (people: readonly Recipient[]): MailAddress[] =>
	people.map(({ emailAddress }) => ({
		address: emailAddress?.address ?? '',
		...(emailAddress?.name && { name: emailAddress.name }),
	}));

/** Whoever copies an ID from a mail may take it with or without its brackets. */
function messageIds(entered: readonly string[], label: string): string[] {
	return entered
		.flatMap((text) => text.split(/[\s,]+/))
		.filter((id) => id !== '')
		.map((id) => {
			const bare = id.replace(/^<|>$/g, '');
			if (/^[^\s<>@]+@[^\s<>@]+$/.test(bare)) return `<${bare}>`;
			throw new ParameterError(
				label,
				`"${id}" is no Message-ID`,
				'Enter it as the email has it, like <abc@contoso.com>: the field internetMessageId or messageId of a node that reads mail.',
			);
		});
}

/** What the message has of its own; another one of them would contradict it. */
const ownHeaders =
	/^(from|sender|to|cc|bcc|reply-to|subject|date|message-id|in-reply-to|references|mime-version|content-.*|return-path|received|dkim-signature)$/i;

function header(row: { readonly name?: string; readonly value?: string }): [string, string] {
	const { name = '', value = '' } = row;
	const label = 'Custom Headers';
	if (!/^[\x21-\x39\x3b-\x7e]+$/.test(name.trim())) {
		throw new ParameterError(
			label,
			`"${name}" is no name for a header`,
			'Use letters, digits and hyphens without spaces, like X-Ticket-ID.',
		);
	}
	if (ownHeaders.test(name.trim())) {
		throw new ParameterError(
			label,
			`${name.trim()} is set by the fields of the form`,
			'Use its field or option instead.',
		);
	}
	if (/[\r\n]/.test(value))
		throw new ParameterError(label, `${name.trim()} has more than one line`);
	return [name.trim(), value];
}

function filesOf(sources: readonly BinarySource[], html: string): OutgoingFile[] {
	const contentIds = contentIdsIn(html);
	return sources.map((source) => {
		const { field, fileName, mimeType, size } = source;
		const contentId = [field, fileName].find((name) => contentIds.has(name));
		return {
			fileName,
			mimeType,
			size,
			open: async () => await source.open(),
			...(contentId !== undefined && { contentId }),
		};
	});
}

function calendarPart(content: string): CalendarPart {
	const method = /^METHOD:(REQUEST|CANCEL|REPLY|PUBLISH)\s*$/im.exec(content)?.[1]?.toUpperCase();
	if (!/^\s*BEGIN:VCALENDAR\s/i.test(content) || method === undefined) {
		throw new ParameterError(
			'Calendar Invitation',
			'is no iCalendar text with a METHOD that mail has',
			'It begins with BEGIN:VCALENDAR and has a line such as METHOD:REQUEST (or CANCEL, REPLY, PUBLISH).',
		);
	}
	return {
		method: method as CalendarPart['method'],
		content: content.trim().replace(/\r?\n/g, '\r\n'),
	};
}
