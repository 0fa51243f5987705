import { reads } from '../../Files/shared/permissions';
import { defineEvent } from '../event';
import { deletedFiltersField, matchesItemFilters } from '../files/filters';
import { deletedDetails } from '../files/output';
import { driveSubscriptions, folderFields, folderSource } from '../files/where';

export const folderDeleted = defineEvent({
	name: 'Folder Deleted',
	value: 'folderDeleted',
	resource: 'files',
	action: 'On folder deleted',
	description: 'A folder was deleted; its name and path are known',
	permissions: reads,
	properties: [...folderFields, deletedFiltersField],
	sources: async (input) => await folderSource('folderDeleted', input, 'folder', 'deleted'),
	matches: ({ item }, { params }) => matchesItemFilters(item, params.filters),
	details: deletedDetails,
	subscriptions: driveSubscriptions,
});
