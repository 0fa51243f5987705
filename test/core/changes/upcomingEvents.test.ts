import { utc, zoneOf } from '../../../core/calendar/zone';
import type { Change } from '../../../core/changes/types';
import { upcomingEvents } from '../../../core/changes/upcomingEvents';
import { path } from '../../../core/graph/path';
import { ana, startSourceSandbox, type SourceSandbox, Watcher } from './sourceSandbox';

// Each asks a Graph of its own many times.
jest.setTimeout(30_000);

let box: SourceSandbox;
beforeAll(async () => (box = await startSourceSandbox()));
beforeEach(() => box.reset());
afterAll(async () => await box.stop());

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const source = (minutesBefore = 15, allDayZone = zoneOf('')) =>
	upcomingEvents({
		key: 'ana',
		view: path`/me/calendarView`,
		minutesBefore,
		allDayZone,
		now: () => box.clock.now(),
	});
const inMinutes = (minutes: number) => {
	const text = new Date(box.clock.now() + minutes * minuteMs).toISOString();
	return { dateTime: text.slice(0, 19), timeZone: 'UTC' };
};
const make = async (subject: string, from: number, minutes = 30, more: object = {}) =>
	(
		await box.as(ana, 'POST', '/me/events', {
			subject,
			start: inMinutes(from),
			end: inMinutes(from + minutes),
			...more,
		})
	).id;
const subjects = (changes: readonly Change[]) => changes.map(({ item }) => item['subject']);

it('tells an event so many minutes before it begins, once', async () => {
	const watcher = await new Watcher(box.graph, source()).start();
	await make('Lunch', 60);
	expect(await watcher.look()).toEqual([]);
	box.clock.advance(44 * minuteMs);
	expect(await watcher.look()).toEqual([]);
	box.clock.advance(2 * minuteMs);
	expect(subjects(await watcher.look())).toEqual(['Lunch']);
	for (let minute = 0; minute < 60; minute += 5) {
		box.clock.advance(5 * minuteMs);
		expect(await watcher.look()).toEqual([]);
	}
});

it('asks once, whether there is something or not', async () => {
	await make('Lunch', 10);
	const watcher = await new Watcher(box.graph, source()).start();
	box.forget();
	expect(subjects(await watcher.look())).toEqual(['Lunch']);
	await watcher.look();
	expect(box.requests()).toHaveLength(2);
	expect(box.requests()[0]).toMatch(/^GET \/v1.0\/me\/calendarView\?startDateTime=/);
	expect(box.requests()[0]).not.toContain('body');
});

it('tells what is made or moved into the time before it begins', async () => {
	const id = await make('Later', 240);
	const watcher = await new Watcher(box.graph, source()).start();
	expect(await watcher.look()).toEqual([]);
	await make('At short notice', 5);
	await box.as(ana, 'PATCH', `/me/events/${id}`, { start: inMinutes(10), end: inMinutes(40) });
	expect(subjects(await watcher.look()).sort()).toEqual(['At short notice', 'Later']);
});

it('tells a moved one anew', async () => {
	const id = await make('Lunch', 10);
	const watcher = await new Watcher(box.graph, source()).start();
	const [first] = await watcher.look();
	await box.as(ana, 'PATCH', `/me/events/${id}`, { start: inMinutes(120), end: inMinutes(150) });
	expect(await watcher.look()).toEqual([]);
	box.clock.advance(110 * minuteMs);
	const [second] = await watcher.look();
	expect(second).toMatchObject({ id, item: { subject: 'Lunch' } });
	expect(second?.version).not.toBe(first?.version);
});

it('tells each occurrence of a series, and an exception at its own time', async () => {
	const day = inMinutes(0).dateTime.slice(0, 10);
	const id = await make('Daily', 60, 30, {
		recurrence: {
			pattern: { type: 'daily', interval: 1 },
			range: { type: 'numbered', startDate: day, numberOfOccurrences: 5 },
		},
	});
	const { value } = await box.as<{ value: Array<{ id: string }> }>(
		ana,
		'GET',
		`/me/events/${id}/instances?startDateTime=${day}T00:00:00Z&endDateTime=2100-01-01T00:00:00Z`,
	);
	// The third is an hour late.
	const lateBy = 2 * 24 * 60 + 120;
	await box.as(ana, 'PATCH', `/me/events/${value[2]?.id ?? ''}`, {
		start: inMinutes(lateBy),
		end: inMinutes(lateBy + 30),
	});
	const watcher = await new Watcher(box.graph, source()).start();
	const begin = box.clock.now();
	const told: number[] = [];
	for (let step = 0; step < 4 * 48; step++) {
		for (const { item } of await watcher.look()) {
			told.push(Math.round((Number(item['startMs']) - begin) / hourMs));
		}
		box.clock.advance(30 * minuteMs);
	}
	expect(told).toEqual([1, 25, 50, 73]);
});

it('tells what began while nobody looked, as long as it goes on', async () => {
	await make('Running before', -10, 600);
	await make('Over soon', 30, 30);
	await make('Workshop', 30, 300);
	const watcher = await new Watcher(box.graph, source()).start();
	expect(await watcher.look()).toEqual([]);
	box.clock.advance(2 * hourMs);
	expect(subjects(await watcher.look())).toEqual(['Workshop']);
});

it('leaves out what is cancelled, and days unless they are wanted', async () => {
	const tomorrow = new Date(box.clock.now() + 24 * hourMs).toISOString().slice(0, 10);
	const after = new Date(box.clock.now() + 48 * hourMs).toISOString().slice(0, 10);
	await box.as(ana, 'POST', '/me/events', {
		subject: 'Holiday',
		isAllDay: true,
		start: { dateTime: `${tomorrow}T00:00:00`, timeZone: 'UTC' },
		end: { dateTime: `${after}T00:00:00`, timeZone: 'UTC' },
	});
	const without = await new Watcher(box.graph, source(60)).start();
	const withDays = await new Watcher(box.graph, source(60, utc)).start();
	// Where the day has begun hours before it does in Greenwich.
	const auckland = await new Watcher(box.graph, source(60, zoneOf('Pacific/Auckland'))).start();
	const told = { without: 0, withDays: 0, auckland: 0 };
	const midnightMs = Date.parse(`${tomorrow}T00:00:00Z`);
	while (box.clock.now() < midnightMs + hourMs) {
		told.without += (await without.look()).length;
		for (const { at } of await withDays.look()) {
			told.withDays += 1;
			expect(at.slice(0, 19)).toBe(`${tomorrow}T00:00:00`);
		}
		for (const { at } of await auckland.look()) {
			told.auckland += 1;
			expect(midnightMs - Date.parse(at)).toBeGreaterThanOrEqual(12 * hourMs);
		}
		box.clock.advance(30 * minuteMs);
	}
	expect(told.without).toBe(0);
	expect(told.withDays).toBe(1);
	// Depending on the time of the test that day may have begun there before the trigger did.
	expect(told.auckland).toBeLessThanOrEqual(1);
});

it('offers the next ones for a test, the nearest first', async () => {
	await make('Running', -10, 60);
	await make('Second', 300);
	await make('First', 30);
	expect(subjects(await source().newest(box.graph, 5))).toEqual(['First', 'Second']);
	expect(subjects(await source().newest(box.graph, 1))).toEqual(['First']);
});
