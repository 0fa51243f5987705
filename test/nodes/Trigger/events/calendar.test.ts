import { Microsoft365InstantTrigger } from '../../../../nodes/Trigger/Microsoft365InstantTrigger.node';
import {
	ana,
	ben,
	startSourceSandbox,
	type SourceSandbox,
} from '../../../core/changes/sourceSandbox';
import { testEvent, watchEvent } from './eventSandbox';

// Each asks a Graph of its own many times.
jest.setTimeout(30_000);

let box: SourceSandbox;
beforeAll(async () => (box = await startSourceSandbox()));
beforeEach(() => box.reset());
afterAll(async () => await box.stop());

const minuteMs = 60_000;
const inMinutes = (minutes: number) => ({
	dateTime: new Date(Date.now() + minutes * minuteMs).toISOString().slice(0, 19),
	timeZone: 'UTC',
});
const make = async (person: string, subject: string, more: object = {}, minutes = 600) =>
	(
		await box.as(person, 'POST', '/me/events', {
			subject,
			start: inMinutes(minutes),
			end: inMinutes(minutes + 30),
			...more,
		})
	).id;
const change = async (id: string, more: object) =>
	await box.as(ana, 'PATCH', `/me/events/${id}`, more);
const attendee = (address: string) => ({ type: 'required', emailAddress: { address } });
const subjects = (found: ReadonlyArray<{ subject?: unknown }>) =>
	found.map(({ subject }) => subject);

describe('eventCreated', () => {
	it('starts the workflow once for each new event, also across a restart', async () => {
		await make(ana, 'Old');
		const watched = await watchEvent(box, 'eventCreated');
		const id = await make(ana, 'New', { location: { displayName: 'Room 1' } });
		const [event, ...others] = await watched.look();
		expect(others).toEqual([]);
		expect(event).toMatchObject({ id, subject: 'New', location: 'Room 1', organizer: ana });
		expect(event?.['start']).toMatch(/\+0[12]:00$/);
		await watched.restart();
		expect(await watched.look()).toEqual([]);
		await make(ana, 'Newer');
		expect(subjects(await watched.look())).toEqual(['Newer']);
	});

	it('asks once for a calendar in which nothing happens', async () => {
		await make(ana, 'Old');
		const watched = await watchEvent(box, 'eventCreated');
		await watched.look();
		box.forget();
		await watched.look();
		expect(box.requests()).toHaveLength(1);
	});

	it.each([
		[{ subject: 'INTER' }, ['Interview', 'Free interview']],
		[{ organizer: '@contoso.example', onlyBusy: true }, ['Interview', 'Lunch']],
		[{ category: 'red' }, ['Lunch']],
		[{ organizer: 'nobody@contoso.example' }, []],
	])('filters by %j', async (filters, expected) => {
		const watched = await watchEvent(box, 'eventCreated', { filters });
		await make(ana, 'Interview');
		await make(ana, 'Lunch', { categories: ['Red'] });
		await make(ana, 'Free interview', { showAs: 'free' });
		expect(subjects(await watched.look()).sort()).toEqual([...expected].sort());
	});

	it('returns events as Graph does, where wanted', async () => {
		const watched = await watchEvent(box, 'eventCreated', { simplify: false });
		await make(ana, 'Raw');
		expect((await watched.look())[0]).toMatchObject({
			subject: 'Raw',
			organizer: { emailAddress: { address: ana } },
			body: { contentType: 'text' },
		});
	});

	it('leaves out what is deleted before it is looked at', async () => {
		const watched = await watchEvent(box, 'eventCreated');
		await make(ana, 'Stays');
		await make(ana, 'Goes');
		box.sandbox.faults.add({ match: 'GET /me/events/[^?]+', status: 404, times: 1 });
		expect(await watched.look()).toHaveLength(1);
		expect(box.sandbox.faults.pending).toEqual([]);
		expect(await watched.look()).toEqual([]);
	});

	it('watches one calendar, named by its name', async () => {
		const other = await box.as(ana, 'POST', '/me/calendars', { name: 'Holidays' });
		const watched = await watchEvent(box, 'eventCreated', {
			calendar: { __rl: true, mode: 'name', value: 'Holidays' },
		});
		await make(ana, 'Elsewhere');
		await box.as(ana, 'POST', `/me/calendars/${other.id}/events`, {
			subject: 'Sea',
			start: inMinutes(10),
			end: inMinutes(20),
		});
		expect(subjects(await watched.look())).toEqual(['Sea']);
	});

	it('says which calendars there are where the named one is missing', async () => {
		const calendar = { __rl: true, mode: 'name', value: 'Nowhere' };
		await expect(watchEvent(box, 'eventCreated', { calendar })).rejects.toThrow(
			'Calendar: the mailbox has no calendar "Nowhere"',
		);
	});
});

it('eventUpdated starts the workflow for each change of an old event', async () => {
	const id = await make(ana, 'Planning');
	const watched = await watchEvent(box, 'eventUpdated');
	await make(ana, 'New');
	await change(id, { subject: 'Planning 2' });
	expect(subjects(await watched.look())).toEqual(['Planning 2']);
	await watched.restart();
	expect(await watched.look()).toEqual([]);
	await change(id, { subject: 'Planning 3' });
	expect(subjects(await watched.look())).toEqual(['Planning 3']);
});

