import { path } from '../../../../core/graph/path';
import { limitField, returnAllField, simplifyField } from '../../../kit/fields/output';
import { text } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import {
	basicUserProperties,
	directoryPages,
	searchIn,
	simplifyUser,
	userSearchProperties,
} from '../../directory';
import { listingOptions } from '../../fields/listing';

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
		returnAllField,
		limitField,
		simplifyField,
		listingOptions,
	],
	execute: ({ graph, params }) => {
		const { properties = [], filter } = params.options;
		const isSimple = params.simplify && properties.length === 0;
		return directoryPages(graph, {
			path: path`/users`,
			query: {
				$search: searchIn(userSearchProperties, params.search),
				$filter: filter?.trim() || undefined,
				$select: properties.join(',') || (isSimple ? basicUserProperties : undefined),
			},
			limit: params.limit,
			output: (user) => (isSimple ? simplifyUser(user) : user),
		});
	},
});
