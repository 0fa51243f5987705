import { reads } from '../../Files/shared/permissions';
import { defineEvent } from '../event';
import { itemFiltersField, matchesItemFilters } from '../files/filters';
import { fileOutputFields, itemDetails, withFile } from '../files/output';
import { driveSubscriptions, folderFields, folderSource } from '../files/where';

export const fileCreated = defineEvent({
	name: 'File Created',
	value: 'fileCreated',
	resource: 'files',
	action: 'On file created',
	description: 'A file is new in a folder, however old it is: uploaded, copied, moved in or synced',
	permissions: reads,
	properties: [...folderFields, itemFiltersField, ...fileOutputFields],
	sources: async (input) => await folderSource('fileCreated', input, 'file', 'created'),
	matches: ({ item }, { params }) => matchesItemFilters(item, params.filters),
	details: itemDetails,
	complete: withFile,
	subscriptions: driveSubscriptions,
});
