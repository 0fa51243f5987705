import { groupModes } from '../../kit/drive/teamModes';
import { locator } from '../../kit/pickers/locator';

/** A group by list, address or id; reads as its id. */
export const groupField = locator('group', {
	displayName: 'Group',
	...groupModes('searchGroups'),
});
