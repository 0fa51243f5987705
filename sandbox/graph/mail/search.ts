import { badRequest } from '../refused';
import { hasAttachments } from './attachments';
import { bodyText } from './draft';
import type { Recipient, StoredMessage } from './types';

type Test = (message: StoredMessage) => boolean;

/**
 * The part of KQL that mail searches use: words, "phrases", `property:value`, AND, OR, NOT and
 * brackets; words beside each other must all be found.
 *
 * @throws {RefusedError} for a property search without the quotes that Graph wants around all of it
 */
export function parseSearch(text: string): Test {
	const quoted = /^\s*"([\s\S]*)"\s*$/.exec(text)?.[1];
	if (quoted === undefined && /[:\s]/.test(text.trim())) {
		const at = text.search(/[:\s]/);
		throw badRequest(
			`Syntax error: character '${text.charAt(at)}' is not valid at position ${at} in '${text}'.`,
		);
	}
	const tokens =
		(quoted ?? text)
			.replaceAll('\\"', '"')
			.match(/\w+[:<>=]+"[^"]*"|\w+[:<>=]+[^\s()]+|"[^"]*"|[()]|[^\s()]+/g) ?? [];
	const reader = { tokens, next: 0 };
	const test = parseOr(reader);
	if (reader.next < tokens.length) throw badRequest(`Syntax error in '${text}'.`);
	return test;
}

interface Reader {
	readonly tokens: readonly string[];
	next: number;
}

function parseOr(reader: Reader): Test {
	const options = [parseAnd(reader)];
	while (reader.tokens[reader.next] === 'OR') {
		reader.next += 1;
		options.push(parseAnd(reader));
	}
	return (message) => options.some((test) => test(message));
}

function parseAnd(reader: Reader): Test {
	const parts: Test[] = [];
	for (;;) {
		const token = reader.tokens[reader.next];
		if (token === undefined || token === ')' || token === 'OR') break;
		reader.next += 1;
		if (token !== 'AND') parts.push(parseTerm(reader, token));
	}
	return (message) => parts.every((test) => test(message));
}

function parseTerm(reader: Reader, token: string): Test {
	if (token === 'NOT' || (token.startsWith('-') && token.length > 1)) {
		const operand = token === 'NOT' ? (reader.tokens[reader.next++] ?? '') : token.slice(1);
		const test = parseTerm(reader, operand);
		return (message) => !test(message);
	}
	if (token === '(') {
		const test = parseOr(reader);
		reader.next += 1;
		return test;
	}
	const [, property, operator = ':', value = ''] = /^(\w+)([:<>=]+)(.+)$/s.exec(token) ?? [];
	if (property !== undefined) return propertyTest(property.toLowerCase(), operator, unquote(value));
	const word = unquote(token);
	return (message) =>
		contains(`${message.subject}\n${bodyText(message.body)}\n${people(message)}`, word) ||
		attachmentNames(message).some((name) => contains(name, word));
}

function propertyTest(property: string, operator: string, value: string): Test {
	switch (property) {
		case 'subject':
			return ({ subject }) => contains(subject, value);
		case 'body':
			return ({ body }) => contains(bodyText(body), value);
		case 'from':
			return ({ from }) => contains(names(from === undefined ? [] : [from]), value);
		case 'to':
			return ({ toRecipients }) => contains(names(toRecipients), value);
		case 'cc':
			return ({ ccRecipients }) => contains(names(ccRecipients), value);
		case 'bcc':
			return ({ bccRecipients }) => contains(names(bccRecipients), value);
		case 'recipients':
		case 'participants':
			return (message) => contains(people(message), value);
		case 'attachment':
			return (message) => attachmentNames(message).some((name) => contains(name, value));
		case 'hasattachment':
		case 'hasattachments':
			return (message) => hasAttachments(message) === (value.toLowerCase() === 'true');
		case 'importance':
			return ({ importance }) => importance === value.toLowerCase();
		case 'category':
			return ({ categories }) => categories.some((each) => contains(each, value));
		case 'kind':
			return () => value.toLowerCase() === 'email';
		case 'received':
			return ({ receivedDateTime }) => dateTest(receivedDateTime, operator, value);
		case 'sent':
			return ({ sentDateTime }) => dateTest(sentDateTime, operator, value);
		default:
			// An unknown property is searched as the words that it's written with.
			return ({ subject, body }) => contains(`${subject} ${bodyText(body)}`, value);
	}
}

function dateTest(actual: string, operator: string, value: string): boolean {
	const [from = '', to] = value.split('..');
	const time = Date.parse(actual);
	const start = Date.parse(from);
	const end = Date.parse(to ?? from) + ((to ?? from).includes('T') ? 0 : 86_400_000);
	switch (operator) {
		case '>':
			return time >= end;
		case '>=':
			return time >= start;
		case '<':
			return time < start;
		case '<=':
			return time < end;
	}
	return time >= start && time < end;
}

function contains(text: string, word: string): boolean {
	return text.toLowerCase().includes(word.replace(/\*$/, '').toLowerCase());
}

function names(recipients: readonly Recipient[]): string {
	return recipients
		.map(({ emailAddress }) => `${emailAddress.name ?? ''} ${emailAddress.address}`)
		.join(' ');
}

function people(message: StoredMessage): string {
	return names([
		...(message.from === undefined ? [] : [message.from]),
		...message.toRecipients,
		...message.ccRecipients,
		...message.bccRecipients,
	]);
}

function attachmentNames({ attachments }: StoredMessage): string[] {
	return attachments.map(({ name }) => name);
}

function unquote(text: string): string {
	return text.replace(/^"(.*)"$/s, '$1');
}
