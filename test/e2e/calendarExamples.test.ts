import { DateTime } from 'luxon';
import type { N8nRest } from '../../sandbox/n8n/rest';
import { ana, ben, byId, chloe, inMailbox, inboxOf, outputOf } from './support/calendar';
import { exampleAsApp, n8nRest, runWorkflow } from './support/n8n';
import { recordedRequests } from './support/sandbox';

const isoOf = (time: DateTime) => time.toISO() ?? '';

describe('the examples with calendars', () => {
	let rest: N8nRest;
	beforeAll(() => {
		rest = n8nRest();
	});

	it('"Book a slot that suits everybody" books it after Ben is back', async () => {
		const today = DateTime.utc().startOf('day');
		await inMailbox(rest, ben, {
			operation: 'create',
			subject: 'Away',
			isAllDay: true,
			firstDay: isoOf(today),
			lastDay: isoOf(today.plus({ days: 3 })),
			options: { showAs: 'oof' },
		});
		const before = recordedRequests().length;
		const workflow = await exampleAsApp(rest, 'book-a-slot-that-suits-everybody.json', {
			mailbox: ana,
		});
		const execution = await runWorkflow(rest, workflow, 'When You Run It');
		const [found] = outputOf(execution, 'Find a Time');
		// Microsoft offers findMeetingTimes to signed-in people only.
		expect(found).toMatchObject({ confidence: 100, answeredFrom: 'getSchedule' });
		const asked = recordedRequests()
			.slice(before)
			.map(({ url }) => url);
		expect(asked.filter((url) => url.endsWith('/getSchedule'))).toHaveLength(1);
		expect(asked.filter((url) => url.includes('findMeetingTimes'))).toEqual([]);
		const [booked = {}] = outputOf(execution, 'Book It');
		expect(booked).toMatchObject({
			subject: 'Planning the next quarter',
			start: found?.['start'],
			isOnlineMeeting: true,
			attendees: [{ address: ben }, { address: chloe }],
		});
		const start = DateTime.fromISO(String(booked['start']));
		expect(start.toMillis()).toBeGreaterThanOrEqual(today.plus({ days: 4 }).toMillis());
		expect(DateTime.fromISO(String(booked['end'])).diff(start).as('minutes')).toBe(45);
		for (const person of [ben, chloe]) {
			expect(await inboxOf(person)).toContain('Planning the next quarter');
		}
	});

	it('books nothing when there is no such slot', async () => {
		await inMailbox(rest, chloe, {
			operation: 'create',
			subject: 'Sabbatical',
			isAllDay: true,
			firstDay: isoOf(DateTime.utc()),
			lastDay: isoOf(DateTime.utc().plus({ days: 12 })),
			options: { showAs: 'oof' },
		});
		const workflow = await exampleAsApp(rest, 'book-a-slot-that-suits-everybody.json', {
			mailbox: ana,
		});
		const execution = await runWorkflow(rest, workflow, 'When You Run It');
		expect(execution.error).toBeUndefined();
		expect(execution.items('Book It')).toEqual([]);
		expect(execution.items("Nobody's Time Fits")).toHaveLength(1);
	});

	it('"Daily agenda by mail" mails what takes place today', async () => {
		const mailedText = async () => {
			const workflow = await exampleAsApp(rest, 'daily-agenda-by-mail.json', { mailbox: ana });
			const execution = await runWorkflow(rest, workflow, 'When You Run It');
			expect(outputOf(execution, 'Mail the Agenda')).toHaveLength(1);
			const sent = recordedRequests().filter(({ url }) => url.endsWith('/sendMail'));
			const { message } = sent.at(-1)?.body as {
				message: { subject: string; body: { contentType: string; content: string } };
			};
			expect(message.body.contentType).toBe('text');
			expect(message.subject).toMatch(/^Your agenda for \w+day, \d+ \w+$/);
			return message.body.content;
		};
		expect(await mailedText()).toBe('Nothing is in the calendar.');

		const today = DateTime.utc().startOf('day');
		const at = (hour: number) => isoOf(today.set({ hour }));
		const create = { operation: 'create' };
		await inMailbox(rest, ana, {
			...create,
			subject: 'Lunch <with> Ben & Chloé',
			start: at(12),
			end: at(13),
			options: { locations: { rows: [{ name: 'Café Central' }] } },
		});
		await inMailbox(rest, ana, { ...create, subject: 'Stand-up', start: at(9), repeat: 'daily' });
		await inMailbox(rest, ana, {
			...create,
			subject: 'Conference',
			isAllDay: true,
			firstDay: at(0),
			lastDay: isoOf(today.plus({ days: 1 })),
		});
		const [called = {}] = await inMailbox(rest, ben, {
			...create,
			subject: 'Called off',
			start: at(15),
			requiredAttendees: ana,
		});
		await inMailbox(rest, ben, { operation: 'cancel', event: byId(called['id']) });
		expect((await mailedText()).split('\n')).toEqual([
			'All day  Conference',
			'09:00 to 09:30  Stand-up',
			'12:00 to 13:00  Lunch <with> Ben & Chloé  Café Central',
		]);
	});
});
