import type { ColumnDefinition } from '@microsoft/microsoft-graph-types';
import { path } from '../../../../core/graph/path';
import { isForPeople } from '../../../../core/sharepoint/columnKind';
import { collection, toggle } from '../../../kit/fields/values';
import { defineOperation, item } from '../../../kit/operation';
import { siteField } from '../../../kit/sharepoint/site';
import { listField } from '../../fields/list';
import { simplifyField } from '../../../kit/fields/output';
import { simplifyColumn } from '../../simplify';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many columns',
	description: 'List the columns of a list with their types, choices and internal names',
	permissions: { delegated: 'Sites.Read.All', application: 'Sites.Read.All' },
	properties: [
		siteField,
		listField,
		simplifyField,
		collection('options', {
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: [
				toggle('includeSystem', {
					displayName: 'Include System Columns',
					description: "Whether to return SharePoint's own hidden columns too",
				}),
			],
		}),
	],
	execute: async function* ({ graph, params }) {
		const { site, list, simplify, options } = params;
		const request = { method: 'GET', path: path`/sites/${site}/lists/${list}/columns` } as const;
		for await (const columns of graph.pages<ColumnDefinition>(request, { pageSize: 500 })) {
			yield columns
				.filter((column) => options.includeSystem === true || isForPeople(column))
				.map((column) => item(simplify ? simplifyColumn(column) : column));
		}
	},
});
