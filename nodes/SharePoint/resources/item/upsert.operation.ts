import type { ListItem } from '@microsoft/microsoft-graph-types';
import { ParameterError } from '../../../kit/field';
import { collection } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { withoutIndex } from '../../../kit/sharepoint/people';
import { siteField } from '../../../kit/sharepoint/site';
import { requireIndex } from '../../columnFilter';
import { columns } from '../../fields/columns';
import { listField } from '../../fields/list';
import { simplifyField } from '../../../kit/fields/output';
import { withoutIndexOption } from '../../fields/writing';
import { createRequest, itemsPath, updateRequest } from '../../items';
import { simplifyFields, simplifyItem } from '../../simplify';

export const upsert = defineOperation({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update an item',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	permissions: { delegated: 'Sites.ReadWrite.All', application: 'Sites.ReadWrite.All' },
	batchable: true,
	properties: [
		siteField,
		listField,
		columns({
			method: 'getColumnsToUpsert',
			mode: 'upsert',
			description: 'Of an item that exists, a column that is left empty stays as it is',
		}),
		simplifyField,
		collection('options', {
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: [withoutIndexOption],
		}),
	],
	read: ({ params }) => {
		const { site, list, options } = params;
		const { match } = params.columns;
		if (!match) throw new ParameterError('Columns', 'no column to match is chosen');
		if (!options.allowNonIndexed) requireIndex(match.column, 'Column to Match');
		return {
			method: 'GET',
			path: itemsPath(site, list),
			query: { $filter: match.filter, $select: 'id', $top: 2 },
			...(options.allowNonIndexed && { headers: withoutIndex }),
		};
	},
	request: ({ params, current }) => {
		const { site, list, columns: values } = params;
		const [found, ...others] = (current as { value: ListItem[] }).value;
		if (others.length > 0) {
			throw new ParameterError(
				'Column to Match',
				`several items have the same value in "${values.match?.column.displayName ?? ''}"`,
				'Nothing was changed. Match by a column whose values are unique.',
			);
		}
		return found?.id === undefined
			? createRequest({ site, list, values })
			: updateRequest(site, list, found.id, values);
	},
	shape: (body, { params }) => {
		// Graph answers an item that is new, and the columns alone of one that was changed.
		const isNew = 'fields' in (body as object);
		const result = isNew ? 'created' : 'updated';
		if (!params.simplify) return { result, ...(body as object) };
		if (isNew) return { result, ...simplifyItem(body as ListItem) };
		return { result, id: (body as ListItem).id ?? '', ...simplifyFields(body as object) };
	},
});
