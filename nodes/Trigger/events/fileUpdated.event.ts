import { reads } from '../../Files/shared/permissions';
import { defineEvent } from '../event';
import { itemFiltersField, matchesItemFilters } from '../files/filters';
import { fileOutputFields, itemDetails, withFile } from '../files/output';
import { driveSubscriptions, folderFields, folderSource } from '../files/where';

export const fileUpdated = defineEvent({
	name: 'File Updated',
	value: 'fileUpdated',
	resource: 'files',
	action: 'On file updated',
	description: 'The content of a file was changed',
	permissions: reads,
	properties: [...folderFields, itemFiltersField, ...fileOutputFields],
	sources: async (input) => await folderSource('fileUpdated', input, 'file', 'updated'),
	matches: ({ item }, { params }) => matchesItemFilters(item, params.filters),
	details: itemDetails,
	complete: withFile,
	subscriptions: driveSubscriptions,
});
