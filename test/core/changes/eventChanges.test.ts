import { createdEvents, invitations } from '../../../core/changes/eventChanges';
import { updatedEvents } from '../../../core/changes/eventUpdates';
import { meetingAnswers } from '../../../core/changes/meetingAnswers';
import type { Change } from '../../../core/changes/types';
import { path } from '../../../core/graph/path';
import { ana, ben, startSourceSandbox, type SourceSandbox, Watcher } from './sourceSandbox';

// Each asks a Graph of its own many times.
jest.setTimeout(30_000);

let box: SourceSandbox;
beforeAll(async () => (box = await startSourceSandbox()));
beforeEach(() => box.reset());
afterAll(async () => await box.stop());

const place = { key: 'ana', events: path`/me/events` };
const at = (dateTime: string) => ({ dateTime, timeZone: 'UTC' });
const meeting = (subject: string, more: object = {}) => ({
	subject,
	start: at('2027-03-02T09:00:00'),
	end: at('2027-03-02T10:00:00'),
	...more,
});
const make = async (person: string, subject: string, more: object = {}) =>
	(await box.as(person, 'POST', '/me/events', meeting(subject, more))).id;
const attendee = (address: string) => ({ type: 'required', emailAddress: { address } });
const subjects = (changes: readonly Change[]) => changes.map(({ item }) => item['subject']);
const minuteMs = 60_000;

it('finds an event when it is new, and never one that was there', async () => {
	await make(ana, 'Old');
	const watcher = await new Watcher(box.graph, createdEvents(place)).start();
	expect(await watcher.look()).toEqual([]);
	await make(ana, 'One');
	await make(ana, 'Two');
	expect(subjects(await watcher.look())).toEqual(['One', 'Two']);
	expect(await watcher.look()).toEqual([]);
});

it('finds what was made in an empty calendar, and after a long pause', async () => {
	const watcher = await new Watcher(box.graph, createdEvents(place)).start();
	await make(ana, 'First');
	expect(subjects(await watcher.look())).toEqual(['First']);
	const ids: string[] = [];
	for (let hour = 0; hour < 5; hour++) {
		box.clock.advance(60 * minuteMs);
		ids.push(await make(ana, `Hour ${hour}`));
	}
	// The first is changed, which puts it behind all others.
	box.clock.advance(minuteMs);
	await box.as(ana, 'PATCH', `/me/events/${ids[0] ?? ''}`, { subject: 'Hour zero' });
	expect(subjects(await watcher.look())).toEqual([
		'Hour 1',
		'Hour 2',
		'Hour 3',
		'Hour 4',
		'Hour zero',
	]);
	expect(await watcher.look()).toEqual([]);
});

it('does not take an old event that is changed for a new one, however much happens between', async () => {
	const old = await make(ana, 'Old');
	const watcher = await new Watcher(box.graph, createdEvents(place)).start();
	for (let day = 0; day < 3; day++) {
		box.clock.advance(24 * 60 * minuteMs);
		await make(ana, `Day ${day}`);
		await box.as(ana, 'PATCH', `/me/events/${old}`, { subject: `Old, day ${day}` });
		expect(subjects(await watcher.look())).toEqual([`Day ${day}`]);
	}
});

it('asks once for a calendar in which nothing happens, and never for bodies', async () => {
	await make(ana, 'Old');
	const watcher = await new Watcher(box.graph, createdEvents(place)).start();
	box.clock.advance(60 * minuteMs);
	box.forget();
	await watcher.look();
	const [request, ...others] = box.requests();
	expect(others).toEqual([]);
	expect(request).toMatch(/^GET \/v1.0\/me\/events\?\$select=id,changeKey/);
	expect(request).toContain('$filter=lastModifiedDateTime ge ');
	expect(request).not.toContain('body');
});

it('finds all of a burst that is larger than a page', async () => {
	const watcher = await new Watcher(box.graph, createdEvents(place)).start();
	for (let index = 0; index < 450; index++) {
		box.sandbox.state.deliverEvent({ calendar: ana, event: meeting(`${index}`) });
	}
	const changes = await watcher.look();
	expect(new Set(changes.map(({ id }) => id)).size).toBe(450);
	expect(await watcher.look()).toEqual([]);
});

it('tells each change of an event once, and not that it is new', async () => {
	const id = await make(ana, 'Planning');
	const watcher = await new Watcher(
		box.graph,
		updatedEvents({ ...place, onlyDetails: false }),
	).start();
	await make(ana, 'New');
	expect(await watcher.look()).toEqual([]);
	await box.as(ana, 'PATCH', `/me/events/${id}`, { subject: 'Planning 2' });
	const [first] = await watcher.look();
	expect(first).toMatchObject({ id, item: { subject: 'Planning 2' } });
	await box.as(ana, 'PATCH', `/me/events/${id}`, { subject: 'Planning 3' });
	const [second] = await watcher.look();
	expect(second?.item['subject']).toBe('Planning 3');
	expect(second?.version).not.toBe(first?.version);
	expect(await watcher.look()).toEqual([]);
});

