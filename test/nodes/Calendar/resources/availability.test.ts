import {
	type CalendarSandbox,
	ana,
	at,
	ben,
	chloe,
	person,
	startCalendarSandbox,
} from '../calendarSandbox';

let sandbox: CalendarSandbox;
beforeAll(async () => (sandbox = await startCalendarSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

const availability = (operation: string) => ({ resource: 'availability', operation });
// Working hours in the sandbox are from 8 to 17, Monday to Friday, in UTC; 2 March 2026 is a Monday.
const monday = { from: '2026-03-02T08:00:00', until: '2026-03-02T18:00:00' };

describe('getSchedule', () => {
	const schedule = { ...availability('getSchedule'), ...monday };

	it('asks in the output zone, and answers when people are busy', async () => {
		await sandbox.event({ location: { displayName: 'Lisbon' } });
		await sandbox.event({ subject: 'Secret', sensitivity: 'private', showAs: 'oof' }, ben);
		const { json } = await sandbox.run({
			...schedule,
			schedules: `${ana}, ${ben}, ghost@contoso.example`,
			options: { interval: 60 },
		});
		expect(sandbox.requests()).toEqual([
			{
				method: 'POST',
				url: '/v1.0/me/calendar/getSchedule',
				body: {
					schedules: [ana, ben, 'ghost@contoso.example'],
					startTime: at('2026-03-02T08:00:00'),
					endTime: at('2026-03-02T18:00:00'),
					availabilityViewInterval: 60,
				},
			},
		]);
		expect(json).toMatchObject([
			{
				address: ana,
				availabilityView: '0200000000',
				busy: [
					{
						start: '2026-03-02T09:00:00+01:00',
						end: '2026-03-02T10:00:00+01:00',
						status: 'busy',
						subject: 'Planning',
						location: 'Lisbon',
					},
				],
				workingHoursStart: '08:00',
				error: '',
			},
			{ address: ben, availabilityView: '0300000000', busy: [{ subject: '', isPrivate: true }] },
			{ address: 'ghost@contoso.example', error: 'The mail recipient is not found.' },
		]);
	});

	it('asks for more than 20 in groups, in one batch, and keeps their order', async () => {
		const schedules = Array.from({ length: 45 }, (_, index) => `person${index}@contoso.example`);
		const { json } = await sandbox.run({ ...schedule, schedules: schedules.join(', ') });
		expect(sandbox.requests().map(({ url }) => url)).toEqual(['/v1.0/$batch']);
		const { requests } = sandbox.requests()[0]?.body as {
			requests: Array<{ body: { schedules: string[] }; headers: Record<string, string> }>;
		};
		expect(requests.map(({ body }) => body.schedules.length)).toEqual([20, 20, 5]);
		expect(JSON.stringify(requests[0]?.headers).toLowerCase()).toContain('outlook.timezone');
		expect(json.map(({ address }) => address)).toEqual(schedules);
	});

	it('refuses more than Exchange looks up', async () => {
		await expect(sandbox.run({ ...schedule, schedules: ana, until: '2026-06-01' })).rejects.toThrow(
			'Until: is 62 days or more after From',
		);
	});
});

describe('getNextFreeSlot', () => {
	const next = {
		...availability('getNextFreeSlot'),
		people: `${ana}, ${ben}`,
		after: '2026-03-02T08:10:00',
	};

	it("finds the first time in everybody's working hours", async () => {
		await sandbox.event({ start: at('2026-03-02T09:00:00'), end: at('2026-03-02T10:20:00') });
		await sandbox.event({ start: at('2026-03-02T11:00:00'), end: at('2026-03-02T12:00:00') }, ben);
		const { json } = await sandbox.run({ ...next, durationMinutes: 45 });
		// 9 in Berlin is when work begins at 8 UTC; 10:30 to 11:15 would meet Ben's event.
		expect(json).toEqual([
			{
				found: true,
				start: '2026-03-02T12:00:00+01:00',
				end: '2026-03-02T12:45:00+01:00',
				attendees: [ana, ben],
			},
		]);
		expect(sandbox.requests()[0]?.body).toMatchObject({
			startTime: at('2026-03-02T08:30:00'),
			availabilityViewInterval: 30,
		});
	});

	it('takes tentative time and any hour where asked to', async () => {
		await sandbox.event({ showAs: 'tentative', start: at('2026-03-02T08:00:00') });
		const { json } = await sandbox.run({
			...next,
			workingHours: false,
			options: { tentative: 'free', stepMinutes: '15', outputTimeZone: 'UTC' },
		});
		expect(json[0]).toMatchObject({ found: true, start: '2026-03-02T07:15:00Z' });
	});

	it('looks further where the first weeks are full', async () => {
		await sandbox.event({
			isAllDay: true,
			start: at('2026-03-01T00:00:00'),
			end: at('2026-03-25T00:00:00'),
		});
		const { json } = await sandbox.run({ ...next, withinDays: 40 });
		expect(json[0]).toMatchObject({ found: true, start: '2026-03-25T09:00:00+01:00' });
		expect(sandbox.requests()).toHaveLength(2);
	});

	it('says that there is none, and of whom nothing is known', async () => {
		const { json, hints } = await sandbox.run({
			...next,
			people: `${ana}, ghost@contoso.example`,
			withinDays: 2,
		});
		expect(json).toMatchObject([{ found: false, start: '', end: '' }]);
		expect(hints[0]).toContain('ghost@contoso.example (ErrorMailRecipientNotFound)');
	});

	it('asks for somebody', async () => {
		await expect(sandbox.run({ ...next, people: '' })).rejects.toThrow('Attendees: is empty');
	});
});

describe('findMeetingTimes', () => {
	const find = { ...availability('findMeetingTimes'), ...monday, people: `${ben}, ${chloe}` };

	it("asks Exchange, the organizer's zone in the answer", async () => {
		await sandbox.event({ attendees: [person(ben)] });
		const { json } = await sandbox.run({
			...find,
			durationMinutes: 60,
			options: { maxCandidates: 3, minimumPercentage: 100, rooms: 'room1@contoso.example' },
		});
		expect(sandbox.requests()).toEqual([
			{
				method: 'POST',
				url: '/v1.0/me/findMeetingTimes',
				body: {
					attendees: [person(ben), person(chloe), person('room1@contoso.example', 'resource')],
					timeConstraint: {
						activityDomain: 'work',
						timeSlots: [{ start: at('2026-03-02T08:00:00'), end: at('2026-03-02T18:00:00') }],
					},
					meetingDuration: 'PT60M',
					maxCandidates: 3,
					minimumAttendeePercentage: 100,
					returnSuggestionReasons: true,
				},
			},
		]);
		expect(json.map(({ start }) => start)).toEqual([
			'2026-03-02T10:00:00+01:00',
			'2026-03-02T10:30:00+01:00',
			'2026-03-02T11:00:00+01:00',
		]);
		expect(json[0]).toMatchObject({
			confidence: 100,
			organizerAvailability: 'free',
			attendees: [{ address: ben, availability: 'free' }, { address: chloe }, {}],
			answeredFrom: 'findMeetingTimes',
		});
	});

	it('says why there are none', async () => {
		await sandbox.event({
			isAllDay: true,
			start: at('2026-03-02T00:00:00'),
			end: at('2026-03-03T00:00:00'),
		});
		const { json, hints } = await sandbox.run(find);
		expect(json).toEqual([]);
		expect(hints).toEqual(['No time was found: AttendeesUnavailable']);
	});
});

describe('rooms', () => {
	it('getLists', async () => {
		const { json } = await sandbox.run({ resource: 'room', operation: 'getLists' });
		expect(sandbox.requests()[0]?.url).toMatch(/^\/v1\.0\/places\/microsoft\.graph\.roomList\?/);
		expect(json).toMatchObject([
			{ name: 'Building 1', address: 'building1@contoso.example' },
			{ name: 'Building 2' },
		]);
	});

	it('getAll', async () => {
		const { json } = await sandbox.run({ resource: 'room', operation: 'getAll', limit: 2 });
		expect(sandbox.requests()[0]?.url).toMatch(/^\/v1\.0\/places\/microsoft\.graph\.room\?/);
		expect(json).toMatchObject([
			{ name: 'Atlantic', address: 'room1@contoso.example', capacity: 4, building: 'Building 1' },
			{ name: 'Baltic' },
		]);
	});

	it('getAll of one list', async () => {
		const { json } = await sandbox.run({
			resource: 'room',
			operation: 'getAll',
			roomList: 'building2@contoso.example',
		});
		expect(sandbox.requests()[0]?.url).toMatch(
			/^\/v1\.0\/places\/building2(@|%40)contoso\.example\/microsoft\.graph\.roomList\/rooms\?/,
		);
		expect(json).toMatchObject([{ name: 'Caribbean' }]);
	});
});
