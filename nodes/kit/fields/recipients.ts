import type { Recipient } from '@microsoft/microsoft-graph-types';
import { type Field, ParameterError } from '../field';
import { text } from './values';
import { readRecipients } from '../recipients';

interface RecipientsOptions {
	readonly displayName: string;
	readonly description?: string;
	readonly required?: boolean;
}

/** People by address, with or without names. */
export function recipients<const Name extends string>(
	name: Name,
	options: RecipientsOptions,
): Field<Name, Recipient[]> {
	const { property } = text(name, {
		placeholder: 'e.g. ana@contoso.com, Ben Okafor <ben@contoso.com>',
		...options,
	});
	return {
		name,
		property,
		read: (raw) => {
			const people = readRecipients(raw, options.displayName);
			if (options.required && people.length === 0) {
				throw new ParameterError(options.displayName, 'is empty', 'Enter at least one address.');
			}
			return people;
		},
	};
}

/** One person by address. */
export function recipient<const Name extends string>(
	name: Name,
	options: RecipientsOptions & { readonly placeholder?: string },
): Field<Name, Recipient | undefined> {
	const { property } = text(name, { placeholder: 'e.g. ana@contoso.com', ...options });
	return {
		name,
		property,
		read: (raw) => {
			const people = readRecipients(raw, options.displayName);
			if (people.length > 1) {
				throw new ParameterError(options.displayName, `takes one address, not ${people.length}`);
			}
			return people[0];
		},
	};
}
