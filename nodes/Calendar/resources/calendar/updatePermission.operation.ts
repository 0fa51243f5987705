import type { CalendarPermission } from '@microsoft/microsoft-graph-types';
import { defineOperation } from '../../../kit/operation';
import { permissionField, roleField } from '../../fields/permission';
import { inCalendar } from '../../fields/where';
import { simplifyPermission } from '../../simplify';

export const updatePermission = defineOperation({
	name: 'Update Permission',
	value: 'updatePermission',
	action: 'Update a permission of a calendar',
	description: 'Change what somebody may do in a shared calendar',
	permissions: { delegated: 'Calendars.ReadWrite', application: 'Calendars.ReadWrite' },
	batchable: true,
	properties: [...inCalendar, permissionField, roleField],
	request: ({ params }) => ({
		method: 'PATCH',
		path: params.permission,
		body: { role: params.role } satisfies CalendarPermission,
	}),
	shape: (body) => simplifyPermission(body as CalendarPermission),
});
