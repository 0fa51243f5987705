import { defineOperation } from '../../../kit/operation';
import { permissionField } from '../../fields/permission';
import { inCalendar } from '../../fields/where';

export const deletePermission = defineOperation({
	name: 'Delete Permission',
	value: 'deletePermission',
	action: 'Delete a permission of a calendar',
	description: 'End the sharing of a calendar with somebody',
	permissions: { delegated: 'Calendars.ReadWrite', application: 'Calendars.ReadWrite' },
	batchable: true,
	properties: [...inCalendar, permissionField],
	request: ({ params }) => ({ method: 'DELETE', path: params.permission }),
});
