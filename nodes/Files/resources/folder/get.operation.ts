import { collection } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { folderFields } from '../../fields/items';
import { includeColumnsField, simplifyField } from '../../fields/output';
import { itemQuery, outputItem } from '../../item';
import { reads } from '../../shared/permissions';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get a folder',
	description: 'Get what is known of a folder, such as its ID, size and address',
	permissions: reads,
	batchable: true,
	properties: [
		...folderFields,
		simplifyField,
		collection('options', {
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: [includeColumnsField],
		}),
	],
	request: ({ params }) => ({
		method: 'GET',
		path: params.item.path,
		query: itemQuery(params.simplify, params.options.includeColumns),
	}),
	shape: (body, { params }) => outputItem(body as object, params.simplify),
});
