import type { Recipient } from '@microsoft/microsoft-graph-types';
import { ParameterError } from './field';
import { asText, show } from './fields/rawValues';

/**
 * Reads people as users write them: `ana@contoso.com, "Okafor, Ben" <ben@contoso.com>`, separated by
 * commas, semicolons or lines; expressions may answer a list of such texts or of Graph's recipients.
 *
 * @throws {ParameterError} naming the entry that is no address
 */
export function readRecipients(raw: unknown, label: string): Recipient[] {
	if (Array.isArray(raw)) return raw.flatMap((entry) => readRecipients(entry, label));
	if (typeof raw === 'object' && raw !== null) return [fromObject(raw, label)];
	return splitEntries(asText(raw, label)).map((entry) => fromText(entry, label));
}

/** Separators inside of quotes and angle brackets belong to a name or an address. */
function splitEntries(text: string): string[] {
	const entries = text.match(/(?:"(?:[^"\\]|\\.)*"|<[^>]*>|[^,;\r\n])+/g) ?? [];
	return entries.map((entry) => entry.trim()).filter((entry) => entry !== '');
}

function fromText(entry: string, label: string): Recipient {
	const named = /^(.*?)<([^<>]*)>$/s.exec(entry);
	if (!named) return recipient(entry, undefined, label);
	const [, name = '', address = ''] = named;
	return recipient(address, unquoted(name), label);
}

function unquoted(name: string): string {
	const trimmed = name.trim();
	return /^".*"$/s.test(trimmed) ? trimmed.slice(1, -1).replaceAll(/\\(.)/g, '$1') : trimmed;
}

function fromObject(value: object, label: string): Recipient {
	const { emailAddress = value } = value as { emailAddress?: object };
	const { address, name } = emailAddress as { address?: unknown; name?: unknown };
	return recipient(asText(address, label), asText(name, label), label);
}

function recipient(entered: string, name: string | undefined, label: string): Recipient {
	const address = entered.trim();
	if (!/^[^\s@<>(),;:"[\]]+@[^\s@<>(),;:"]+$/.test(address)) {
		throw new ParameterError(
			label,
			`${show(entered)} is no email address`,
			'Enter addresses like ana@contoso.com or Ana Martins <ana@contoso.com>, separated by commas.',
		);
	}
	return { emailAddress: { address, ...(name && { name }) } };
}