it('eventDeleted tells what it was, in the time zone of the workflow', async () => {
	const id = await make(ana, 'Lunch');
	await make(ana, 'Dinner');
	const watched = await watchEvent(box, 'eventDeleted', { filters: { subject: 'lunch' } });
	await box.as(ana, 'DELETE', `/me/events/${id}`);
	const [event, ...others] = await watched.look();
	expect(others).toEqual([]);
	expect(event).toMatchObject({ id, subject: 'Lunch', organizer: ana, type: 'single' });
	expect(event?.['start']).toMatch(/\+0[12]:00$/);
	expect(await watched.look()).toEqual([]);
});

describe('eventUpcoming', () => {
	it('starts the workflow once before an event begins, with the minutes that are left', async () => {
		await make(ana, 'Soon', {}, 10);
		await make(ana, 'Later', {}, 40);
		await make(ana, 'Free', { showAs: 'free' }, 5);
		const watched = await watchEvent(box, 'eventUpcoming', {
			minutesBefore: 15,
			filters: { onlyBusy: true },
		});
		const found = await watched.look();
		expect(subjects(found)).toEqual(['Soon']);
		expect(Number(found[0]?.['minutesUntilStart'])).toBeGreaterThanOrEqual(9);
		await watched.restart();
		expect(await watched.look()).toEqual([]);
	});

	it('leaves out what its owner has declined', async () => {
		await make(ben, 'Declined', { attendees: [attendee(ana)] }, 10);
		const { value } = await box.as<{ value: Array<{ id: string }> }>(ana, 'GET', '/me/events');
		// Outlook removes what is declined, unless somebody else declines it for its owner.
		const watched = await watchEvent(box, 'eventUpcoming');
		await box.as(ana, 'POST', `/me/events/${value[0]?.id ?? ''}/decline`, { sendResponse: false });
		expect(await watched.look()).toEqual([]);
	});

	it('is no event of change notifications', () => {
		const { properties } = new Microsoft365InstantTrigger().description;
		const values = properties.find(({ name }) => name === 'event')?.options as Array<{
			value: string;
		}>;
		expect(values.map(({ value }) => value)).not.toContain('eventUpcoming');
		expect(values.map(({ value }) => value)).toContain('eventCreated');
	});
});

it("invitationReceived starts the workflow for others' meetings", async () => {
	const watched = await watchEvent(box, 'invitationReceived');
	await make(ana, 'Mine');
	await make(ben, "Ben's", { attendees: [attendee(ana)] });
	const found = await watched.look();
	expect(subjects(found)).toEqual(["Ben's"]);
	expect(found[0]).toMatchObject({ organizer: ben, isOrganizer: false });
	expect(await watched.look()).toEqual([]);
});

it('invitationAnswered tells who has answered how', async () => {
	const id = await make(ana, 'Review', { attendees: [attendee(ben)] });
	const all = await watchEvent(box, 'invitationAnswered');
	const declined = await watchEvent(box, 'invitationAnswered', { answers: ['declined'] });
	box.clock.advance(minuteMs);
	const { value } = await box.as<{ value: Array<{ id: string }> }>(ben, 'GET', '/me/events');
	const answer = async (how: string) => {
		await box.as(ben, 'POST', `/me/events/${value[0]?.id ?? ''}/${how}`, { sendResponse: true });
		box.clock.advance(minuteMs);
	};
	await answer('accept');
	expect(await all.look()).toMatchObject([
		{ id, subject: 'Review', answer: { address: ben, response: 'accepted' } },
	]);
	expect(await declined.look()).toEqual([]);
	await answer('tentativelyAccept');
	expect(await all.look()).toMatchObject([{ answer: { response: 'tentativelyAccepted' } }]);
	expect(await all.look()).toEqual([]);
});

describe('a test', () => {
	it.each([
		['eventCreated', 'Newest'],
		['eventUpdated', 'Newest'],
		['eventUpcoming', 'Next'],
		['eventDeleted', 'Newest'],
		['invitationReceived', "Ben's"],
	])('of %s shows the real event %s', async (event, subject) => {
		await make(ben, "Ben's", { attendees: [attendee(ana)] }, 900);
		box.clock.advance(minuteMs);
		await make(ana, 'Next', {}, 300);
		box.clock.advance(minuteMs);
		await make(ana, 'Newest', {}, 1_200);
		expect((await testEvent(box, event)).json).toMatchObject([{ subject }]);
	});

	it('shows the newest event that the filters let through', async () => {
		await make(ana, 'Interview');
		box.clock.advance(minuteMs);
		await make(ana, 'Lunch');
		const { json } = await testEvent(box, 'eventCreated', { filters: { subject: 'interview' } });
		expect(json).toMatchObject([{ subject: 'Interview' }]);
	});

	it('says what to do where there is nothing', async () => {
		await expect(testEvent(box, 'eventCreated')).rejects.toThrow(
			'There is nothing yet that would start this trigger',
		);
	});
});
