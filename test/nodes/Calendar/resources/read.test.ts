import {
	type CalendarSandbox,
	ana,
	at,
	ben,
	byId,
	mondays,
	person,
	startCalendarSandbox,
	support,
	asText,
} from '../calendarSandbox';

let sandbox: CalendarSandbox;
beforeAll(async () => (sandbox = await startCalendarSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

const event = (operation: string) => ({ resource: 'event', operation });

const queryOf = (index = 0) =>
	Object.fromEntries(new URL(sandbox.requests()[index]?.url ?? '', 'http://x').searchParams);

describe('event: get', () => {
	it('answers in the zone that was chosen', async () => {
		const { id } = await sandbox.event({
			attendees: [person(ben)],
			body: { contentType: 'html', content: '<p>Agenda</p>' },
			recurrence: mondays,
		});
		const { json } = await sandbox.run({
			...event('get'),
			event: byId(id),
			options: { outputTimeZone: 'Tokyo Standard Time', body: 'text' },
		});
		const [request] = sandbox.recorded();
		expect(request?.url.split('?')[0]).toBe(`/v1.0/me/events/${id}`);
		expect(queryOf()['$select']).toMatch(/^id,subject,start,end,.*,body$/);
		expect(request?.headers['prefer']).toContain(
			'outlook.timezone="Tokyo Standard Time", outlook.body-content-type="text"',
		);
		expect(json[0]).toMatchObject({
			id,
			start: '2026-03-02T17:00:00+09:00',
			end: '2026-03-02T18:00:00+09:00',
			attendees: [{ address: ben, type: 'required', response: 'none' }],
			myResponse: 'organizer',
			recurrenceRule: 'FREQ=WEEKLY;BYDAY=MO;WKST=MO;COUNT=10',
			body: 'Agenda',
			bodyType: 'text',
			reminderMinutes: 15,
		});
	});

	it('has the same keys for every event', async () => {
		const plain = await sandbox.event();
		const rich = await sandbox.event({ attendees: [person(ben)], isOnlineMeeting: true });
		const keys = [];
		for (const { id } of [plain, rich]) {
			const { json } = await sandbox.run({ ...event('get'), event: byId(id) });
			keys.push(Object.keys(json[0] ?? {}));
		}
		expect(keys[0]).toEqual(keys[1]);
	});

	it("gives Graph's own JSON, in the workflow zone", async () => {
		const { id } = await sandbox.event();
		const { json } = await sandbox.run({ ...event('get'), event: byId(id), simplify: false });
		expect(sandbox.requests()).toEqual([{ method: 'GET', url: `/v1.0/me/events/${id}` }]);
		expect(json[0]).toMatchObject({
			start: { dateTime: '2026-03-02T09:00:00.0000000', timeZone: 'Europe/Berlin' },
		});
	});

	it('finds a meeting by its iCalendar UID in another mailbox', async () => {
		const { iCalUId } = await sandbox.event({ attendees: [person(support)] });
		const { json } = await sandbox.run({
			...event('get'),
			mailbox: support,
			event: { __rl: true, mode: 'iCalUId', value: asText(iCalUId) },
		});
		expect(queryOf()).toEqual({ $filter: `iCalUId eq '${asText(iCalUId)}'`, $select: 'id' });
		expect(json[0]).toMatchObject({ subject: 'Planning', isOrganizer: false });
	});

	it('refuses a zone that is none', async () => {
		const parameters = {
			...event('get'),
			event: byId('AAMkx'),
			options: { outputTimeZone: 'Mars' },
		};
		await expect(sandbox.run(parameters)).rejects.toThrow('Output Time Zone: is "Mars"');
		expect(sandbox.requests()).toEqual([]);
	});
});

describe('event: getView', () => {
	const view = { ...event('getView'), from: '2026-03-01', until: '2026-04-15' };

	it('lists occurrences in order, each in the hour of its day', async () => {
		await sandbox.event({ recurrence: mondays });
		await sandbox.event({
			subject: 'Between',
			start: at('2026-03-10T08:00:00'),
			end: at('2026-03-10T08:30:00'),
		});
		const { json } = await sandbox.run(view);
		expect(queryOf()).toMatchObject({
			startDateTime: '2026-02-28T23:00:00Z',
			endDateTime: '2026-04-14T22:00:00Z',
			$orderby: 'start/dateTime',
		});
		expect(json.map(({ start }) => start)).toEqual([
			'2026-03-02T09:00:00+01:00',
			'2026-03-09T09:00:00+01:00',
			'2026-03-10T08:00:00+01:00',
			'2026-03-16T09:00:00+01:00',
			'2026-03-23T09:00:00+01:00',
			'2026-03-30T09:00:00+02:00',
			'2026-04-06T09:00:00+02:00',
			'2026-04-13T09:00:00+02:00',
		]);
		expect(json[0]).toMatchObject({ type: 'occurrence', seriesId: expect.any(String) as string });
		expect(json[0]).not.toHaveProperty('body');
	});

	it('stops at the limit', async () => {
		await sandbox.event({ recurrence: mondays });
		const { json } = await sandbox.run({ ...view, limit: 3 });
		expect(json).toHaveLength(3);
		expect(queryOf()).toMatchObject({ $top: '3' });
	});

	it('reads the calendar of a group', async () => {
		await sandbox.as(ben, 'POST', '/groups/0a0a0a0a-0000-4000-8000-000000000001/events', {
			subject: 'Team lunch',
			start: at('2026-03-03T12:00:00'),
			end: at('2026-03-03T13:00:00'),
		});
		const { json } = await sandbox.run({
			...view,
			calendar: byId('group:0a0a0a0a-0000-4000-8000-000000000001'),
		});
		expect(sandbox.requests()[0]?.url).toMatch(
			/^\/v1\.0\/groups\/0a0a0a0a-0000-4000-8000-000000000001\/calendarView\?/,
		);
		expect(json).toMatchObject([{ subject: 'Team lunch', organizer: 'marketing@contoso.example' }]);
	});

	it.each([
		[{ until: '2026-02-01' }, 'Until: is not after From'],
		[{ from: '' }, 'From: is empty'],
	])('refuses %p', async (extra, message) => {
		await expect(sandbox.run({ ...view, ...extra })).rejects.toThrow(message);
		expect(sandbox.requests()).toEqual([]);
	});
});

it('event: getInstances lists the occurrences of one series', async () => {
	const { id } = await sandbox.event({ recurrence: mondays });
	await sandbox.event({ subject: 'Other' });
	const { json } = await sandbox.run({
		...event('getInstances'),
		event: byId(id),
		from: '2026-03-09T00:00:00',
		until: '2026-03-24T00:00:00',
	});
	expect(sandbox.requests()[0]?.url).toMatch(new RegExp(`^/v1.0/me/events/${id}/instances\\?`));
	expect(json.map(({ start }) => asText(start).slice(0, 10))).toEqual([
		'2026-03-09',
		'2026-03-16',
		'2026-03-23',
	]);
});

describe('event: getAll', () => {
	it('lists masters, filtered by the form', async () => {
		await sandbox.event({ recurrence: mondays, categories: ['Travel'] });
		await sandbox.event({ subject: "Ana's day" });
		const { json } = await sandbox.run({
			...event('getAll'),
			filters: {
				subject: 'Plan',
				category: 'Travel',
				startsFrom: '2026-03-02T09:00:00',
				startsBefore: '2026-03-03',
				filter: 'isAllDay eq false',
			},
		});
		expect(queryOf()['$filter']).toBe(
			"start/dateTime ge '2026-03-02T08:00:00' and start/dateTime lt '2026-03-02T23:00:00' and " +
				"startswith(subject,'Plan') and categories/any(c:c eq 'Travel') and (isAllDay eq false)",
		);
		expect(json).toMatchObject([{ subject: 'Planning', type: 'seriesMaster' }]);
	});

	it('pages through all of them', async () => {
		for (let index = 0; index < 12; index++) await sandbox.event({ subject: `No. ${index}` });
		const { json } = await sandbox.run({ ...event('getAll'), returnAll: true });
		expect(json).toHaveLength(12);
		expect(queryOf()['$top']).toBe('1000');
	});
});

describe('pickers', () => {
	it('lists calendars with their owners', async () => {
		await sandbox.as(ana, 'POST', '/me/calendars', { name: 'Holidays' });
		const own = await sandbox.search('searchCalendars', {});
		expect(own.results.map(({ name }) => name)).toEqual([
			'Default Calendar',
			'Calendar',
			'Holidays',
		]);
		await sandbox.as(ben, 'POST', '/me/calendar/calendarPermissions', {
			emailAddress: { address: ana },
			role: 'read',
		});
		const shared = await sandbox.search('searchCalendars', { typed: 'ben' });
		expect(shared.results).toMatchObject([{ name: 'Calendar (Ben Okafor)' }]);
	});

	it('lists events, latest first, and searches by subject', async () => {
		const first = await sandbox.event({ subject: 'Weekly', recurrence: mondays });
		await sandbox.event({
			subject: 'Lunch',
			start: at('2026-03-05T12:00'),
			end: at('2026-03-05T13:00'),
		});
		const all = await sandbox.search('searchEvents', {});
		expect(all.results.map(({ name }) => name)).toEqual([
			'Lunch — 2026-03-05 12:00',
			'Weekly — 2026-03-02 09:00 — series',
		]);
		const found = await sandbox.search('searchEvents', { typed: 'week' });
		expect(found.results).toMatchObject([{ value: first.id }]);
	});
});
