import { collection, text } from '../../kit/fields/values';
import { type Operation, defineOperation } from '../../kit/operation';
import { conflictField } from '../fields/conflict';
import { destinationFolderFields, fileFields, folderFields } from '../fields/items';
import { simplifyField } from '../fields/output';
import { outputItem } from '../item';
import { moveItem } from '../moving';
import { asTarget } from '../naming';
import { maxWaitField } from './copy';
import { writes } from './permissions';
import { refuseRoot } from './refuseRoot';

export function moveOperation(kind: 'file' | 'folder'): Operation {
	return defineOperation({
		name: 'Move',
		value: 'move',
		action: `Move a ${kind}`,
		description: `Move a ${kind} to another folder; to another drive it is copied, then deleted here`,
		permissions: writes,
		properties: [
			...(kind === 'file' ? fileFields : folderFields),
			...destinationFolderFields,
			text('name', { displayName: 'New Name', description: 'Empty: the name that it has' }),
			conflictField,
			simplifyField,
			collection('options', {
				displayName: 'Options',
				placeholder: 'Add Option',
				fields: [maxWaitField],
			}),
		],
		execute: async ({ graph, params, log, note }) => {
			refuseRoot(params.item, 'moved');
			const moved = await moveItem(graph, {
				item: params.item,
				folder: params.folder,
				name: asTarget(params.name, 'New Name'),
				conflict: params.conflict,
				maxWaitMinutes: params.options.maxWaitMinutes ?? 10,
				log,
				note,
			});
			return [{ json: outputItem(moved, params.simplify) }];
		},
	});
}
