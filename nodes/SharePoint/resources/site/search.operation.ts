import { text } from '../../../kit/fields/values';
import { defineOperation, item } from '../../../kit/operation';
import { limitField, returnAllField, simplifyField } from '../../../kit/fields/output';
import { simplifySite } from '../../simplify';
import { searchSites } from '../../siteSearch';

export const search = defineOperation({
	name: 'Search',
	value: 'search',
	action: 'Search for sites',
	description: 'Find sites by words in their titles, addresses and descriptions',
	permissions: { delegated: 'Sites.Read.All', application: 'Sites.Read.All' },
	properties: [
		text('search', {
			displayName: 'Search For',
			placeholder: 'e.g. sales',
			description: 'Empty: all sites that the connection may see',
		}),
		returnAllField,
		limitField,
		simplifyField,
	],
	execute: async function* ({ graph, params }) {
		for await (const sites of searchSites(graph, params.search, params.limit)) {
			yield sites.map((site) => item(params.simplify ? simplifySite(site) : site));
		}
	},
});
