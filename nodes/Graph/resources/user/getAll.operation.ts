import { path } from '../../../../core/graph/path';
import { text } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import {
	basicUserProperties,
	type DirectoryKind,
	listDirectory,
	simplifyUser,
	userSearchProperties,
} from '../../directory';
import { listingFields } from '../../fields/listing';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many users',
	description: 'List or search the people of the organization',
	permissions: { delegated: 'User.ReadBasic.All', application: 'User.Read.All' },
	properties: [
		text('search', {
			displayName: 'Search',
			placeholder: 'e.g. martins',
			description: 'What a word of the name, or the address, begins with. Empty: everybody.',
		}),
		...listingFields,
	],
	execute: ({ graph, params }) => listDirectory(graph, users, params),
});

const users: DirectoryKind = {
	path: path`/users`,
	searchIn: userSearchProperties,
	properties: basicUserProperties,
	simplify: simplifyUser,
};
