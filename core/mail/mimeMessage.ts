import type {
	AddressObject,
	EmailAddress,
	HeaderLines,
	Headers,
	HeaderValue,
	MessageText,
} from 'mailparser';
import { htmlText } from './htmlText';
import type { MailAddress, ParsedMessage, ReadAttachment } from './parsedMessage';

export interface ReadParts {
	readonly headers: Headers;
	/** As the message has them, in its order. */
	readonly lines: HeaderLines;
	readonly text: MessageText | undefined;
	readonly attachments: readonly ReadAttachment[];
	readonly betweenParts: string;
}

/** A text beyond this is cut: it could not be worked with in a workflow. */
const maxTextLength = 5_000_000;
const maxHeaders = 500;
const maxHeaderLength = 20_000;

/** What the parser found, in the package's shape. */
export async function messageFrom({
	headers,
	lines,
	text,
	attachments,
	betweenParts,
}: ReadParts): Promise<ParsedMessage> {
	const defects: string[] = [];
	const html = cut(textOf(text?.html), 'HTML', defects);
	let plain = cut(textOf(text?.text), 'text', defects);
	if (!plain && !html && attachments.length === 0 && betweenParts) {
		defects.push('Its parts can not be told apart; the text is what stands where they should be.');
		plain = betweenParts;
	}
	if (`${plain}${html}`.includes('\uFFFD')) {
		defects.push('Some characters are not of the character set that the message names.');
	}
	const date = dateFrom(headers, lines, defects);
	const header = (name: string) => textOf(headers.get(name));
	const people = (name: string) => addressesIn(headers.get(name));
	const from = people('from');
	if (from.length === 0) defects.push('The message names no sender.');
	for (const name of ['from', 'subject', 'date', 'message-id']) {
		const count = lines.filter(({ key }) => key === name).length;
		if (count > 1) defects.push(`The header ${name} occurs ${count} times; the last is used.`);
	}
	return {
		messageId: header('message-id'),
		inReplyTo: header('in-reply-to'),
		references: textsOf(headers.get('references')),
		subject: header('subject'),
		...(date !== undefined && { date }),
		from,
		sender: people('sender'),
		replyTo: people('reply-to'),
		to: people('to'),
		cc: people('cc'),
		bcc: people('bcc'),
		importance: importanceOf(header('priority')),
		text: plain.trim() === '' && html !== '' ? await htmlText(html) : plain,
		html,
		headers: headersFrom(lines, defects),
		attachments,
		defects,
	};
}

function cut(content: string, label: string, defects: string[]): string {
	if (content.length <= maxTextLength) return content;
	defects.push(`The ${label} was cut: it is longer than ${maxTextLength} characters.`);
	return content.slice(0, maxTextLength);
}

/** The parser takes the present time for a date that it can't read; the message has none then. */
function dateFrom(headers: Headers, lines: HeaderLines, defects: string[]): string | undefined {
	const date = headers.get('date');
	if (!(date instanceof Date) || Number.isNaN(date.getTime())) return undefined;
	// Of several the parser takes the last.
	const raw = lines.findLast(({ key }) => key === 'date')?.line ?? '';
	const value = raw.slice(raw.indexOf(':') + 1).trim();
	if (!Number.isNaN(new Date(value).getTime())) return date.toISOString();
	defects.push("The message's date can not be read.");
	return undefined;
}

function addressesIn(value: HeaderValue | undefined): MailAddress[] {
	// A header that occurs more than once is a list of what each holds.
	const objects = (Array.isArray(value) ? value : [value]) as unknown[];
	return objects.filter(isAddressObject).flatMap(({ value: entries }) => entries.flatMap(flatten));
}

function isAddressObject(value: unknown): value is AddressObject {
	return (
		typeof value === 'object' && value !== null && 'value' in value && Array.isArray(value.value)
	);
}

/** The members of a group such as `Team: a@x, b@x;`, or the address itself. */
function flatten({ name, address, group }: EmailAddress): MailAddress[] {
	if (group) return group.flatMap(flatten);
	if (!name && !address) return [];
	return [{ name, address: address ?? '' }];
}

function textOf(value: unknown): string {
	if (typeof value === 'string') return value;
	return Array.isArray(value) && typeof value.at(-1) === 'string' ? (value.at(-1) as string) : '';
}

function textsOf(value: HeaderValue | undefined): string[] {
	if (typeof value === 'string') return [value];
	if (!Array.isArray(value)) return [];
	return value.filter((entry): entry is string => typeof entry === 'string');
}

function importanceOf(priority: string): ParsedMessage['importance'] {
	return priority === 'high' || priority === 'low' ? priority : 'normal';
}

function headersFrom(lines: HeaderLines, defects: string[]): ParsedMessage['headers'] {
	const found = new Map<string, string | string[]>();
	for (const { key, line } of lines.slice(0, maxHeaders)) {
		if (key === '') continue;
		const value = decodeLine(line).slice(0, maxHeaderLength);
		const earlier = found.get(key);
		if (earlier === undefined) found.set(key, value);
		else if (Array.isArray(earlier)) earlier.push(value);
		else found.set(key, [earlier, value]);
	}
	if (lines.length > maxHeaders) {
		defects.push(`Of ${lines.length} header lines the first ${maxHeaders} are kept.`);
	}
	return Object.fromEntries(found);
}

/** Unfolded. Words such as `=?utf-8?...?=` stay as they are: the fields beside have them decoded. */
function decodeLine(line: string): string {
	// One character a byte; what is beyond ASCII is UTF-8 in practice.
	return Buffer.from(line, 'binary')
		.toString('utf8')
		.slice(line.indexOf(':') + 1)
		.replaceAll(/\r?\n[ \t]*/g, ' ')
		.trim();
}
