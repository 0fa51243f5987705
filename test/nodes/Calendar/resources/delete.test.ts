import {
	type CalendarSandbox,
	ana,
	at,
	byId,
	mondays,
	occurrencesOf,
	startCalendarSandbox,
	asText,
} from '../calendarSandbox';

let sandbox: CalendarSandbox;
beforeAll(async () => (sandbox = await startCalendarSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

const remove = { resource: 'event', operation: 'delete' };

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

describe('event: delete', () => {
	it('deletes one occurrence', async () => {
		const { id, third } = await series();
		const { json } = await sandbox.run({ ...remove, event: byId(third) });
		expect(sandbox.requests()).toEqual([{ method: 'DELETE', url: `/v1.0/me/events/${third}` }]);
		expect(json).toEqual([{ success: true }]);
		expect(await startsOf(id)).toHaveLength(9);
	});

	it('deletes this and following by ending the series before', async () => {
		const { id, third } = await series();
		await sandbox.run({ ...remove, event: byId(third), scope: 'following' });
		expect(writes()).toEqual([
			{
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
			},
		]);
		expect(await startsOf(id)).toEqual(['2026-03-02T09:00', '2026-03-09T09:00']);
	});

	it('counts a moved occurrence by its place in the pattern', async () => {
		const { id, third } = await series();
		await sandbox.as(ana, 'PATCH', `/me/events/${third}`, {
			start: at('2026-04-30T09:00:00'),
			end: at('2026-04-30T10:00:00'),
		});
		await sandbox.run({ ...remove, event: byId(third), scope: 'following' });
		expect(await startsOf(id)).toEqual(['2026-03-02T09:00', '2026-03-09T09:00']);
	});

	it('deletes the series from its first occurrence on, or as a whole', async () => {
		const { id, occurrences, third } = await series();
		await sandbox.run({ ...remove, event: byId(occurrences[0]?.id ?? ''), scope: 'following' });
		expect(writes()).toEqual([{ method: 'DELETE', url: `/v1.0/me/events/${id}` }]);
		const again = await series();
		await sandbox.run({ ...remove, event: byId(again.third), scope: 'all' });
		expect(writes()).toEqual([{ method: 'DELETE', url: `/v1.0/me/events/${again.id}` }]);
		expect(third).not.toBe(again.third);
	});

	it('deletes many in one batch', async () => {
		const ids = [(await sandbox.event()).id, (await sandbox.event()).id];
		const { json } = await sandbox.run((index) => ({ ...remove, event: byId(ids[index] ?? '') }), {
			items: [{}, {}],
		});
		expect(sandbox.requests().map(({ url }) => url)).toEqual(['/v1.0/$batch']);
		expect(json).toEqual([{ success: true }, { success: true }]);
	});
});
