import type { ListItem } from '@microsoft/microsoft-graph-types';
import { defineOperation, item } from '../../../kit/operation';
import { listColumns } from '../../../kit/sharepoint/listColumns';
import { withoutIndex } from '../../../kit/sharepoint/people';
import { siteField } from '../../../kit/sharepoint/site';
import { listField } from '../../fields/list';
import {
	combineField,
	conditionsField,
	findByField,
	listingOptions,
	odataField,
} from '../../fields/listing';
import { limitField, returnAllField, simplifyField } from '../../../kit/fields/output';
import { itemQuery } from '../../itemQuery';
import { itemsPath } from '../../items';
import { simplifyItem } from '../../simplify';

/** SharePoint gives up to 5,000; of that many with all columns an answer has tens of megabytes. */
const pageSize = 1000;

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many items',
	description: 'List the items of a list, filtered and sorted by its columns',
	permissions: { delegated: 'Sites.Read.All', application: 'Sites.Read.All' },
	properties: [
		siteField,
		listField,
		findByField,
		conditionsField,
		combineField,
		odataField,
		returnAllField,
		limitField,
		simplifyField,
		listingOptions,
	],
	execute: async function* ({ graph, params, timezone }) {
		const { site, list, limit, options, conditions = [] } = params;
		const needsColumns =
			conditions.length > 0 || options.sortBy !== undefined || (options.columns ?? []).length > 0;
		const columns = needsColumns ? await listColumns(graph, site, list) : [];
		const request = {
			method: 'GET',
			path: itemsPath(site, list),
			query: await itemQuery({ graph, site, timezone }, columns, params),
			...(options.allowNonIndexed && { headers: withoutIndex }),
		} as const;
		const pages = graph.pages<ListItem>(request, {
			pageSize,
			...(limit !== undefined && { limit }),
		});
		for await (const page of pages) {
			yield page.map((each) => item(params.simplify ? simplifyItem(each) : each));
		}
	},
});
