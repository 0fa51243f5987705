import { reads } from '../../Files/shared/permissions';
import { defineEvent } from '../event';
import { itemFiltersField, matchesItemFilters } from '../files/filters';
import { folderOutputFields, itemDetails } from '../files/output';
import { driveSubscriptions, folderFields, folderSource } from '../files/where';

export const folderCreated = defineEvent({
	name: 'Folder Created',
	value: 'folderCreated',
	resource: 'files',
	action: 'On folder created',
	description: 'A folder is new in a folder: made, copied, moved in or synced',
	permissions: reads,
	properties: [...folderFields, itemFiltersField, ...folderOutputFields],
	sources: async (input) => await folderSource('folderCreated', input, 'folder', 'created'),
	matches: ({ item }, { params }) => matchesItemFilters(item, params.filters),
	details: itemDetails,
	subscriptions: driveSubscriptions,
});
