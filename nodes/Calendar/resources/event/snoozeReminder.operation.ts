import { toGraphTime } from '../../../../core/calendar/localTime';
import { utc, zoneOf } from '../../../../core/calendar/zone';
import { path } from '../../../../core/graph/path';
import { defineOperation } from '../../../kit/operation';
import { time } from '../../fields/time';
import { onEvent } from '../../fields/where';

export const snoozeReminder = defineOperation({
	name: 'Snooze Reminder',
	value: 'snoozeReminder',
	action: 'Snooze the reminder of an event',
	description: 'Let Outlook remind of an event again later',
	permissions: { delegated: 'Calendars.ReadWrite', application: 'Calendars.ReadWrite' },
	batchable: true,
	properties: [...onEvent, time('remindAt', { displayName: 'Remind Again At', required: true })],
	request: ({ params, timezone }) => ({
		method: 'POST',
		path: path`${params.event}/snoozeReminder`,
		body: { newReminderTime: toGraphTime(params.remindAt, zoneOf(timezone) ?? utc) },
		repeatable: true,
	}),
});
