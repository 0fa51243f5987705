import { reads } from '../../Files/shared/permissions';
import { defineEvent } from '../event';
import { itemFiltersField, matchesItemFilters } from '../files/filters';
import { fileOutputFields, itemDetails, withFile } from '../files/output';
import { driveSubscriptions, folderFields, folderSource } from '../files/where';

export const fileMovedOrRenamed = defineEvent({
	name: 'File Moved or Renamed',
	value: 'fileMovedOrRenamed',
	resource: 'files',
	action: 'On file moved or renamed',
	description: 'A file in the folder has got another name or place, inside or outside',
	permissions: reads,
	properties: [...folderFields, itemFiltersField, ...fileOutputFields],
	sources: async (input) => await folderSource('fileMovedOrRenamed', input, 'file', 'moved'),
	matches: ({ item }, { params }) => matchesItemFilters(item, params.filters),
	details: itemDetails,
	complete: withFile,
	subscriptions: driveSubscriptions,
});