it('leaves out what nobody sees, where that is wanted', async () => {
	const id = await make(ana, 'Planning', { attendees: [attendee(ben)] });
	const source = updatedEvents({ ...place, onlyDetails: true });
	const watcher = await new Watcher(box.graph, source).start();
	await box.as(ana, 'PATCH', `/me/events/${id}`, { subject: 'Planning 2' });
	expect(subjects(await watcher.look())).toEqual(['Planning 2']);
	const { value } = await box.as<{ value: Array<{ id: string }> }>(ben, 'GET', '/me/events');
	await box.as(ben, 'POST', `/me/events/${value[0]?.id ?? ''}/accept`, { sendResponse: true });
	await box.as(ana, 'PATCH', `/me/events/${id}`, { isReminderOn: false });
	expect(await watcher.look()).toEqual([]);
	await box.as(ana, 'PATCH', `/me/events/${id}`, { location: { displayName: 'Room 4' } });
	expect(subjects(await watcher.look())).toEqual(['Planning 2']);
	const fresh = await make(ana, 'New');
	expect(await watcher.look()).toEqual([]);
	await box.as(ana, 'PATCH', `/me/events/${fresh}`, { isReminderOn: false });
	expect(await watcher.look()).toEqual([]);
});

it('tells an invitation of somebody else, not what one makes oneself', async () => {
	const watcher = await new Watcher(box.graph, invitations(place)).start();
	await make(ana, 'Mine');
	await make(ben, "Ben's", { attendees: [attendee(ana)] });
	expect(subjects(await watcher.look())).toEqual(["Ben's"]);
	expect(await watcher.look()).toEqual([]);
});

describe('answers', () => {
	const invite = async (subject: string) =>
		await make(ana, subject, {
			attendees: [attendee(ben), attendee('chloe@contoso.example')],
		});
	const answer = async (person: string, subject: string, how: string) => {
		const { value } = await box.as<{ value: Array<{ id: string; subject: string }> }>(
			person,
			'GET',
			'/me/events',
		);
		const id = value.find((each) => each.subject === subject)?.id ?? '';
		await box.as(person, 'POST', `/me/events/${id}/${how}`, { sendResponse: true });
	};
	const told = (changes: readonly Change[]) =>
		changes.map(({ item }) => {
			const { address, response } = item['answer'] as { address: string; response: string };
			return [item['subject'], address.split('@')[0], response];
		});

	it('tells each answer once, a changed one anew, and none of before', async () => {
		await invite('Old');
		await answer(ben, 'Old', 'accept');
		box.clock.advance(60 * minuteMs);
		const watcher = await new Watcher(box.graph, meetingAnswers(place)).start();
		expect(await watcher.look()).toEqual([]);
		await invite('New');
		box.clock.advance(minuteMs);
		await answer(ben, 'New', 'accept');
		expect(told(await watcher.look())).toEqual([['New', 'ben', 'accepted']]);
		box.clock.advance(minuteMs);
		await answer('chloe@contoso.example', 'New', 'decline');
		await answer('chloe@contoso.example', 'Old', 'tentativelyAccept');
		expect(told(await watcher.look()).sort()).toEqual([
			['New', 'chloe', 'declined'],
			['Old', 'chloe', 'tentativelyAccepted'],
		]);
		box.clock.advance(minuteMs);
		await answer(ben, 'New', 'decline');
		expect(told(await watcher.look())).toEqual([['New', 'ben', 'declined']]);
		expect(await watcher.look()).toEqual([]);
	});

	it('tells nothing of meetings of others', async () => {
		const watcher = await new Watcher(box.graph, meetingAnswers(place)).start();
		await make(ben, "Ben's", { attendees: [attendee(ana)] });
		await answer(ana, "Ben's", 'accept');
		expect(await watcher.look()).toEqual([]);
	});
});

it('offers the newest fitting event for a test', async () => {
	await make(ben, "Ben's", { attendees: [attendee(ana)] });
	box.clock.advance(minuteMs);
	await make(ana, 'Mine');
	const newest = async (source: ReturnType<typeof createdEvents>) =>
		subjects(await source.newest(box.graph, 1));
	expect(await newest(createdEvents(place))).toEqual(['Mine']);
	expect(await newest(invitations(place))).toEqual(["Ben's"]);
	expect(subjects(await createdEvents(place).newest(box.graph, 50))).toEqual(['Mine', "Ben's"]);
});
