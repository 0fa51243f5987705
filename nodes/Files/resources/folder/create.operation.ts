import { itemField } from '../../../kit/drive/itemField';
import { locationFields } from '../../../kit/drive/locationFields';
import { choice, text } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { simplifyField } from '../../fields/output';
import { createFolders } from '../../folders';
import { outputItem } from '../../item';
import { cleanNameField, usableName } from '../../naming';
import { namesOfPath } from '../../../../core/drive/names';
import { writes } from '../../shared/permissions';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create a folder',
	description: 'Create a folder, together with those on its path that are missing',
	permissions: writes,
	properties: [
		...locationFields,
		itemField('item', { displayName: 'Parent Folder', kind: 'folder' }),
		text('name', {
			displayName: 'Name or Path',
			required: true,
			placeholder: 'e.g. Invoices/2026/May',
			description: 'The names of nested folders with / in between',
		}),
		choice('ifExists', {
			displayName: 'If It Exists',
			options: [
				{ name: 'Fail', value: 'fail' },
				{ name: 'Keep Both', value: 'rename', description: 'Give the new one a number' },
				{ name: 'Use It', value: 'use', description: 'Return the folder that is there' },
			],
			default: 'use',
			description: 'What to do if there is a folder with this name already',
		}),
		cleanNameField,
		simplifyField,
	],
	execute: async ({ graph, params }) => {
		const names = namesOfPath(params.name.trim()).map((name) =>
			usableName(name, 'Name or Path', params.cleanName),
		);
		const folder = await createFolders(graph, params.item, names, params.ifExists);
		return [{ json: outputItem(folder, params.simplify) }];
	},
});
