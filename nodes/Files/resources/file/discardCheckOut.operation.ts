import { path } from '../../../../core/graph/path';
import { defineOperation } from '../../../kit/operation';
import { fileFields } from '../../fields/items';
import { writes } from '../../shared/permissions';

export const discardCheckOut = defineOperation({
	name: 'Discard Check-Out',
	value: 'discardCheckOut',
	action: 'Discard the check-out of a file',
	description: 'Undo a check-out, together with the changes made since',
	permissions: writes,
	batchable: true,
	properties: fileFields,
	request: ({ params }) => ({
		method: 'POST',
		path: path`${params.item.path}/discardCheckout`,
	}),
	shape: () => ({ success: true }),
});
