import { path } from '../../../../core/graph/path';
import { text } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import {
	type DirectoryKind,
	listDirectory,
	groupProperties,
	groupSearchProperties,
	simplifyGroup,
} from '../../directory';
import { listingFields } from '../../fields/listing';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many groups',
	description: 'List or search the groups of the organization',
	permissions: { delegated: 'GroupMember.Read.All', application: 'GroupMember.Read.All' },
	properties: [
		text('search', {
			displayName: 'Search',
			placeholder: 'e.g. marketing',
			description: 'What a word of the name, or the address, begins with. Empty: all groups.',
		}),
		...listingFields,
	],
	execute: ({ graph, params }) => listDirectory(graph, groups, params),
});

const groups: DirectoryKind = {
	path: path`/groups`,
	searchIn: groupSearchProperties,
	properties: groupProperties,
	simplify: simplifyGroup,
};
