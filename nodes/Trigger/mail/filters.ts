import type { Message } from '@microsoft/microsoft-graph-types';
import type { ParamsOf } from '../../kit/field';
import { hasAttachmentsChoice, importanceChoice, readStateChoice } from '../../kit/fields/outlook';
import { collection, text, textList } from '../../kit/fields/values';
import { addressesOf } from '../../Mail/message';

const filterFields = [
	text('bodyContains', {
		displayName: 'Body Contains',
		placeholder: 'e.g. order number',
		description: 'Words anywhere in the text; upper and lower case are the same',
	}),
	text('category', { displayName: 'Category', placeholder: 'e.g. Invoices' }),
	textList('from', {
		displayName: 'From',
		placeholder: 'e.g. ben@contoso.com, @fabrikam.com',
		description: 'Addresses, or whole domains with an @ in front; one of them must be the sender',
	}),
	hasAttachmentsChoice,
	importanceChoice('high'),
	readStateChoice,
	text('subject', { displayName: 'Subject Contains', placeholder: 'e.g. invoice' }),
	textList('to', {
		displayName: 'To',
		placeholder: 'e.g. support@contoso.com',
		description: 'Addresses, or whole domains with an @ in front; one of them among To and Cc',
	}),
] as const;

export type MailFilters = Partial<ParamsOf<typeof filterFields>>;

export const mailFiltersField = collection('filters', {
	displayName: 'Filters',
	placeholder: 'Add Filter',
	description: 'Each that is added must hold; without any, every message starts a run',
	fields: filterFields,
});

/** The properties that the filters judge by, so that an idle look reads no others. */
export function filterProperties(filters: MailFilters): string[] {
	return [
		filters.from && filters.from.length > 0 && 'from',
		filters.to && filters.to.length > 0 && 'toRecipients',
		filters.to && filters.to.length > 0 && 'ccRecipients',
		filters.subject && 'subject',
		filters.hasAttachments && 'hasAttachments',
		filters.importance && 'importance',
		filters.category && 'categories',
		filters.readState && 'isRead',
	].filter((name): name is string => typeof name === 'string' && name !== '');
}

/** All filters but the one by body, which a look doesn't read. */
export function matchesFilters(message: Message, filters: MailFilters): boolean {
	const { from = [], to = [], subject, hasAttachments, importance, category, readState } = filters;
	const recipients = [...addressesOf(message.toRecipients), ...addressesOf(message.ccRecipients)];
	return (
		isAmong(addressesOf(message.from ? [message.from] : []), from) &&
		isAmong(recipients, to) &&
		contains(message.subject, subject) &&
		(hasAttachments === undefined || String(message.hasAttachments ?? false) === hasAttachments) &&
		(importance === undefined || (message.importance ?? 'normal') === importance) &&
		(!category || (message.categories ?? []).some((own) => isSame(own, category))) &&
		(readState === undefined || (message.isRead ?? false) === (readState === 'read'))
	);
}

/** @param text as plain text */
export const bodyMatches = (text: string | null | undefined, filters: MailFilters): boolean =>
	contains(text, filters.bodyContains);

function isAmong(addresses: readonly string[], wanted: readonly string[]): boolean {
	return (
		wanted.length === 0 ||
		wanted.some((pattern) =>
			addresses.some((address) =>
				pattern.startsWith('@')
					? address.toLowerCase().endsWith(pattern.toLowerCase())
					: isSame(address, pattern),
			),
		)
	);
}

const isSame = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

function contains(text: string | null | undefined, wanted: string | undefined): boolean {
	if (!wanted) return true;
	return plain(text).includes(plain(wanted));
}

/** A line's end is no reason for two words not to stand side by side. */
const plain = (text: string | null | undefined): string =>
	(text ?? '').replaceAll(/\s+/g, ' ').toLowerCase();
