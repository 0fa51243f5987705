import { text } from '../../kit/fields/values';
import { type Operation, defineOperation } from '../../kit/operation';
import { fileFields, folderFields } from '../fields/items';
import { simplifyField } from '../fields/output';
import { outputItem } from '../item';
import { cleanNameField, usableName } from '../naming';
import { writes } from './permissions';
import { refuseRoot } from './refuseRoot';

export function renameOperation(kind: 'file' | 'folder'): Operation {
	return defineOperation({
		name: 'Rename',
		value: 'rename',
		action: `Rename a ${kind}`,
		description: `Give a ${kind} another name`,
		permissions: writes,
		batchable: true,
		properties: [
			...(kind === 'file' ? fileFields : folderFields),
			text('name', {
				displayName: 'New Name',
				required: true,
				placeholder: kind === 'file' ? 'e.g. Invoice 4711.pdf' : 'e.g. Invoices 2026',
			}),
			cleanNameField,
			simplifyField,
		],
		request: ({ params }) => {
			refuseRoot(params.item, 'renamed');
			return {
				method: 'PATCH',
				path: params.item.path,
				body: { name: usableName(params.name, 'New Name', params.cleanName) },
			};
		},
		shape: (body, { params }) => outputItem(body as object, params.simplify),
	});
}
