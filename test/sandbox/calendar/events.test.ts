import { text } from '../graph/wire';
import {
	type CalendarWire,
	ana,
	at,
	ben,
	chloe,
	list,
	meeting,
	person,
	room,
	weekly,
	startCalendarWire,
} from './calendarWire';

let calendars: CalendarWire;
beforeAll(async () => (calendars = await startCalendarWire()));
beforeEach(() => calendars.wire.graph.state.reset());
afterAll(async () => await calendars.wire.close());

const as: CalendarWire['as'] = async (...given) => await calendars.as(...given);
const copyOf: CalendarWire['copyOf'] = async (...given) => await calendars.copyOf(...given);
const create: CalendarWire['create'] = async (...given) => await calendars.create(...given);
const view: CalendarWire['view'] = async (...given) => await calendars.view(...given);

describe('events', () => {
	it('are made once for a transaction', async () => {
		const one = await create({ transactionId: 'once', attendees: [] });
		expect(await create({ transactionId: 'once', attendees: [] })).toBe(one);
		const other = await as(ana, 'PATCH', `/me/events/${one}`, { transactionId: 'other' });
		expect(other.status).toBe(400);
	});

	it('answer in UTC, or in the zone that is preferred', async () => {
		const id = await create({ attendees: [] });
		const plain = await as(ana, 'GET', `/me/events/${id}`);
		expect(plain.body['start']).toEqual({
			dateTime: '2026-03-02T08:00:00.0000000',
			timeZone: 'UTC',
		});
		const tokyo = { prefer: 'outlook.timezone="Tokyo Standard Time"' };
		const there = await as(ana, 'GET', `/me/events/${id}`, undefined, tokyo);
		expect(there.body['start']).toEqual({
			dateTime: '2026-03-02T17:00:00.0000000',
			timeZone: 'Tokyo Standard Time',
		});
		expect(there.headers.get('preference-applied')).toBe('outlook.timezone="Tokyo Standard Time"');
		const mars = { prefer: 'outlook.timezone="Mars"' };
		const nowhere = await as(ana, 'GET', `/me/events/${id}`, undefined, mars);
		expect(nowhere.body['error']).toMatchObject({ code: 'TimeZoneNotSupportedException' });
	});

	it('keep the hour of a series when the clocks change', async () => {
		await create({ recurrence: weekly, attendees: [] });
		const starts = (await view(ana, 'UTC')).map(({ start }) =>
			text(start?.['dateTime']).slice(5, 16),
		);
		expect(starts).toEqual([
			'03-02T08:00',
			'03-09T08:00',
			'03-16T08:00',
			'03-23T08:00',
			'03-30T07:00',
		]);
	});

	it('show a long event in a view that begins in its middle, and not one that ends there', async () => {
		await create({ attendees: [], end: at('2026-03-04T09:00:00') });
		const between = async (from: string, until: string) =>
			list(await as(ana, 'GET', `/me/calendarView?startDateTime=${from}&endDateTime=${until}`));
		expect(await between('2026-03-03T00:00:00Z', '2026-03-03T01:00:00Z')).toHaveLength(1);
		expect(await between('2026-03-04T08:00:00Z', '2026-03-04T09:00:00Z')).toEqual([]);
	});

	it.each([
		[{ end: at('2026-03-01T09:00:00') }, 'ErrorPropertyValidationFailure'],
		[{ isAllDay: true }, 'ErrorPropertyValidationFailure'],
		[{ start: at('2026-03-02T09:00:00', 'Mars') }, 'TimeZoneNotSupportedException'],
		[
			{ recurrence: { ...weekly, range: { ...weekly.range, startDate: '2026-03-01' } } },
			'ErrorPropertyValidationFailure',
		],
		[
			{ recurrence: { ...weekly, pattern: { type: 'weekly', interval: 1 } } },
			'ErrorPropertyValidationFailure',
		],
		[{ attendees: [person('nobody')] }, 'ErrorInvalidRecipients'],
		[{ colour: 'red' }, 'RequestBodyRead'],
	])('are refused with %p', async (extra, code) => {
		const answer = await as(ana, 'POST', '/me/events', { ...meeting, ...extra });
		expect(answer).toMatchObject({ status: 400, body: { error: { code } } });
	});

	it('need a window for their view', async () => {
		const answer = await as(ana, 'GET', '/me/calendarView');
		expect(answer).toMatchObject({
			status: 400,
			body: { error: { code: 'ErrorInvalidParameter' } },
		});
	});

	it('are gone with their id, which is told from a malformed one', async () => {
		const id = await create();
		await as(ana, 'DELETE', `/me/events/${id}`);
		expect((await as(ana, 'GET', `/me/events/${id}`)).body['error']).toMatchObject({
			code: 'ErrorItemNotFound',
		});
		expect((await as(ana, 'GET', '/me/events/nonsense')).body['error']).toMatchObject({
			code: 'ErrorInvalidIdMalformed',
		});
	});
});

