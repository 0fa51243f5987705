import { MailServerError } from '../../../core/mail/MailServerError';
import { describeWithDovecot } from '../../support/mailServers';
import {
	ana,
	createInstallation,
	eventually,
	type HandOverStep,
	handOverSteps,
	newFolder,
	pause,
	useWatching,
} from './watchHarness';

jest.setTimeout(60_000);

describeWithDovecot('what comes between a folder and its watch', () => {
	const tools = useWatching();

	describe('crashes', () => {
		it('hands over again what was not recorded, and n8n refuses what was', async () => {
			const installation = createInstallation();
			const first = await tools.watch({
				installation,
				record: () => new Promise<void>(() => undefined),
			});
			await tools.deliver('One');
			await tools.deliver('Two');
			await eventually(() => first.subjects.length === 2);
			await first.watch.stop();
			// The second one's run never reached the database.
			const lost = [...installation.runs].find(([, subject]) => subject === 'Two')?.[0] ?? '';
			installation.runs.delete(lost);
			await tools.deliver('Three');
			const second = await tools.watch({ installation });
			await eventually(() => second.subjects.length === 2);
			await pause(200);
			expect(second.subjects).toEqual(['Two', 'Three']);
			expect(installation.refused).toHaveLength(1);
		});

		it.each(handOverSteps)(
			'loses and repeats nothing where it is killed before it can %s',
			async (step) => {
				const installation = createInstallation();
				const expected: string[] = [];
				for (let round = 0; round < 5; round++) {
					let passed = 0;
					let hasDied = false;
					// In the middle of what came in together, each time at another place.
					const diesAt = (at: HandOverStep) => {
						if (at === step) hasDied ||= passed++ === round;
						return hasDied;
					};
					const doomed = await tools.watch({ installation, diesAt });
					for (let index = 0; index < 4; index++) {
						expected.push(`Message ${round}.${index}`);
						await tools.deliver(`Message ${round}.${index}`);
					}
					await eventually(() => hasDied);
					await doomed.watch.stop();
				}
				const last = await tools.watch({ installation });
				await eventually(() => installation.runs.size === expected.length);
				await eventually(() => last.cursor().pending.length === 0);
				expect([...installation.runs.values()].sort()).toEqual(expected.sort());
			},
		);

		it('goes on with a state older than what was handed over, as after a save that was lost', async () => {
			const installation = createInstallation();
			const first = await tools.watch({ installation });
			const old = installation.saved;
			await tools.deliver('One');
			await tools.deliver('Two');
			await eventually(() => first.subjects.length === 2);
			await first.watch.stop();
			installation.saved = old;
			await tools.deliver('Three');
			const second = await tools.watch({ installation });
			await eventually(() => second.subjects.length === 1);
			expect(second.subjects).toEqual(['Three']);
			expect(installation.refused).toHaveLength(2);
		});
	});

	describe('afterwards', () => {
		it('marks a message as read when its run is recorded, not before', async () => {
			const waiting: Array<() => void> = [];
			const watched = await tools.watch({
				after: { action: 'markRead' },
				record: async () => await new Promise<void>((resolve) => waiting.push(resolve)),
			});
			await tools.deliver('Read me');
			await eventually(() => watched.subjects.length === 1);
			await pause(200);
			expect(await tools.flagsOf(tools.folder)).toEqual([[]]);
			waiting[0]?.();
			await eventually(
				async () => (await tools.flagsOf(tools.folder))[0]?.includes('\\Seen') ?? false,
			);
			await eventually(() => watched.cursor().pending.length === 0);
		});

		it('moves messages, also those that were recorded while there was no connection', async () => {
			const destination = await newFolder(tools.servers);
			let release: () => void = () => undefined;
			const gate = new Promise<void>((resolve) => (release = resolve));
			const watched = await tools.watch({
				after: { action: 'move', destination },
				record: async () => await gate,
			});
			await tools.deliver('Move me 1');
			await tools.deliver('Move me 2');
			await eventually(() => watched.subjects.length === 2);
			await tools.servers.down();
			release();
			await pause(100);
			await tools.servers.up();
			await eventually(async () => (await tools.flagsOf(destination).catch(() => [])).length === 2);
			await eventually(() => watched.cursor().pending.length === 0);
			expect(watched.subjects).toHaveLength(2);
		});

		it('tells that a message could not be moved, once, and goes on', async () => {
			const watched = await tools.watch({ after: { action: 'move', destination: 'Nowhere' } });
			await tools.deliver('One');
			await tools.deliver('Two');
			await eventually(() => watched.subjects.length === 2);
			await eventually(() => watched.cursor().pending.length === 0);
			expect(watched.reports).toHaveLength(1);
			expect(watched.reports[0]).toMatchObject({ code: 'folder_not_found' });
		});
	});

	describe('outages', () => {
		it('tells of one that lasts, once, and catches up when it is over', async () => {
			const watched = await tools.watch({ timing: { graceMs: 300 } });
			await tools.servers.down();
			await eventually(() => watched.outages.length === 1);
			await pause(800);
			expect(watched.outages).toHaveLength(1);
			expect(watched.outages[0]).toBeInstanceOf(MailServerError);
			await tools.deliver('Meanwhile');
			await tools.servers.up();
			await eventually(() => watched.subjects.length === 1);
			expect(watched.logs.join('\n')).toContain('again');
		});

		it('reminds of one that goes on', async () => {
			const watched = await tools.watch({ timing: { graceMs: 0, reminderMs: 500 } });
			await tools.servers.down();
			await eventually(() => watched.outages.length >= 2);
			await tools.servers.up();
			await eventually(() => watched.logs.some((line) => line.includes('again')));
		});

		it('begins while the server is down, and says so', async () => {
			await tools.servers.down();
			const watched = tools.begin();
			await expect(watched.watch.begun).rejects.toThrow(MailServerError);
			await tools.servers.up();
			await eventually(() => watched.logs.some((line) => line.includes('again')));
			await tools.deliver('At last');
			await eventually(() => watched.subjects.length === 1);
		});

		it('tells at once of what does not pass by itself', async () => {
			const watched = tools.begin({}, 'No such folder');
			await expect(watched.watch.begun).rejects.toMatchObject({ code: 'folder_not_found' });
			await eventually(() => watched.outages.length === 1);
		});

		it('goes on when the mailbox has room for a session again', async () => {
			await tools.servers.limitSessions(0);
			const watched = tools.begin();
			await expect(watched.watch.begun).rejects.toMatchObject({ code: 'not_connected' });
			await eventually(() => watched.outages.length === 1);
			await tools.servers.limitSessions(20);
			await eventually(() => watched.logs.some((line) => line.includes('again')));
			await tools.deliver('With a session');
			await eventually(() => watched.subjects.length === 1);
			expect(watched.outages).toHaveLength(1);
		});

		it('does not begin twice where n8n closes it while it connects', async () => {
			await tools.servers.down();
			const watched = tools.begin();
			await watched.watch.stop();
			await tools.servers.up();
			await pause(500);
			expect(await tools.sessionsOf(ana)).toBe(0);
			await expect(watched.watch.begun).rejects.toThrow();
		});
	});
});
