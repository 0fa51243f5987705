import type { INodeParameters } from 'n8n-workflow';
import { resources } from '../../../nodes/Calendar/resources';
import {
	type CalendarSandbox,
	ana,
	ben,
	byId,
	chloe,
	person,
	startCalendarSandbox,
	asText,
} from './calendarSandbox';

let sandbox: CalendarSandbox;
beforeAll(async () => (sandbox = await startCalendarSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

const window = { from: '2026-03-01', until: '2026-03-20' };
const onEvent =
	(extra: INodeParameters = {}) =>
	(id: string) => ({ event: byId(id), ...extra });
const permission = { permission: ben, role: 'write' };

/** The least that each operation needs, on an event that Ana organizes or is invited to. */
const cases: Readonly<Record<string, (id: string, round: number) => INodeParameters>> = {
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

it('covers every operation', () => {
	const all = resources.flatMap(({ value, operations }) =>
		// What asks a reviewer has tests of its own: it waits instead of answering.
		operations
			.filter(({ review }) => review === undefined)
			.map((operation) => `${value}/${operation.value}`),
	);
	expect(Object.keys(cases)).toEqual(all.sort());
});

describe.each(Object.entries(cases))('%s', (key, minimal) => {
	const [resource = '', operation = ''] = key.split('/');
	const definition = resources
		.find(({ value }) => value === resource)
		?.operations.find(({ value }) => value === operation);
	const files = { data: { fileName: 'a.txt', mimeType: 'text/plain', content: Buffer.from('a') } };
	const items = (count: number) => Array.from({ length: count }, () => ({ files }));

	/** Events, calendars and permissions for two items. */
	const prepare = async (): Promise<(index: number) => INodeParameters> => {
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
		return (index) => ({ resource, operation, ...minimal(ids[index] ?? '', index) });
	};

	it("says what Graph refused, with Graph's code and the permission", async () => {
		const parameters = await prepare();
		sandbox.fault({ match: '* /v1.0/(me|places)/', status: 403 });
		const error = await sandbox.run(parameters(0), { items: items(1) }).then(
			() => undefined,
			(reason: unknown) => reason as { message: string; description: string; context: object },
		);
		expect(error).toMatchObject({
			message: expect.stringContaining(definition?.action ?? '?') as string,
			context: { itemIndex: 0 },
		});
		expect(error?.description).toContain('ErrorAccessDenied');
		expect(error?.description).toMatch(/request-id [0-9a-f-]{36}/);
		expect(error?.description).toContain(definition?.permissions.delegated);
		expect(error?.description).not.toContain('.Shared.Shared');
	});

	it('goes on with the next item where the user chose to continue', async () => {
		const parameters = await prepare();
		sandbox.fault({ match: '* /v1.0/(me|places)/', status: 404, times: 1 });
		const { items: output } = await sandbox.run(parameters, {
			items: items(2),
			continueOnFail: true,
		});
		const failed = output.filter(({ error }) => error !== undefined);
		expect(failed).toHaveLength(1);
		expect(failed[0]?.json['error']).toEqual(expect.any(String));
		// Which of two items that run at once meets the fault is not settled; the other one succeeds.
		const failedItem = (failed[0]?.pairedItem as { item: number }).item;
		const others = output.filter(({ error }) => error === undefined);
		expect(
			others.every(({ pairedItem }) => (pairedItem as { item: number }).item === 1 - failedItem),
		).toBe(true);
		if (key !== 'event/getAttachments') expect(others.length).toBeGreaterThan(0);
	});
});
