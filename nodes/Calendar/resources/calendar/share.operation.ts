import type { CalendarPermission } from '@microsoft/microsoft-graph-types';
import { path } from '../../../../core/graph/path';
import { ParameterError } from '../../../kit/field';
import { defineOperation } from '../../../kit/operation';
import { recipient } from '../../../kit/fields/recipients';
import { roleField } from '../../fields/permission';
import { inCalendar } from '../../fields/where';
import { simplifyPermission } from '../../simplify';

export const share = defineOperation({
	name: 'Share',
	value: 'share',
	action: 'Share a calendar',
	description: 'Give somebody access to a calendar; Exchange sends an invitation to it',
	permissions: { delegated: 'Calendars.ReadWrite', application: 'Calendars.ReadWrite' },
	batchable: true,
	properties: [
		...inCalendar,
		recipient('person', {
			displayName: 'Person',
			required: true,
			placeholder: 'e.g. ben@contoso.com',
		}),
		roleField,
	],
	request: ({ params }) => {
		if (!params.person) throw new ParameterError('Person', 'is empty', 'Enter an address.');
		return {
			method: 'POST',
			path: path`${params.calendar.self}/calendarPermissions`,
			body: {
				emailAddress: params.person.emailAddress ?? null,
				role: params.role,
			} satisfies CalendarPermission,
		};
	},
	shape: (body) => simplifyPermission(body as CalendarPermission),
});
