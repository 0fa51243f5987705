import { DateTime } from 'luxon';
import type { Browser } from 'playwright-core';
import type { N8nRest } from '../../sandbox/n8n/rest';
import { saveScreenshot } from './support/artifacts';
import { openNode, signedInPage, startBrowser } from './support/browser';
import {
	ana,
	ben,
	byId,
	calendarNode,
	chloe,
	inMailbox,
	inboxOf,
	outputOf,
} from './support/calendar';
import { createWorkflow, n8nRest, runWorkflow } from './support/n8n';
import { recordedRequests } from './support/sandbox';

const zone = 'Europe/Lisbon';

/** Mondays at nine; far enough ahead for every date to be in the future. */
const firstMonday = DateTime.now()
	.setZone(zone)
	.plus({ weeks: 2 })
	.startOf('week')
	.set({ hour: 9 });
const week = (index: number) => firstMonday.plus({ weeks: index });
const isoOf = (time: DateTime) => time.toISO({ suppressMilliseconds: true }) ?? '';
const window = {
	from: isoOf(firstMonday.startOf('day')),
	until: isoOf(week(5)),
	returnAll: true,
	options: { outputTimeZone: zone },
};

describe('calendars', () => {
	let rest: N8nRest;
	let browser: Browser;

	beforeAll(async () => {
		rest = n8nRest();
		browser = await startBrowser();
	});

	afterAll(async () => {
		await browser.close();
	});

	const viewOf = async (mailbox: string, subject: string) =>
		(await inMailbox(rest, mailbox, { operation: 'getView', ...window })).filter((event) =>
			String(event['subject']).endsWith(subject),
		);

	it('invites two to a series; one accepts, one proposes; one is moved, the rest is cancelled', async () => {
		const subject = 'Weekly planning';
		const [series = {}] = await inMailbox(rest, ana, {
			operation: 'create',
			subject,
			start: firstMonday.toFormat("yyyy-MM-dd'T'HH:mm:ss"),
			end: firstMonday.set({ minute: 45 }).toFormat("yyyy-MM-dd'T'HH:mm:ss"),
			timeZone: zone,
			requiredAttendees: `${ben}, Chloé <${chloe}>`,
			repeat: 'weekly',
			repeatUntil: 'numbered',
			repeatCount: 4,
			options: { isOnlineMeeting: true },
		});
		expect(series).toMatchObject({
			type: 'seriesMaster',
			start: isoOf(firstMonday),
			recurrenceRule: 'FREQ=WEEKLY;BYDAY=MO;WKST=MO;COUNT=4',
			attendees: [
				{ address: ben, response: 'none' },
				{ address: chloe, response: 'none' },
			],
		});
		expect(await inboxOf(ben)).toContain(subject);

		// Ben answers the series as his own calendar knows it, by the meeting's common UID.
		const uid = series['iCalUId'];
		const accepted = await inMailbox(rest, ben, {
			operation: 'respond',
			event: { __rl: true, mode: 'iCalUId', value: uid },
			response: 'accept',
			comment: 'Gladly',
		});
		expect(accepted).toEqual([{ success: true, response: 'accept' }]);

		// Chloé can't come the second time.
		const hers = await viewOf(chloe, subject);
		expect(hers.map(({ start }) => start)).toEqual([0, 1, 2, 3].map((each) => isoOf(week(each))));
		const proposed = { start: week(1).set({ hour: 15 }), end: week(1).set({ hour: 16 }) };
		await inMailbox(rest, chloe, {
			operation: 'respond',
			event: byId(hers[1]?.['id']),
			response: 'tentativelyAccept',
			comment: 'In the afternoon?',
			proposedStart: isoOf(proposed.start),
			proposedEnd: isoOf(proposed.end),
		});

		const [seen] = await inMailbox(rest, ana, { operation: 'get', event: byId(series['id']) });
		expect(seen).toMatchObject({
			attendees: [{ address: ben, response: 'accepted' }, { address: chloe }],
		});
		const second = (await viewOf(ana, subject))[1] ?? {};
		expect(second).toMatchObject({
			attendees: [
				{ address: ben, response: 'accepted' },
				{
					address: chloe,
					response: 'tentativelyAccepted',
					proposedStart: isoOf(proposed.start),
					proposedEnd: isoOf(proposed.end),
				},
			],
		});
		expect(await inboxOf(ana)).toEqual(
			expect.arrayContaining([`Accepted: ${subject}`, `New Time Proposed: ${subject}`]),
		);

		const [moved = {}] = await inMailbox(rest, ana, {
			operation: 'update',
			event: byId(second['id']),
			scope: 'one',
			timeZone: zone,
			changes: { start: isoOf(proposed.start), end: isoOf(proposed.end) },
			options: { outputTimeZone: zone },
		});
		expect(moved).toMatchObject({ type: 'exception', start: isoOf(proposed.start) });
		expect((await viewOf(ben, subject))[1]).toMatchObject({ start: isoOf(proposed.start) });

		// The rest: each occurrence but the moved one, in one request.
		const before = recordedRequests().length;
		const theSeries = byId(series['id']);
		const workflow = await createWorkflow(rest, 'Cancel the rest', [
			await calendarNode(rest, 'List', ana, {
				operation: 'getInstances',
				event: theSeries,
				...window,
			}),
			{
				name: 'But the Moved One',
				type: 'n8n-nodes-base.filter',
				typeVersion: 2.2,
				parameters: {
					conditions: {
						options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
						combinator: 'and',
						conditions: [
							{
								id: 'moved',
								leftValue: '={{ $json.type }}',
								rightValue: 'exception',
								operator: { type: 'string', operation: 'notEquals' },
							},
						],
					},
				},
			},
			await calendarNode(rest, 'Cancel', ana, {
				operation: 'cancel',
				event: byId('={{ $json.id }}'),
				comment: 'We have settled it all.',
			}),
		]);
		expect(outputOf(await runWorkflow(rest, workflow), 'Cancel')).toHaveLength(3);
		const batches = recordedRequests()
			.slice(before)
			.filter(({ url }) => url.endsWith('/$batch'));
		expect(batches).toHaveLength(1);
		expect((await viewOf(ana, subject)).map(({ start }) => start)).toEqual([isoOf(proposed.start)]);
		const left = (await viewOf(ben, subject)).map(({ start, isCancelled }) => [start, isCancelled]);
		expect(left).toEqual([
			[isoOf(week(0)), true],
			[isoOf(proposed.start), false],
			[isoOf(week(2)), true],
			[isoOf(week(3)), true],
		]);
		const cancellations = (await inboxOf(ben)).filter((each) => each === `Canceled: ${subject}`);
		expect(cancellations).toHaveLength(3);
	}, 240_000);

	it('is a form in n8n, from what it is about to how it repeats', async () => {
		const workflow = await createWorkflow(rest, 'Invite', [
			await calendarNode(rest, 'Invite', ana, {
				operation: 'create',
				subject: 'Weekly planning',
				start: isoOf(week(0)),
				end: isoOf(week(0).plus({ minutes: 45 })),
				requiredAttendees: `${ben}, Chloé <${chloe}>`,
				repeat: 'weekly',
				repeatUntil: 'numbered',
				options: { isOnlineMeeting: true, reminderMinutes: 15 },
			}),
		]);
		const page = await signedInPage(browser);
		await page.setViewportSize({ width: 1400, height: 1700 });
		await openNode(page, workflow, 'Invite');
		const form = page.getByTestId('node-parameters');
		const text = await form.innerText();
		await saveScreenshot(page, 'calendar-event');
		const labels = [
			'Subject',
			'All Day',
			'Start',
			'End',
			'Time Zone',
			'Required Attendees',
			'Repeat',
		];
		const places = labels.map((label) => text.split('\n').indexOf(label));
		expect(places).not.toContain(-1);
		expect(places).toEqual([...places].sort((left, right) => left - right));
		// What n8n's own check of the parameters would put on the node.
		expect(await page.getByTestId('node-issues').count()).toBe(0);
		await page.context().close();
	});
});
