import { showWhen } from '../../kit/field';
import { collection, text, toggle, wholeNumber } from '../../kit/fields/values';
import { type Operation, defineOperation } from '../../kit/operation';
import { finishCopy, readDestination, startCopy } from '../copying';
import { conflictField } from '../fields/conflict';
import { destinationFolderFields, fileFields, folderFields } from '../fields/items';
import { simplifyField } from '../fields/output';
import { outputItem } from '../item';
import { asTarget } from '../naming';
import { writes } from './permissions';

const waitField = toggle('wait', {
	displayName: 'Wait Until Done',
	default: true,
	description:
		'Whether to wait for the copy and return it. Otherwise a monitor URL is returned at once, which tells how far it is without a sign-in.',
});

export const maxWaitField = wholeNumber('maxWaitMinutes', {
	displayName: 'Longest Wait (Minutes)',
	default: 10,
	min: 1,
	max: 1_440,
});

export function copyOperation(kind: 'file' | 'folder'): Operation {
	return defineOperation({
		name: 'Copy',
		value: 'copy',
		action: `Copy a ${kind}`,
		description: `Copy a ${kind} to a folder of any drive or library`,
		permissions: writes,
		properties: [
			...(kind === 'file' ? fileFields : folderFields),
			...destinationFolderFields,
			text('name', { displayName: 'New Name', description: 'Empty: the name that it has' }),
			conflictField,
			waitField,
			showWhen(simplifyField, { wait: [true] }),
			collection('options', {
				displayName: 'Options',
				placeholder: 'Add Option',
				fields: [
					toggle('withVersions', {
						displayName: 'Include Versions',
						description: 'Whether to copy the versions of the past too',
					}),
					maxWaitField,
				],
			}),
		],
		execute: async ({ graph, params, log }) => {
			const { withVersions = false, maxWaitMinutes = 10 } = params.options;
			const folder = await readDestination(graph, params.folder);
			const job = await startCopy(graph, {
				source: params.item,
				folder,
				name: asTarget(params.name, 'New Name'),
				conflict: params.conflict,
				withVersions,
			});
			if (!params.wait) return [{ json: { monitorUrl: job.monitorUrl, status: 'running' } }];
			const copy = await finishCopy(graph, job, folder, { maxWaitMinutes, log });
			return [{ json: outputItem(copy, params.simplify ?? true) }];
		},
	});
}
