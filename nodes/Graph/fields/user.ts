import { type GraphPath, path } from '../../../core/graph/path';
import { type Field, ParameterError } from '../../kit/field';
import { mailboxRoot } from '../../kit/fields/mailbox';
import { asText } from '../../kit/fields/rawValues';
import { locator } from '../../kit/pickers/locator';

const label = 'User';

const found = locator('user', {
	displayName: label,
	description: 'The person to work on',
	modeOf: (value) => (value.includes('@') || value.toLowerCase() === 'me' ? 'name' : 'id'),
	modes: [
		{
			name: 'list',
			form: {
				displayName: 'From List',
				type: 'list',
				placeholder: 'Search by name or address',
				typeOptions: { searchListMethod: 'searchUsers', searchable: true },
			},
			read: (value) => value,
		},
		{
			name: 'name',
			form: {
				displayName: 'By User Name',
				type: 'string',
				placeholder: 'e.g. ana@contoso.com',
				hint: 'The name that the person signs in with, or me for the signed-in person',
			},
			read: (value) => value,
		},
		{
			name: 'id',
			form: {
				displayName: 'By ID',
				type: 'string',
				placeholder: 'e.g. 87d349ed-44d7-43e1-9a83-5f2406dee5bd',
			},
			read: (value) => value,
		},
	],
});

/** A person of the directory; reads as the root of their Graph path. */
export const userField: Field<'user', GraphPath> = {
	...found,
	read: (raw, context) => {
		const value = asText(found.read(raw, context), label);
		if (value.toLowerCase() !== 'me') return path`/users/${value}`;
		if (context.identity === 'delegated') return mailboxRoot('', context.identity);
		throw new ParameterError(
			label,
			'is me, but the connection is an app of its own',
			"Enter the person's user name.",
		);
	},
};
