import { ImapFlow } from 'imapflow';
import { withImap } from '../../../core/mail/imap';
import { describeWithDovecot } from '../../support/mailServers';
import { ana, createInstallation, eventually, pause, useWatching } from './watchHarness';

jest.setTimeout(60_000);

describeWithDovecot('watching a folder by IMAP', () => {
	const tools = useWatching();

	it('hands over a new message within two seconds of its delivery, and nothing old', async () => {
		await tools.deliver('Old');
		const watched = await tools.watch();
		await pause(300);
		const startedMs = Date.now();
		await tools.deliver('New');
		await eventually(() => watched.subjects.length > 0);
		expect(Date.now() - startedMs).toBeLessThan(2_000);
		await pause(200);
		expect(watched.subjects).toEqual(['New']);
		expect(watched.messages[0]?.content.toString()).toContain('Subject: New');
		expect(watched.cursor().pending).toEqual([]);
	});

	it('keeps one connection, and closes it when it is stopped', async () => {
		const watched = await tools.watch();
		await pause(200);
		expect(await tools.sessionsOf(ana)).toBe(1);
		await watched.watch.stop();
		await eventually(async () => (await tools.sessionsOf(ana)) === 0);
		await tools.deliver('After the end');
		await pause(200);
		expect(watched.subjects).toEqual([]);
	});

	it('finds what came in while the server restarted', async () => {
		const watched = await tools.watch();
		await tools.deliver('Before');
		await eventually(() => watched.subjects.length === 1);
		await tools.servers.down();
		await tools.deliver('Meanwhile 1');
		await tools.deliver('Meanwhile 2');
		await tools.servers.up();
		await eventually(() => watched.subjects.length === 3);
		await tools.deliver('After');
		await eventually(() => watched.subjects.length === 4);
		expect(watched.subjects).toEqual(['Before', 'Meanwhile 1', 'Meanwhile 2', 'After']);
		expect(watched.outages).toEqual([]);
	});

	it('is back at once after a connection that was reset, again and again, amid bursts', async () => {
		const watched = await tools.watch({ timing: { goodSessionMs: 0 } });
		const expected: string[] = [];
		for (let round = 0; round < 5; round++) {
			for (let index = 0; index < 6; index++) {
				const subject = `Burst ${round}.${index}`;
				expected.push(subject);
				await tools.deliver(subject);
				if (index === 3) await tools.servers.cut(ana);
			}
		}
		await eventually(() => watched.subjects.length >= expected.length);
		await pause(200);
		expect(watched.subjects).toEqual(expected);
	});

	it('notices a connection that was cut in silence, by its heartbeat', async () => {
		const watched = await tools.watch({ timing: { heartbeatMs: 300, answerMs: 300 } });
		await pause(100);
		await tools.servers.freeze(ana);
		await tools.deliver('Into the silence');
		await eventually(() => watched.subjects.length === 1, 3_000);
		expect(watched.logs.join('\n')).toMatch(/did not answer for/);
	});

	it('goes on with a fresh token when the server ends the session of the old one', async () => {
		const login = tools.servers.login('imap', {
			lifetimeSeconds: 4,
			renewedLifetimeSeconds: 3_600,
		});
		// So that the trigger does not renew in time.
		const watched = await tools.watch({
			login: async () => login,
			timing: { renewBeforeMs: -60_000 },
		});
		await tools.deliver('With the first token');
		await eventually(() => watched.subjects.length === 1);
		await eventually(() => watched.logs.some((line) => line.includes('AccessTokenExpired')));
		const endedMs = Date.now();
		await tools.deliver('With the second');
		await eventually(() => watched.subjects.length === 2);
		expect(Date.now() - endedMs).toBeLessThan(2_000);
		expect(login.tokens.asked.renew).toBe(1);
		expect(watched.outages).toEqual([]);
	});

	it('replaces its session before the token runs out', async () => {
		const login = tools.servers.login('imap', {
			lifetimeSeconds: 4,
			renewedLifetimeSeconds: 3_600,
		});
		const watched = await tools.watch({ login: async () => login });
		await eventually(() => login.tokens.asked.renew === 1, 5_000);
		await pause(2_000);
		await tools.deliver('After the renewal');
		await eventually(() => watched.subjects.length === 1);
		expect(watched.logs.filter((line) => line.startsWith('IMAP:'))).toEqual([]);
		expect(login.tokens.asked.renew).toBe(1);
	});

	it('finds messages that the server does not announce, when it looks by itself', async () => {
		const idle = jest.spyOn(ImapFlow.prototype, 'idle').mockResolvedValue(undefined);
		try {
			const watched = await tools.watch({ timing: { floorMs: 1_000 } });
			await tools.deliver('Found by looking');
			await pause(300);
			expect(watched.subjects).toEqual([]);
			await eventually(() => watched.subjects.length === 1);
		} finally {
			idle.mockRestore();
		}
	});

	describe('new numbers (UIDVALIDITY)', () => {
		it('neither loses nor repeats messages', async () => {
			await tools.deliver('Old 1');
			await tools.deliver('Old 2');
			const watched = await tools.watch();
			await tools.deliver('New 1');
			await eventually(() => watched.subjects.length === 1);
			await tools.servers.down();
			await tools.servers.up();
			await tools.servers.down();
			await tools.deliver('New 2');
			await tools.servers.up();
			await tools.servers.newUidValidity(ana, tools.folder);
			await tools.servers.cut(ana);
			await eventually(() => watched.subjects.length === 2);
			await tools.deliver('New 3');
			await eventually(() => watched.subjects.length === 3);
			await pause(200);
			expect(watched.subjects).toEqual(['New 1', 'New 2', 'New 3']);
			expect(watched.logs.join('\n')).toContain('UIDVALIDITY');
			expect(watched.cursor()).not.toHaveProperty('renumbering');
		});

		it('does not replay a folder that was looked at by another process', async () => {
			const installation = createInstallation();
			const first = await tools.watch({ installation });
			for (let index = 0; index < 30; index++) await tools.deliver(`Message ${index}`);
			await eventually(() => first.subjects.length === 30);
			await first.watch.stop();
			await tools.servers.newUidValidity(ana, tools.folder);
			await tools.deliver('While it was stopped');
			const second = await tools.watch({ installation });
			await eventually(() => second.subjects.length > 0);
			await pause(300);
			expect(second.subjects).toEqual(['While it was stopped']);
		});
	});

	it('leaves out what the filters keep out, and looks at each message once', async () => {
		const watched = await tools.watch({
			matches: ({ subject }) => subject.startsWith('Invoice'),
			searchKeys: 'OR BODY "urgent" SUBJECT "4"',
		});
		await tools.deliver('Invoice 1', 'urgent');
		await tools.deliver('Newsletter', 'urgent');
		await tools.deliver('Invoice 2', 'no hurry');
		await tools.deliver('Invoice 3', 'Most urgent!');
		await tools.deliver('Invoice 4', 'no hurry');
		await eventually(() => watched.subjects.length === 3);
		expect(watched.subjects).toEqual(['Invoice 1', 'Invoice 3', 'Invoice 4']);
		await eventually(() => watched.cursor().lastUid === 5);
	});

	it('goes on to the next message where one can not be handed over, and tries it again', async () => {
		let isBroken = true;
		const watched = await tools.watch({
			timing: { floorMs: 400 },
			onDeliver: ({ summary }) => {
				if (isBroken && summary.subject === 'Bad luck') throw new Error('The disk is full');
			},
		});
		await tools.deliver('Bad luck');
		await tools.deliver('Good one');
		await eventually(() => watched.subjects.length === 1);
		expect(watched.reports).toHaveLength(1);
		isBroken = false;
		await eventually(() => watched.subjects.length === 2);
		expect(watched.subjects).toEqual(['Good one', 'Bad luck']);
	});

	it('skips a message that is deleted before it is fetched', async () => {
		const watched = await tools.watch({ record: () => new Promise<void>(() => undefined) });
		await tools.deliver('First');
		await eventually(() => watched.subjects.length === 1);
		await watched.watch.stop();
		await withImap(tools.servers.login('imap'), {}, async (session) => {
			await session.run(async (client) => await client.mailboxOpen(tools.folder));
			await session.run(async (client) => await client.messageDelete('1:*'));
		});
		const installation = { ...createInstallation(), saved: watched.cursor() };
		const second = await tools.watch({ installation });
		await tools.deliver('Second');
		await eventually(() => second.subjects.length === 1);
		expect(second.subjects).toEqual(['Second']);
		expect(second.logs.join('\n')).toContain('gone');
	});
});
