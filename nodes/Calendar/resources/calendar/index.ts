import { defineResource } from '../../../kit/resource';
import { create } from './create.operation';
import { deleteCalendar } from './delete.operation';
import { deletePermission } from './deletePermission.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getPermissions } from './getPermissions.operation';
import { share } from './share.operation';
import { update } from './update.operation';
import { updatePermission } from './updatePermission.operation';

export const calendar = defineResource({
	name: 'Calendar',
	value: 'calendar',
	description: 'A calendar of a person, a shared mailbox or a group',
	operations: [
		getAll,
		create,
		deleteCalendar,
		deletePermission,
		get,
		getPermissions,
		share,
		update,
		updatePermission,
	],
});
