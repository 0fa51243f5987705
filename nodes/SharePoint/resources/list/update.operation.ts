import type { List } from '@microsoft/microsoft-graph-types';
import { path } from '../../../../core/graph/path';
import { ParameterError } from '../../../kit/field';
import { collection, text } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { siteField } from '../../../kit/sharepoint/site';
import { listField } from '../../fields/list';
import { simplifyField } from '../../../kit/fields/output';
import { simplifyList } from '../../simplify';

export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update a list',
	description: 'Change the title or description of a list; its address stays',
	permissions: { delegated: 'Sites.Manage.All', application: 'Sites.Manage.All' },
	batchable: true,
	properties: [
		siteField,
		listField,
		collection('changes', {
			displayName: 'Changes',
			placeholder: 'Add Change',
			fields: [
				text('description', { displayName: 'Description' }),
				text('displayName', { displayName: 'Title', required: true }),
			],
		}),
		simplifyField,
	],
	request: ({ params }) => {
		if (Object.keys(params.changes).length === 0) {
			throw new ParameterError('Changes', 'is empty', 'Add at least one change.');
		}
		return {
			method: 'PATCH',
			path: path`/sites/${params.site}/lists/${params.list}`,
			body: params.changes,
		};
	},
	shape: (body, { params }) =>
		params.simplify ? simplifyList(body as List) : { ...(body as object) },
});
