import {
	type CalendarSandbox,
	ana,
	at,
	ben,
	byId,
	chloe,
	person,
	startCalendarSandbox,
	support,
	asText,
} from '../calendarSandbox';

let sandbox: CalendarSandbox;
beforeAll(async () => (sandbox = await startCalendarSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

const basics = { resource: 'event', operation: 'create', subject: 'Planning' };
const anyId = expect.stringMatching(/^[0-9a-f-]{36}$/) as string;

describe('event: create', () => {
	it('sends a short event in the workflow zone, half an hour long', async () => {
		const { json } = await sandbox.run({ ...basics, start: '2026-03-31T08:00:00' });
		expect(sandbox.requests()).toEqual([
			{
				method: 'POST',
				url: '/v1.0/me/events',
				body: {
					subject: 'Planning',
					start: at('2026-03-31T08:00:00'),
					end: at('2026-03-31T08:30:00'),
					transactionId: anyId,
				},
			},
		]);
		expect(sandbox.recorded()[0]?.headers['prefer']).toContain('outlook.timezone="Europe/Berlin"');
		expect(json[0]).toMatchObject({
			subject: 'Planning',
			start: '2026-03-31T08:00:00+02:00',
			end: '2026-03-31T08:30:00+02:00',
			organizer: ana,
			type: 'singleInstance',
			recurrenceRule: '',
		});
	});

	it('sends everything that the form has', async () => {
		await sandbox.run({
			...basics,
			mailbox: support,
			start: '2026-03-31T08:00:00Z',
			end: '2026-03-31T11:30:00+02:00',
			timeZone: 'W. Europe Standard Time',
			requiredAttendees: `Ben Okafor <${ben}>`,
			options: {
				optionalAttendees: chloe,
				rooms: 'Atlantic <room1@contoso.example>',
				body: '<p>Agenda</p>',
				categories: 'Travel, Blue category',
				locations: {
					rows: [{ name: 'Café Central' }, { name: '', url: 'https://meet.example.com' }],
				},
				reminderMinutes: 30,
				isOnlineMeeting: true,
				allowNewTimeProposals: false,
				hideAttendees: true,
				importance: 'high',
				responseRequested: false,
				sensitivity: 'private',
				showAs: 'tentative',
			},
		});
		expect(sandbox.requests()).toEqual([
			{
				method: 'POST',
				url: `/v1.0/users/${encodeURIComponent(support)}/events`,
				body: {
					subject: 'Planning',
					start: at('2026-03-31T10:00:00', 'W. Europe Standard Time'),
					end: at('2026-03-31T11:30:00', 'W. Europe Standard Time'),
					attendees: [
						{ emailAddress: { address: ben, name: 'Ben Okafor' }, type: 'required' },
						person(chloe, 'optional'),
						{
							emailAddress: { address: 'room1@contoso.example', name: 'Atlantic' },
							type: 'resource',
						},
					],
					body: { contentType: 'html', content: '<p>Agenda</p>' },
					categories: ['Travel', 'Blue category'],
					locations: [
						{
							displayName: 'Atlantic',
							locationEmailAddress: 'room1@contoso.example',
							locationType: 'conferenceRoom',
						},
						{ displayName: 'Café Central' },
						{ displayName: 'https://meet.example.com', locationUri: 'https://meet.example.com' },
					],
					isReminderOn: true,
					reminderMinutesBeforeStart: 30,
					isOnlineMeeting: true,
					onlineMeetingProvider: 'teamsForBusiness',
					allowNewTimeProposals: false,
					hideAttendees: true,
					importance: 'high',
					responseRequested: false,
					sensitivity: 'private',
					showAs: 'tentative',
					transactionId: anyId,
				},
			},
		]);
	});

	it('sends whole days, the last one included', async () => {
		const { json } = await sandbox.run({
			...basics,
			isAllDay: true,
			firstDay: '2026-05-04T00:00:00',
			lastDay: '2026-05-06',
			options: { reminderMinutes: -1 },
		});
		expect(sandbox.requests()[0]?.body).toEqual({
			subject: 'Planning',
			start: at('2026-05-04T00:00:00'),
			end: at('2026-05-07T00:00:00'),
			isAllDay: true,
			isReminderOn: false,
			transactionId: anyId,
		});
		expect(json[0]).toMatchObject({ start: '2026-05-04', end: '2026-05-06', isAllDay: true });
	});

	it('keeps the second of two equal hours apart when the clocks go back', async () => {
		const { json } = await sandbox.run({
			...basics,
			start: '2026-10-25T02:30:00+01:00',
			end: '2026-10-25T03:00:00+01:00',
		});
		expect(sandbox.requests()[0]?.body).toMatchObject({
			start: at('2026-10-25T01:30:00', 'UTC'),
			end: at('2026-10-25T03:00:00'),
		});
		expect(json[0]).toMatchObject({ end: '2026-10-25T03:00:00+01:00' });
	});

	it.each([
		[
			{ repeat: 'daily', repeatInterval: 2, repeatUntil: 'numbered', repeatCount: 5 },
			'FREQ=DAILY;INTERVAL=2;COUNT=5',
		],
		[
			{
				repeat: 'weekly',
				repeatDays: ['monday', 'thursday'],
				repeatUntil: 'endDate',
				repeatEndDay: '2026-06-30',
			},
			'FREQ=WEEKLY;BYDAY=MO,TH;WKST=MO;UNTIL=20260630T215959Z',
		],
		[{ repeat: 'absoluteMonthly' }, 'FREQ=MONTHLY;BYMONTHDAY=-1'],
		[
			{ repeat: 'relativeMonthly', repeatWeek: 'second', repeatWeekdays: ['friday'] },
			'FREQ=MONTHLY;BYDAY=2FR',
		],
		[{ repeat: 'absoluteYearly' }, 'FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31'],
		[{ repeat: 'relativeYearly' }, 'FREQ=YEARLY;BYMONTH=3;BYDAY=-1TU'],
		[
			{ repeat: 'rule', recurrenceRule: 'RRULE:FREQ=WEEKLY;COUNT=3' },
			'FREQ=WEEKLY;BYDAY=TU;WKST=MO;COUNT=3',
		],
	])('repeats by %p', async (form, rule) => {
		const { json } = await sandbox.run({ ...basics, start: '2026-03-31T08:00:00', ...form });
		expect(json[0]).toMatchObject({ recurrenceRule: rule, type: 'seriesMaster' });
	});

	it('sends a series with its zone', async () => {
		await sandbox.run({ ...basics, start: '2026-03-31T08:00:00', repeat: 'weekly' });
		expect(sandbox.requests()[0]?.body).toMatchObject({
			recurrence: {
				pattern: { type: 'weekly', interval: 1, daysOfWeek: ['tuesday'], firstDayOfWeek: 'monday' },
				range: { type: 'noEnd', startDate: '2026-03-31', recurrenceTimeZone: 'Europe/Berlin' },
			},
		});
	});

	it('makes one event of a request whose answer was lost', async () => {
		sandbox.fault({ match: 'POST /v1.0/me/events', dropConnection: true, times: 1 });
		await sandbox.run({ ...basics, start: '2026-03-31T08:00:00' });
		await sandbox.run({ ...basics, start: '2026-03-31T08:00:00' });
		const ids = sandbox
			.requests()
			.map(({ body }) => (body as { transactionId: string }).transactionId);
		expect(new Set(ids).size).toBe(1);
		const { value } = (await sandbox.as(ana, 'GET', '/me/events')) as unknown as {
			value: unknown[];
		};
		expect(value).toHaveLength(1);
	});

	it('makes another event in the next execution, and in the next round of a loop', async () => {
		const parameters = { ...basics, start: '2026-03-31T08:00:00' };
		await sandbox.run(parameters);
		await sandbox.run(parameters, { executionId: 'another' });
		await sandbox.run(parameters, { runIndex: 1 });
		await sandbox.run({ ...parameters, subject: 'Other' });
		const { value } = (await sandbox.as(ana, 'GET', '/me/events')) as unknown as {
			value: unknown[];
		};
		expect(value).toHaveLength(4);
	});

	it('puts many into batches, in the calendars that each item names', async () => {
		const holidays = await sandbox.as(ana, 'POST', '/me/calendars', { name: 'Holidays' });
		const { json } = await sandbox.run(
			(index) => ({
				...basics,
				subject: `Event ${index}`,
				start: '2026-03-31T08:00:00',
				...(index === 1 && { calendar: { __rl: true, mode: 'name', value: 'holidays' } }),
				...(index === 2 && {
					calendar: { __rl: true, mode: 'group', value: 'marketing@contoso.example' },
				}),
			}),
			{ items: [{}, {}, {}] },
		);
		expect(json.map(({ subject }) => subject)).toEqual(['Event 0', 'Event 1', 'Event 2']);
		const batch = sandbox.requests().filter(({ url }) => url === '/v1.0/$batch');
		expect(batch).toHaveLength(1);
		const { requests } = batch[0]?.body as { requests: Array<{ url: string }> };
		expect(requests.map(({ url }) => url)).toEqual([
			'/me/events',
			`/me/calendars/${asText(holidays['id'])}/events`,
		]);
		// Another mailbox has a batch of its own; one request needs none.
		expect(sandbox.requests().map(({ url }) => url)).toContain(
			'/v1.0/groups/0a0a0a0a-0000-4000-8000-000000000001/events',
		);
	});

	it.each([
		[{ start: '' }, 'Start: is empty'],
		[{ start: '2026-03-31T08:00', end: '2026-03-31T07:00' }, 'End: is before the start'],
		[{ start: 'soon' }, 'Start: is "soon", which is no date and time'],
		[{ start: '2026-03-31', timeZone: 'Lisbon' }, 'Time Zone: is "Lisbon", which is no time zone'],
		[
			{ start: '2026-03-31', repeat: 'rule', recurrenceRule: 'FREQ=HOURLY' },
			"Recurrence Rule: FREQ=HOURLY can't be repeated by Outlook",
		],
		[
			{ start: '2026-03-31', requiredAttendees: 'Ben' },
			'Required Attendees: "Ben" is no email address',
		],
		[
			{ start: '2026-03-31', calendar: { __rl: true, mode: 'name', value: 'Nope' } },
			'Calendar: the mailbox has no calendar "Nope"',
		],
	])('refuses %p before anything is created', async (parameters, message) => {
		await expect(sandbox.run({ ...basics, ...parameters })).rejects.toThrow(message);
		expect(sandbox.requests().filter(({ method }) => method === 'POST')).toEqual([]);
	});

	it('names a calendar by its ID', async () => {
		const holidays = await sandbox.as(ana, 'POST', '/me/calendars', { name: 'Holidays' });
		const id = asText(holidays['id']);
		await sandbox.run({ ...basics, calendar: byId(id), start: '2026-03-31T08:00:00' });
		expect(sandbox.requests()[0]?.url).toBe(`/v1.0/me/calendars/${id}/events`);
	});
});