describe('access', () => {
	it('lets an editor change a shared calendar, and a reader not', async () => {
		const permission = await as(ana, 'POST', '/me/calendar/calendarPermissions', {
			emailAddress: { address: ben },
			role: 'read',
		});
		const shared = text(list(await as(ben, 'GET', '/me/calendars'))[1]?.['id']);
		const added = async () =>
			(await as(ben, 'POST', `/me/calendars/${shared}/events`, { ...meeting, attendees: [] }))
				.status;
		expect(await added()).toBe(403);
		await as(ana, 'PATCH', `/me/calendar/calendarPermissions/${text(permission.body['id'])}`, {
			role: 'write',
		});
		expect(await added()).toBe(201);
		expect(await view(ana)).toHaveLength(1);
	});

	it('opens a group to its members', async () => {
		const path = '/groups/0a0a0a0a-0000-4000-8000-000000000001/events';
		expect((await as(ben, 'POST', path, { ...meeting, attendees: [] })).status).toBe(201);
		expect((await as(chloe, 'GET', path)).status).toBe(403);
	});

	it('asks for the permissions that Microsoft asks for', async () => {
		const token = calendars.wire.token({ upn: ana, scopes: 'Calendars.Read' });
		expect((await calendars.wire.send('GET', '/me/events', { token })).status).toBe(200);
		expect((await calendars.wire.send('POST', '/me/events', { token, body: meeting })).status).toBe(
			403,
		);
		const app = calendars.wire.token({ roles: ['Calendars.ReadWrite'] });
		const find = await calendars.wire.send('POST', `/users/${ana}/findMeetingTimes`, {
			token: app,
			body: {},
		});
		expect(find.status).toBe(403);
	});
});

describe('free/busy', () => {
	const schedule = async (schedules: string[], extra = {}) =>
		await as(ana, 'POST', '/me/calendar/getSchedule', {
			schedules,
			startTime: at('2026-03-02T08:00:00'),
			endTime: at('2026-03-02T11:00:00'),
			availabilityViewInterval: 30,
			...extra,
		});

	it('follows from events and responses', async () => {
		await create({ attendees: [person(ben), person(room, 'resource')] });
		const [own, invited, booked] = list(await schedule([ana, ben, room]));
		expect(own?.['availabilityView']).toBe('002200');
		expect(invited?.['availabilityView']).toBe('001100');
		expect(booked?.['availabilityView']).toBe('002200');
		await as(ben, 'POST', `/me/events/${await copyOf(ben)}/accept`, {});
		expect(list(await schedule([ben]))[0]?.['availabilityView']).toBe('002200');
	});

	it.each([
		[Array.from({ length: 21 }, (_, index) => `p${index}@contoso.example`), {}],
		[[ana], { endTime: at('2026-05-30T08:00:00') }],
		[[ana], { availabilityViewInterval: 1 }],
	])('has limits', async (schedules, extra) => {
		expect((await schedule(schedules, extra)).status).toBe(400);
	});
});
