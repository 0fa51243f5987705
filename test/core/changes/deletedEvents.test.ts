import { deletedEvents } from '../../../core/changes/deletedEvents';
import type { Change } from '../../../core/changes/types';
import { path } from '../../../core/graph/path';
import { ana, startSourceSandbox, type SourceSandbox, Watcher } from './sourceSandbox';

// Each asks a Graph of its own many times.
jest.setTimeout(30_000);

let box: SourceSandbox;
beforeAll(async () => (box = await startSourceSandbox()));
beforeEach(() => box.reset());
afterAll(async () => await box.stop());

const dayMs = 86_400_000;
const start = async () =>
	await new Watcher(
		box.graph,
		deletedEvents({
			key: 'ana',
			events: path`/me/events`,
			view: path`/me/calendarView`,
			daysAhead: 60,
			now: () => box.clock.now(),
		}),
	).start();
const inDays = (days: number, hour = 9) => ({
	dateTime: `${new Date(box.clock.now() + days * dayMs).toISOString().slice(0, 10)}T${String(hour).padStart(2, '0')}:00:00`,
	timeZone: 'UTC',
});
const make = async (subject: string, days: number, more: object = {}) =>
	(
		await box.as(ana, 'POST', '/me/events', {
			subject,
			start: inDays(days),
			end: inDays(days, 10),
			...more,
		})
	).id;
const weekly = (weeks: number) => ({
	recurrence: {
		pattern: {
			type: 'daily',
			interval: 7,
		},
		range: {
			type: 'numbered',
			startDate: inDays(1).dateTime.slice(0, 10),
			numberOfOccurrences: weeks,
		},
	},
});
const remove = async (id: string) => await box.as(ana, 'DELETE', `/me/events/${id}`);
const occurrences = async (id: string) =>
	(
		await box.as<{ value: Array<{ id: string; start: { dateTime: string } }> }>(
			ana,
			'GET',
			`/me/events/${id}/instances?startDateTime=2020-01-01T00:00:00Z&endDateTime=2100-01-01T00:00:00Z&$top=100`,
		)
	).value;
const told = (changes: readonly Change[]) =>
	changes.map(({ item }) => [item['subject'], item['type']]);

it('tells what is deleted with what it was, once', async () => {
	const id = await make('Lunch', 3);
	await make('Stays', 4);
	const watcher = await start();
	expect(await watcher.look()).toEqual([]);
	await remove(id);
	const [change, ...others] = await watcher.look();
	expect(others).toEqual([]);
	expect(change?.item).toEqual({
		id,
		subject: 'Lunch',
		type: 'single',
		start: `${inDays(3).dateTime}Z`,
		end: `${inDays(3, 10).dateTime}Z`,
		organizer: ana,
	});
	expect(await watcher.look()).toEqual([]);
});

it('takes nothing for deleted that is new, changed or moved out of sight', async () => {
	const moved = await make('Moved', 5);
	const watcher = await start();
	await make('Far ahead', 300);
	await box.as(ana, 'PATCH', `/me/events/${moved}`, { start: inDays(200), end: inDays(200, 10) });
	expect(await watcher.look()).toEqual([]);
});

it('asks once where nothing has happened', async () => {
	await make('Stays', 4);
	const watcher = await start();
	box.forget();
	await watcher.look();
	expect(box.requests()).toHaveLength(1);
	expect(box.requests()[0]).toMatch(/calendarView\/delta\?\$deltatoken=/);
});

it('tells a series as one, and a single occurrence as itself', async () => {
	const doomed = await make('Doomed series', 1, weekly(6));
	const kept = await make('Kept series', 1, weekly(6));
	const watcher = await start();
	const second = (await occurrences(kept))[1];
	await remove(second?.id ?? '');
	const one = await watcher.look();
	expect(told(one)).toEqual([['Kept series', 'occurrence']]);
	expect(one[0]?.item['start']).toBe(`${second?.start.dateTime.slice(0, 19) ?? ''}Z`);
	await remove(doomed);
	expect(told(await watcher.look())).toEqual([['Doomed series', 'series']]);
	expect(await watcher.look()).toEqual([]);
});

it('takes a series that is moved to other days for moved', async () => {
	const id = await make('Series', 1, weekly(6));
	const watcher = await start();
	await box.as(ana, 'PATCH', `/me/events/${id}`, {
		start: inDays(2),
		end: inDays(2, 10),
		recurrence: {
			pattern: { type: 'daily', interval: 7 },
			range: {
				type: 'numbered',
				startDate: inDays(2).dateTime.slice(0, 10),
				numberOfOccurrences: 6,
			},
		},
	});
	expect(await watcher.look()).toEqual([]);
});

it('opens the window anew after a week, and misses nothing by it', async () => {
	const id = await make('In two weeks', 14);
	const past = await make('Over', 1);
	const watcher = await start();
	box.clock.advance(9 * dayMs);
	await remove(id);
	expect(told(await watcher.look())).toEqual([['In two weeks', 'single']]);
	expect(await watcher.look()).toEqual([]);
	await remove(past);
	const later = await make('Far', 55);
	await watcher.look();
	await remove(later);
	expect(told(await watcher.look())).toEqual([['Far', 'single']]);
});

it('finds by itself what went while the link was lost', async () => {
	const id = await make('Lunch', 3);
	const moved = await make('Moved', 5);
	await make('Stays', 4);
	const watcher = await start();
	await remove(id);
	await box.as(ana, 'PATCH', `/me/events/${moved}`, { start: inDays(200), end: inDays(200, 10) });
	await box.expireDeltas();
	expect(told(await watcher.look())).toEqual([['Lunch', 'single']]);
	expect(await watcher.look()).toEqual([]);
});
