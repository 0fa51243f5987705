import { ParameterError } from '../../../kit/field';
import { defineOperation } from '../../../kit/operation';
import { siteField } from '../../../kit/sharepoint/site';
import { columns } from '../../fields/columns';
import { itemField } from '../../fields/item';
import { listField } from '../../fields/list';
import { simplifyField } from '../../../kit/fields/output';
import { clearField } from '../../fields/writing';
import { updateRequest } from '../../items';
import { simplifyFields } from '../../simplify';

export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update an item',
	description: 'Change some of the columns of an item; the others stay as they are',
	permissions: { delegated: 'Sites.ReadWrite.All', application: 'Sites.ReadWrite.All' },
	batchable: true,
	properties: [
		siteField,
		listField,
		itemField,
		columns({
			method: 'getColumnsToUpdate',
			mode: 'map',
			showsAll: false,
			description: 'A column that is left empty stays as it is',
		}),
		clearField,
		simplifyField,
	],
	request: ({ params }) => {
		const { site, list, item, clear } = params;
		const fields = { ...clear.fields, ...params.columns.fields };
		if (Object.keys(fields).length === 0) {
			throw new ParameterError('Columns', 'no column has a value', 'Give at least one a value.');
		}
		const headers = { ...clear.headers, ...params.columns.headers };
		return updateRequest(site, list, item, { fields, headers });
	},
	shape: (body, { params }) =>
		params.simplify
			? { id: params.item, ...simplifyFields(body as object) }
			: { ...(body as object) },
});
