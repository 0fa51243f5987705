import type { INodeParameters } from 'n8n-workflow';
import { ana, asText, ben, byId, type CalendarSandbox, chloe, person } from './calendarSandbox';

const window = { from: '2026-03-01', until: '2026-03-20' };
const onEvent =
	(extra: INodeParameters = {}) =>
	(id: string) => ({ event: byId(id), ...extra });
const permission = { permission: ben, role: 'write' };

/** The least that each operation needs, on an event that Ana organizes or is invited to. */
export const cases: Readonly<Record<string, (id: string, round: number) => INodeParameters>> = {
	'availability/findMeetingTimes': () => ({ ...window, people: ben }),
	'availability/getNextFreeSlot': () => ({ people: ben, after: '2026-03-01' }),
	'availability/getSchedule': () => ({ ...window, schedules: ben }),
	'calendar/create': () => ({ name: 'Holidays' }),
	'calendar/delete': (_id, round) => ({
		calendar: { __rl: true, mode: 'name', value: `Old ${round}` },
	}),
	'calendar/deletePermission': () => permission,
	'calendar/get': () => ({}),
	'calendar/getAll': () => ({}),
	'calendar/getPermissions': () => ({}),
	'calendar/share': () => ({ person: chloe }),
	'calendar/update': () => ({ changes: { name: 'Mine' } }),
	'calendar/updatePermission': () => permission,
	'event/addAttachment': onEvent({ attachments: 'data' }),
	'event/addAttendees': onEvent({ requiredAttendees: chloe }),
	'event/cancel': onEvent(),
	'event/create': () => ({ subject: 'New', start: '2026-03-02T12:00' }),
	'event/delete': onEvent(),
	'event/dismissReminder': onEvent(),
	'event/downloadAttachments': onEvent(),
	'event/forward': onEvent({ to: chloe }),
	'event/get': onEvent(),
	'event/getAll': () => ({}),
	'event/getAttachments': onEvent(),
	'event/getInstances': onEvent(window),
	'event/getView': () => window,
	'event/removeAttendees': onEvent({ attendees: ben }),
	'event/respond': onEvent(),
	'event/snoozeReminder': onEvent({ remindAt: '2026-03-02T08:55' }),
	'event/update': onEvent({ changes: { subject: 'New' } }),
	'room/getAll': () => ({}),
	'room/getLists': () => ({}),
};

/** Events, calendars and permissions for two items; the parameters of each. */
export async function prepare(
	sandbox: CalendarSandbox,
	key: string,
): Promise<(index: number) => INodeParameters> {
	const [resource = '', operation = ''] = key.split('/');
	const recurrence = {
		pattern: { type: 'daily', interval: 1 },
		range: { type: 'numbered', startDate: '2026-03-02', numberOfOccurrences: 3 },
	};
	const invited = key === 'event/respond';
	const ids: string[] = [];
	for (let round = 0; round < 2; round++) {
		const properties = {
			attendees: [person(invited ? ana : ben)],
			...(key === 'event/getInstances' && { recurrence }),
		};
		const { id, iCalUId } = await sandbox.event(properties, invited ? ben : ana);
		if (invited) {
			const { value } = (await sandbox.as(ana, 'GET', '/me/events')) as unknown as {
				value: Array<{ id: string; iCalUId: string }>;
			};
			ids.push(value.find((each) => each.iCalUId === asText(iCalUId))?.id ?? '');
		} else ids.push(id);
		await sandbox.as(ana, 'POST', '/me/calendars', { name: `Old ${round}` });
	}
	if (key.endsWith('Permission')) {
		await sandbox.as(ana, 'POST', '/me/calendar/calendarPermissions', {
			emailAddress: { address: ben },
			role: 'read',
		});
	}
	sandbox.forget();
	return (index) => ({ resource, operation, ...cases[key]?.(ids[index] ?? '', index) });
}

const files = { data: { fileName: 'a.txt', mimeType: 'text/plain', content: Buffer.from('a') } };

/** Input items, each with a file. */
export const items = (count: number) => Array.from({ length: count }, () => ({ files }));
