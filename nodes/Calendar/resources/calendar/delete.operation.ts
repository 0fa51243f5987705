import { defineOperation } from '../../../kit/operation';
import { inCalendar } from '../../fields/where';

export const deleteCalendar = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a calendar',
	description: 'Delete a calendar with all of its events; a default calendar can not be deleted',
	permissions: { delegated: 'Calendars.ReadWrite', application: 'Calendars.ReadWrite' },
	batchable: true,
	properties: inCalendar,
	request: ({ params }) => ({ method: 'DELETE', path: params.calendar.self }),
});
