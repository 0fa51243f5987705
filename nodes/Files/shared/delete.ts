import { type Operation, defineOperation } from '../../kit/operation';
import { fileFields, folderFields } from '../fields/items';
import { writes } from './permissions';
import { refuseRoot } from './refuseRoot';

export function deleteOperation(kind: 'file' | 'folder'): Operation {
	return defineOperation({
		name: 'Delete',
		value: 'delete',
		action: `Delete a ${kind}`,
		description: `Move a ${kind} to the recycle bin, from where it can be restored`,
		permissions: writes,
		batchable: true,
		properties: kind === 'file' ? fileFields : folderFields,
		request: ({ params }) => {
			refuseRoot(params.item, 'deleted');
			return { method: 'DELETE', path: params.item.path };
		},
		shape: () => ({ success: true }),
	});
}
