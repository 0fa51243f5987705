import { path } from '../../../../core/graph/path';
import { defineOperation } from '../../../kit/operation';
import { onEvent } from '../../fields/where';

export const dismissReminder = defineOperation({
	name: 'Dismiss Reminder',
	value: 'dismissReminder',
	action: 'Dismiss the reminder of an event',
	description: 'Close the reminder that Outlook shows for an event',
	permissions: { delegated: 'Calendars.ReadWrite', application: 'Calendars.ReadWrite' },
	batchable: true,
	properties: onEvent,
	request: ({ params }) => ({
		method: 'POST',
		path: path`${params.event}/dismissReminder`,
		// Dismissed twice is dismissed.
		repeatable: true,
	}),
});
