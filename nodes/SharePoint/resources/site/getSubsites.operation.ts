import type { Site } from '@microsoft/microsoft-graph-types';
import { path } from '../../../../core/graph/path';
import { defineOperation, item } from '../../../kit/operation';
import { siteField } from '../../../kit/sharepoint/site';
import { limitField, returnAllField, simplifyField } from '../../../kit/fields/output';
import { simplifySite } from '../../simplify';

export const getSubsites = defineOperation({
	name: 'Get Subsites',
	value: 'getSubsites',
	action: 'Get subsites of a site',
	description: 'List the sites directly below a site',
	permissions: { delegated: 'Sites.Read.All', application: 'Sites.Read.All' },
	properties: [siteField, returnAllField, limitField, simplifyField],
	execute: async function* ({ graph, params }) {
		const request = { method: 'GET', path: path`/sites/${params.site}/sites` } as const;
		const { limit } = params;
		const options = { pageSize: 200, ...(limit !== undefined && { limit }) };
		for await (const sites of graph.pages<Site>(request, options)) {
			yield sites.map((site) => item(params.simplify ? simplifySite(site) : site));
		}
	},
});
