import { path } from '../../../../core/graph/path';
import { defineOperation } from '../../../kit/operation';
import { fileFields } from '../../fields/items';
import { writes } from '../../shared/permissions';

export const checkOut = defineOperation({
	name: 'Check Out',
	value: 'checkOut',
	action: 'Check out a file',
	description: 'Reserve a file for the signed-in person, so that nobody else changes it',
	permissions: writes,
	batchable: true,
	properties: fileFields,
	request: ({ params }) => ({
		method: 'POST',
		path: path`${params.item.path}/checkout`,
	}),
	shape: () => ({ success: true }),
});
