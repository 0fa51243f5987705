import { text } from '../graph/wire';
import {
	type CalendarWire,
	ana,
	at,
	ben,
	chloe,
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
const inbox: CalendarWire['inbox'] = async (...given) => await calendars.inbox(...given);
const view: CalendarWire['view'] = async (...given) => await calendars.view(...given);

describe('a meeting of three', () => {
	it('goes from the invitation to the cancellation', async () => {
		const id = await create({ recurrence: weekly });

		const [invitation] = await inbox(ben);
		expect(invitation).toMatchObject({
			'@odata.type': '#microsoft.graph.eventMessageRequest',
			subject: 'Planning',
			meetingMessageType: 'meetingRequest',
			startDateTime: { dateTime: '2026-03-02T08:00:00.0000000', timeZone: 'UTC' },
		});
		const related = await as(
			ben,
			'GET',
			`/me/messages/${text(invitation?.['id'])}/microsoft.graph.eventMessage/event`,
		);
		expect(related.body).toMatchObject({ isOrganizer: false, showAs: 'tentative' });

		const accepted = await as(ben, 'POST', `/me/events/${await copyOf(ben)}/accept`, {
			comment: 'Yes',
		});
		expect(accepted.status).toBe(202);
		const proposedNewTime = { start: at('2026-03-03T09:00:00'), end: at('2026-03-03T10:00:00') };
		await as(chloe, 'POST', `/me/events/${await copyOf(chloe)}/tentativelyAccept`, {
			proposedNewTime,
		});

		const organized = await as(ana, 'GET', `/me/events/${id}`);
		expect(organized.body['attendees']).toMatchObject([
			{ emailAddress: { address: ben }, status: { response: 'accepted' } },
			{ status: { response: 'tentativelyAccepted' }, proposedNewTime },
		]);
		expect((await inbox(ana)).map((each) => [each['subject'], each['meetingMessageType']])).toEqual(
			[
				['New Time Proposed: Planning', 'meetingTenativelyAccepted'],
				['Accepted: Planning', 'meetingAccepted'],
			],
		);

		const second = text((await view(ana))[1]?.['id']);
		await as(ana, 'PATCH', `/me/events/${second}`, {
			start: at('2026-03-10T15:00:00'),
			end: at('2026-03-10T16:00:00'),
		});
		const starts = (await view(ben)).map(({ start }) => text(start?.['dateTime']).slice(0, 16));
		expect(starts).toEqual([
			'2026-03-02T09:00',
			'2026-03-10T15:00',
			'2026-03-16T09:00',
			'2026-03-23T09:00',
			'2026-03-30T09:00',
		]);
		expect((await view(ana))[1]).toMatchObject({
			type: 'exception',
			originalStart: '2026-03-09T08:00:00Z',
		});

		await as(ana, 'POST', `/me/events/${id}/cancel`, { Comment: 'No more' });
		expect(await view(ana)).toEqual([]);
		expect((await view(ben)).every(({ isCancelled }) => (isCancelled as unknown) === true)).toBe(
			true,
		);
		expect((await inbox(ben))[0]).toMatchObject({
			subject: 'Canceled: Planning',
			meetingMessageType: 'meetingCancelled',
		});
	});

	it('takes a declined meeting off the calendar, and tells nobody where asked to', async () => {
		const id = await create();
		await as(ben, 'POST', `/me/events/${await copyOf(ben)}/decline`, { sendResponse: false });
		expect(await view(ben)).toEqual([]);
		const organized = await as(ana, 'GET', `/me/events/${id}`);
		expect(organized.body['attendees']?.[0]?.['status']).toMatchObject({ response: 'none' });
		expect(await inbox(ana)).toEqual([]);
	});

	it('asks again when the time changes, and not when the text does', async () => {
		const id = await create();
		await as(ben, 'POST', `/me/events/${await copyOf(ben)}/accept`, {});
		await as(ana, 'PATCH', `/me/events/${id}`, { subject: 'Planning, second part' });
		expect((await view(ben))[0]).toMatchObject({
			subject: 'Planning, second part',
			responseStatus: { response: 'accepted' },
		});
		await as(ana, 'PATCH', `/me/events/${id}`, { start: at('2026-03-02T08:00:00') });
		expect((await view(ben))[0]).toMatchObject({ responseStatus: { response: 'notResponded' } });
	});

	it('cancels for whom the organizer takes off', async () => {
		const id = await create();
		await as(ana, 'PATCH', `/me/events/${id}`, { attendees: [person(ben)] });
		expect((await inbox(chloe))[0]).toMatchObject({ subject: 'Canceled: Planning' });
		expect((await inbox(ben)).every(({ subject }) => text(subject) === 'Planning')).toBe(true);
	});

	it.each([
		['an attendee cancels', ben, 'cancel', {}],
		['the organizer responds', ana, 'accept', {}],
	])('refuses that %s', async (_what, who, action, body) => {
		const id = await create();
		const event = who === ana ? id : await copyOf(who);
		const answer = await as(who, 'POST', `/me/events/${event}/${action}`, body);
		expect(answer).toMatchObject({ status: 400, body: { error: { code: 'ErrorInvalidRequest' } } });
	});

	it('refuses a response and a proposal that the organizer does not want', async () => {
		await create({ responseRequested: false, allowNewTimeProposals: false });
		const event = await copyOf(ben);
		const unwanted = await as(ben, 'POST', `/me/events/${event}/accept`, { sendResponse: true });
		expect(unwanted.body['error']?.['message']).toMatch(/hasn't requested a response/);
		const silent = await as(ben, 'POST', `/me/events/${event}/accept`, { sendResponse: false });
		expect(silent.status).toBe(202);
		const proposedNewTime = { start: at('2026-03-03T09:00:00'), end: at('2026-03-03T10:00:00') };
		const proposal = await as(ben, 'POST', `/me/events/${event}/decline`, {
			sendResponse: false,
			proposedNewTime,
		});
		expect(proposal.status).toBe(400);
	});

	it('tells the organizer when an attendee forwards', async () => {
		await create({ attendees: [person(ben)] });
		await as(ben, 'POST', `/me/events/${await copyOf(ben)}/forward`, {
			ToRecipients: [{ emailAddress: { address: chloe } }],
			Comment: 'For you',
		});
		expect((await inbox(chloe))[0]).toMatchObject({ subject: 'FW: Planning' });
		expect((await inbox(ana))[0]).toMatchObject({
			subject: 'Meeting Forward Notification: Planning',
		});
		expect(await view(chloe)).toHaveLength(1);
	});
});

describe('rooms', () => {
	it('take what is free and decline what is not', async () => {
		const first = await create({ attendees: [person(room, 'resource')] });
		const second = await create({ attendees: [person(room, 'resource')] }, ben);
		const status = async (who: string, id: string) =>
			(await as(who, 'GET', `/me/events/${id}`)).body['attendees']?.[0]?.['status']?.['response'];
		expect(await status(ana, first)).toBe('accepted');
		expect(await status(ben, second)).toBe('declined');
	});
});
