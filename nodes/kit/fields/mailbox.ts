import type { TokenProvider } from '../../../core/auth/TokenProvider';
import { type GraphPath, path } from '../../../core/graph/path';
import { type Field, ParameterError } from '../field';
import { asText, show } from './rawValues';

const label = 'Mailbox';

/** Whose mailbox an operation works on, as the root of its Graph path. Can differ from item to item. */
export const mailboxField: Field<'mailbox', GraphPath> = {
	name: 'mailbox',
	property: {
		displayName: label,
		name: 'mailbox',
		type: 'string',
		default: '',
		placeholder: 'e.g. support@contoso.com',
		description:
			"The address of the mailbox to work on, which may be a shared or somebody else's. Empty: the signed-in person's own.",
	},
	read: (raw, { identity }) => mailboxRoot(asText(raw, label), identity),
};

/** @throws {ParameterError} where an app has no mailbox of its own, or the text is no address or id */
export function mailboxRoot(address: string, identity: TokenProvider['kind']): GraphPath {
	const value = address.trim();
	if (value !== '' && value.toLowerCase() !== 'me') {
		if (/^[^\s@<>,;]+@[^\s@<>,;]+$|^[0-9a-f-]{36}$/i.test(value)) return path`/users/${value}`;
		throw new ParameterError(
			label,
			`is ${show(value)}, which is no email address`,
			'Enter one address, like support@contoso.com, or a user ID.',
		);
	}
	if (identity === 'delegated') return path`/me`;
	throw new ParameterError(
		label,
		'is empty, but the app has no mailbox of its own',
		'Enter the address of the mailbox to work on.',
	);
}
