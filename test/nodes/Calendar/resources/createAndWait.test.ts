import { clouds } from '../../../../core/clouds';
import { createGraphClient } from '../../../../core/graph/createGraphClient';
import { path } from '../../../../core/graph/path';
import type { GraphClient } from '../../../../core/graph/types';
import { createThrottleRegistry } from '../../../../core/http/throttle';
import { resources } from '../../../../nodes/Calendar/resources';
import { findOperation } from '../../../../nodes/kit/resource';
import type { Answer, Asked, Review } from '../../../../nodes/kit/review/types';
import {
	type CalendarSandbox,
	ana,
	at,
	ben,
	person,
	startCalendarSandbox,
} from '../calendarSandbox';

let sandbox: CalendarSandbox;
let graph: GraphClient;
beforeAll(async () => {
	sandbox = await startCalendarSandbox();
	const token = () => Promise.resolve(sandbox.token(ana));
	graph = createGraphClient({
		cloud: { ...clouds.global, graphOrigin: sandbox.url },
		tokens: { kind: 'delegated', getToken: token, renew: token },
		throttle: createThrottleRegistry(),
		throttleScope: 'test',
	});
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

const definition = findOperation(resources, 'event', 'createAndWait');
const review = definition.review as Review<unknown> | undefined;

async function ask(raw: Readonly<Record<string, unknown>> = {}): Promise<Asked> {
	const given: Readonly<Record<string, unknown>> = {
		subject: 'Offsite',
		start: '2026-03-02T09:00:00',
		end: '2026-03-02T11:00:00',
		requiredAttendees: ben,
		options: { body: '<b>Agenda</b>', locations: { rows: [{ name: 'Lisbon' }] } },
		reviewers: 'chloe@contoso.example',
		reviewSubject: 'Please approve',
		message: 'It costs 200 euros',
		...raw,
	};
	const params: Record<string, unknown> = {};
	for (const field of definition.properties) {
		params[field.name] = field.read(given[field.name] ?? field.property.default, {
			timezone: 'Europe/Berlin',
			identity: 'delegated',
			params,
		});
	}
	if (!review) throw new Error('The operation asks nobody');
	return await review.ask({ params, timezone: 'Europe/Berlin', itemKey: () => 'item' } as never);
}

async function decide(asked: Asked, decision: Answer['decision']) {
	return await review?.decide?.({
		answer: { decision, respondedBy: 'chloe@contoso.example', respondedAt: '2026-03-01T08:00:00Z' },
		// As n8n keeps it while the workflow waits.
		subject: JSON.parse(JSON.stringify(asked.subject)) as never,
		mailbox: path`/me`,
		graph,
		cloud: graph.cloud,
		identity: 'delegated',
	});
}

describe('event: createAndWait', () => {
	it('shows the event to the reviewers and creates nothing yet', async () => {
		const asked = await ask();
		expect(asked).toMatchObject({
			reviewers: ['chloe@contoso.example'],
			title: 'Please approve',
			quote: {
				heading: 'The event to be created',
				rows: [
					{ label: 'Subject', value: 'Offsite' },
					{ label: 'Start', value: '2026-03-02 09:00 Europe/Berlin' },
					{ label: 'End', value: '2026-03-02 11:00' },
					{ label: 'Attendees', value: ben },
					{ label: 'Location', value: 'Lisbon' },
				],
				body: { contentType: 'html', content: '<b>Agenda</b>' },
			},
		});
		expect(sandbox.requests()).toEqual([]);
	});

	it('creates it once when a reviewer approves, however often the click arrives', async () => {
		const asked = await ask();
		const first = await decide(asked, 'approved');
		const second = await decide(asked, 'approved');
		expect(sandbox.requests()[0]).toMatchObject({
			method: 'POST',
			url: '/v1.0/me/events',
			body: {
				subject: 'Offsite',
				start: at('2026-03-02T09:00:00'),
				end: at('2026-03-02T11:00:00'),
				attendees: [person(ben)],
				transactionId: expect.any(String) as string,
			},
		});
		expect(first).toMatchObject({
			created: true,
			createdEvent: { subject: 'Offsite', start: '2026-03-02T09:00:00+01:00' },
		});
		expect(second).toEqual(first);
		const { value } = (await sandbox.as(ana, 'GET', '/me/events')) as unknown as {
			value: unknown[];
		};
		expect(value).toHaveLength(1);
	});

	it('creates it in the calendar that was chosen', async () => {
		const { id } = await sandbox.as(ana, 'POST', '/me/calendars', { name: 'Holidays' });
		const asked = await ask({ calendar: { mode: 'id', value: id } });
		await decide(asked, 'approved');
		expect(sandbox.requests()[0]?.url).toBe(
			`/v1.0/me/calendars/${JSON.stringify(id).slice(1, -1)}/events`,
		);
	});

	it('creates nothing when a reviewer declines', async () => {
		expect(await decide(await ask(), 'declined')).toEqual({ created: false });
		expect(sandbox.requests()).toEqual([]);
	});

	it('refuses what can not be created before anybody is asked', async () => {
		await expect(ask({ end: '2026-03-01T09:00:00' })).rejects.toThrow('End: is before the start');
	});

	it('tells what Graph refused, so that the reviewer can try again', async () => {
		const asked = await ask();
		sandbox.fault({ match: 'POST /v1.0/me/events', status: 403, times: 1 });
		await expect(decide(asked, 'approved')).rejects.toMatchObject({ status: 403 });
		expect(await decide(asked, 'approved')).toMatchObject({ created: true });
	});
});
