import { path } from '../../../../core/graph/path';
import { limitField, returnAllField, simplifyField } from '../../../kit/fields/output';
import { text } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import {
	directoryPages,
	groupProperties,
	groupSearchProperties,
	searchIn,
	simplifyGroup,
} from '../../directory';
import { listingOptions } from '../../fields/listing';

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
		returnAllField,
		limitField,
		simplifyField,
		listingOptions,
	],
	execute: ({ graph, params }) => {
		const { properties = [], filter } = params.options;
		const isSimple = params.simplify && properties.length === 0;
		return directoryPages(graph, {
			path: path`/groups`,
			query: {
				$search: searchIn(groupSearchProperties, params.search),
				$filter: filter?.trim() || undefined,
				$select: properties.join(',') || (isSimple ? groupProperties : undefined),
			},
			limit: params.limit,
			output: (group) => (isSimple ? simplifyGroup(group) : group),
		});
	},
});
