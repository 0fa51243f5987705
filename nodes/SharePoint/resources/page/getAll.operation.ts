import { defineOperation, item } from '../../../kit/operation';
import { siteField } from '../../../kit/sharepoint/site';
import { limitField, returnAllField, simplifyField } from '../../../kit/fields/output';
import { pagesOf } from '../../pages';
import { simplifyPage } from '../../simplify';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many pages',
	description: 'List the pages and news posts of a site',
	permissions: { delegated: 'Sites.Read.All', application: 'Sites.Read.All' },
	properties: [siteField, returnAllField, limitField, simplifyField],
	execute: async function* ({ graph, params }) {
		for await (const pages of pagesOf(graph, params.site, {}, params.limit)) {
			yield pages.map((page) => item(params.simplify ? simplifyPage(page) : page));
		}
	},
});
