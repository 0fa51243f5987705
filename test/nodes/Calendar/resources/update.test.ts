import {
	type CalendarSandbox,
	at,
	ben,
	byId,
	mondays,
	occurrencesOf,
	person,
	startCalendarSandbox,
	asText,
} from '../calendarSandbox';

let sandbox: CalendarSandbox;
beforeAll(async () => (sandbox = await startCalendarSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

const update = { resource: 'event', operation: 'update' };

/** Ten Mondays from 2 March; the clocks change before the fifth, on 30 March. */
async function series(extra: Record<string, unknown> = {}) {
	const { id } = await sandbox.event({ recurrence: mondays, ...extra });
	const occurrences = await occurrencesOf(sandbox, id);
	expect(occurrences).toHaveLength(10);
	sandbox.forget();
	return { id, occurrences, third: occurrences[2]?.id ?? '' };
}

const startsOf = async (id: string) =>
	(await occurrencesOf(sandbox, id)).map(({ start }) => asText(start?.['dateTime']).slice(0, 16));

const writes = () => sandbox.requests().filter(({ method }) => method !== 'GET');

describe('event: update', () => {
	it('changes a single event in one request', async () => {
		const { id } = await sandbox.event();
		const { json } = await sandbox.run({
			...update,
			event: byId(id),
			changes: { subject: 'New', showAs: 'free', recurrenceRule: 'none' },
		});
		expect(sandbox.requests()).toEqual([
			{
				method: 'PATCH',
				url: `/v1.0/me/events/${id}`,
				body: { subject: 'New', showAs: 'free', recurrence: null },
			},
		]);
		expect(json[0]).toMatchObject({ id, subject: 'New', showAs: 'free' });
	});

	it('keeps the length where only the start is given', async () => {
		const { id } = await sandbox.event();
		await sandbox.run({ ...update, event: byId(id), changes: { start: '2026-03-05T14:00:00' } });
		expect(writes()[0]?.body).toEqual({
			start: at('2026-03-05T14:00:00'),
			end: at('2026-03-05T15:00:00'),
		});
	});

	it('moves an all-day event by days', async () => {
		const { id } = await sandbox.event({
			isAllDay: true,
			start: at('2026-03-02T00:00:00'),
			end: at('2026-03-04T00:00:00'),
		});
		await sandbox.run({ ...update, event: byId(id), changes: { start: '2026-03-09' } });
		expect(writes()[0]?.body).toEqual({
			start: at('2026-03-09T00:00:00'),
			end: at('2026-03-11T00:00:00'),
		});
		await sandbox.run({ ...update, event: byId(id), changes: { end: '2026-03-12' } });
		expect(writes()[1]?.body).toEqual({
			start: at('2026-03-09T00:00:00'),
			end: at('2026-03-13T00:00:00'),
		});
	});

	it('makes an event of hours one of days', async () => {
		const { id } = await sandbox.event();
		const { json } = await sandbox.run({ ...update, event: byId(id), changes: { isAllDay: true } });
		expect(json[0]).toMatchObject({ start: '2026-03-02', end: '2026-03-02', isAllDay: true });
	});

	it('gives a single event a rule, from its own start', async () => {
		const { id } = await sandbox.event();
		const { json } = await sandbox.run({
			...update,
			event: byId(id),
			changes: { recurrenceRule: 'FREQ=WEEKLY;COUNT=2' },
		});
		expect(json[0]).toMatchObject({ recurrenceRule: 'FREQ=WEEKLY;BYDAY=MO;WKST=MO;COUNT=2' });
		expect(await startsOf(id)).toEqual(['2026-03-02T09:00', '2026-03-09T09:00']);
	});

	it('changes one occurrence', async () => {
		const { id, third } = await series();
		await sandbox.run({
			...update,
			event: byId(third),
			changes: { start: '2026-03-17T11:00:00', end: '2026-03-17T12:00:00' },
		});
		expect(sandbox.requests().map(({ method, url }) => `${method} ${url}`)).toEqual([
			`PATCH /v1.0/me/events/${third}`,
		]);
		expect((await startsOf(id)).slice(1, 4)).toEqual([
			'2026-03-09T09:00',
			'2026-03-17T11:00',
			'2026-03-23T09:00',
		]);
	});

	it('changes the whole series from one of its occurrences', async () => {
		const { id, third } = await series();
		await sandbox.run({ ...update, event: byId(third), scope: 'all', changes: { subject: 'All' } });
		expect(writes()).toEqual([
			{ method: 'PATCH', url: `/v1.0/me/events/${id}`, body: { subject: 'All' } },
		]);
	});

	it('moves the whole series by the days and to the hour of one occurrence', async () => {
		const { id, third } = await series();
		// Monday 16 March at 9 becomes Wednesday 18 March at 14:30.
		await sandbox.run({
			...update,
			event: byId(third),
			scope: 'all',
			changes: { start: '2026-03-18T14:30:00' },
		});
		expect(writes()[0]).toEqual({
			method: 'PATCH',
			url: `/v1.0/me/events/${id}`,
			body: {
				start: at('2026-03-04T14:30:00'),
				end: at('2026-03-04T15:30:00'),
				recurrence: {
					pattern: { ...mondays.pattern, daysOfWeek: ['wednesday'] },
					range: { ...mondays.range, startDate: '2026-03-04' },
				},
			},
		});
		const starts = await startsOf(id);
		expect(starts).toHaveLength(10);
		expect(starts.every((start) => start.endsWith('T14:30'))).toBe(true);
	});

	it('splits the series for this and following', async () => {
		const { id, third } = await series({
			attendees: [person(ben)],
			categories: ['Travel'],
			body: { contentType: 'html', content: 'Agenda' },
		});
		const { json } = await sandbox.run({
			...update,
			event: byId(third),
			scope: 'following',
			changes: { subject: 'From now on', start: '2026-03-16T15:00:00' },
		});
		const [create, end] = writes();
		expect(create).toMatchObject({
			method: 'POST',
			url: '/v1.0/me/events',
			body: {
				subject: 'From now on',
				categories: ['Travel'],
				attendees: [{ type: 'required', emailAddress: { address: ben } }],
				start: at('2026-03-16T15:00:00'),
				end: at('2026-03-16T16:00:00'),
				recurrence: {
					pattern: mondays.pattern,
					range: { ...mondays.range, startDate: '2026-03-16', numberOfOccurrences: 8 },
				},
				transactionId: expect.any(String) as string,
			},
		});
		expect(end).toEqual({
			method: 'PATCH',
			url: `/v1.0/me/events/${id}`,
			body: {
				recurrence: {
					pattern: mondays.pattern,
					range: {
						type: 'endDate',
						startDate: '2026-03-02',
						endDate: '2026-03-09',
						recurrenceTimeZone: 'Europe/Berlin',
					},
				},
			},
		});
		expect(writes()).toHaveLength(2);
		const newId = asText(json[0]?.['id']);
		expect(json[0]).toMatchObject({ subject: 'From now on', type: 'seriesMaster' });
		expect(await startsOf(id)).toEqual(['2026-03-02T09:00', '2026-03-09T09:00']);
		const later = await startsOf(newId);
		expect(later).toHaveLength(8);
		// The clocks change on 29 March; the hour stays.
		expect(later.slice(0, 3)).toEqual(['2026-03-16T15:00', '2026-03-23T15:00', '2026-03-30T15:00']);
	});

	it('splits at the first occurrence by changing the series itself', async () => {
		const { id, occurrences } = await series();
		await sandbox.run({
			...update,
			event: byId(occurrences[0]?.id ?? ''),
			scope: 'following',
			changes: { subject: 'All of them' },
		});
		expect(writes()).toEqual([
			{ method: 'PATCH', url: `/v1.0/me/events/${id}`, body: { subject: 'All of them' } },
		]);
	});

	it('takes the new series back where the old one can not be ended', async () => {
		const { id, third } = await series();
		sandbox.fault({ match: `PATCH /v1.0/me/events/${id}`, status: 403 });
		const error = await sandbox
			.run({ ...update, event: byId(third), scope: 'following', changes: { subject: 'New' } })
			.then(
				() => undefined,
				(reason: unknown) => reason as { description: string },
			);
		expect(error?.description).toContain('The series is as it was: the new one was deleted again.');
		expect(writes().map(({ method }) => method)).toEqual(['POST', 'PATCH', 'DELETE']);
		expect(await startsOf(id)).toHaveLength(10);
	});

	it('treats a single event as such, whatever the scope', async () => {
		const { id } = await sandbox.event();
		await sandbox.run({
			...update,
			event: byId(id),
			scope: 'following',
			changes: { start: '2026-03-05T14:00:00' },
		});
		expect(writes()).toEqual([
			{
				method: 'PATCH',
				url: `/v1.0/me/events/${id}`,
				body: { start: at('2026-03-05T14:00:00'), end: at('2026-03-05T15:00:00') },
			},
		]);
	});

	it('asks for a change', async () => {
		await expect(sandbox.run({ ...update, event: byId('AAMkx'), changes: {} })).rejects.toThrow(
			'Changes: is empty',
		);
	});

	it('puts plain changes of many events into one batch, and the rest beside it', async () => {
		const first = await sandbox.event();
		const second = await sandbox.event();
		const third = await sandbox.event();
		const ids = [first.id, second.id, third.id];
		const { json } = await sandbox.run(
			(index) => ({
				...update,
				event: byId(ids[index] ?? ''),
				changes: index === 1 ? { start: '2026-03-05T14:00:00' } : { subject: `No. ${index}` },
			}),
			{ items: [{}, {}, {}] },
		);
		expect(json.map(({ id }) => id)).toEqual(ids);
		expect(json[1]).toMatchObject({ start: '2026-03-05T14:00:00+01:00' });
		expect(sandbox.requests().map(({ method, url }) => `${method} ${url}`)).toEqual([
			expect.stringContaining('GET /v1.0/me/events/'),
			expect.stringContaining('PATCH /v1.0/me/events/'),
			'POST /v1.0/$batch',
		]);
	});
});
