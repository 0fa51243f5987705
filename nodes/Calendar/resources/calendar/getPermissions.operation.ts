import { defineOperation, item } from '../../../kit/operation';
import { simplifyField } from '../../../kit/fields/output';
import { listPermissions } from '../../fields/permission';
import { inCalendar } from '../../fields/where';
import { simplifyPermission } from '../../simplify';

export const getPermissions = defineOperation({
	name: 'Get Permissions',
	value: 'getPermissions',
	action: 'Get permissions of a calendar',
	description: 'List whom a calendar is shared with, and what they may do',
	permissions: { delegated: 'Calendars.Read', application: 'Calendars.Read' },
	concurrentItems: 4,
	properties: [...inCalendar, simplifyField],
	execute: async ({ graph, params }) => {
		const permissions = await listPermissions(graph, params.calendar.self);
		return permissions.map((permission) =>
			item(params.simplify ? simplifyPermission(permission) : permission),
		);
	},
});
