import { reads } from '../../Files/shared/permissions';
import { defineEvent } from '../event';
import { deletedFiltersField, matchesItemFilters } from '../files/filters';
import { deletedDetails } from '../files/output';
import { driveSubscriptions, folderFields, folderSource } from '../files/where';

export const fileDeleted = defineEvent({
	name: 'File Deleted',
	value: 'fileDeleted',
	resource: 'files',
	action: 'On file deleted',
	description: 'A file was deleted; its name and path are known, its content is gone',
	permissions: reads,
	properties: [...folderFields, deletedFiltersField],
	sources: async (input) => await folderSource('fileDeleted', input, 'file', 'deleted'),
	matches: ({ item }, { params }) => matchesItemFilters(item, params.filters),
	details: deletedDetails,
	subscriptions: driveSubscriptions,
});
