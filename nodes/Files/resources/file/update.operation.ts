import type { DriveItem } from '@microsoft/microsoft-graph-types';
import { ParameterError } from '../../../kit/field';
import { dateTime } from '../../../kit/fields/dateTime';
import { collection, text } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { columnsField, setColumns } from '../../columns';
import { fileOrFolderFields } from '../../fields/items';
import { simplifyField } from '../../fields/output';
import { knownItem, outputItem } from '../../item';
import { writes } from '../../shared/permissions';

export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update a file',
	description: "Change a file's columns, description or dates, or a folder's",
	permissions: writes,
	properties: [
		...fileOrFolderFields,
		collection('changes', {
			displayName: 'Changes',
			placeholder: 'Add Change',
			fields: [
				columnsField,
				text('description', {
					displayName: 'Description',
					description: 'Empty removes it',
				}),
				dateTime('createdDateTime', { displayName: 'Created At' }),
				dateTime('lastModifiedDateTime', { displayName: 'Modified At' }),
			],
		}),
		simplifyField,
	],
	execute: async ({ graph, params, timezone }) => {
		const { columns, description, createdDateTime, lastModifiedDateTime } = params.changes;
		const dates = {
			...(createdDateTime && { createdDateTime }),
			...(lastModifiedDateTime && { lastModifiedDateTime }),
		};
		const hasDates = Object.keys(dates).length > 0;
		if (!columns && description === undefined && !hasDates) {
			throw new ParameterError('Changes', 'is empty', 'Add what is to be changed.');
		}
		const changes = {
			...(description !== undefined && { description }),
			...(hasDates && { fileSystemInfo: dates }),
		};
		const { path } = params.item;
		const item =
			Object.keys(changes).length > 0
				? await graph.request<DriveItem>({ method: 'PATCH', path, body: changes })
				: await graph.request<DriveItem>({ method: 'GET', path });
		if (!columns) return [{ json: outputItem(item, params.simplify) }];
		const fields = await setColumns({ graph, timezone }, knownItem(item).address, columns);
		return [{ json: outputItem({ ...item, listItem: { fields } }, params.simplify) }];
	},
});
