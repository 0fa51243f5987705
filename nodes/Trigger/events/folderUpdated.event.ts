import { reads } from '../../Files/shared/permissions';
import { defineEvent } from '../event';
import { itemFiltersField, matchesItemFilters } from '../files/filters';
import { folderOutputFields, itemDetails } from '../files/output';
import { driveSubscriptions, folderFields, folderSource } from '../files/where';

export const folderUpdated = defineEvent({
	name: 'Folder Updated',
	value: 'folderUpdated',
	resource: 'files',
	action: 'On folder updated',
	description: 'The properties of a folder were changed, or what is directly in it',
	permissions: reads,
	properties: [...folderFields, itemFiltersField, ...folderOutputFields],
	sources: async (input) => await folderSource('folderUpdated', input, 'folder', 'updated'),
	matches: ({ item }, { params }) => matchesItemFilters(item, params.filters),
	details: itemDetails,
	subscriptions: driveSubscriptions,
});
