import { reads } from '../../Files/shared/permissions';
import { defineEvent } from '../event';
import { itemFiltersField, matchesItemFilters } from '../files/filters';
import { folderOutputFields, itemDetails } from '../files/output';
import { driveSubscriptions, folderFields, folderSource } from '../files/where';

export const folderMovedOrRenamed = defineEvent({
	name: 'Folder Moved or Renamed',
	value: 'folderMovedOrRenamed',
	resource: 'files',
	action: 'On folder moved or renamed',
	description: 'A folder in the folder has got another name or place, inside or outside',
	permissions: reads,
	properties: [...folderFields, itemFiltersField, ...folderOutputFields],
	sources: async (input) => await folderSource('folderMovedOrRenamed', input, 'folder', 'moved'),
	matches: ({ item }, { params }) => matchesItemFilters(item, params.filters),
	details: itemDetails,
	subscriptions: driveSubscriptions,
});
