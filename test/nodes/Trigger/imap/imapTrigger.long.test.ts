import { withImap } from '../../../../core/mail/imap';
import { describeWithDovecot } from '../../../support/mailServers';
import { ana, eventually, mime, newFolder, pause } from '../../../core/mail/watchHarness';
import { byPath, firstJson, useImapTrigger } from './imapInstallation';

jest.setTimeout(60_000);

describeWithDovecot('Microsoft 365 IMAP Trigger', () => {
	const tools = useImapTrigger();

	it('starts one run for each message, with its text', async () => {
		const n8n = await tools.install();
		await tools.deliver(mime('Old'));
		await n8n.activate();
		await tools.deliver(mime('One', 'Hello there'));
		await tools.deliver(mime('Two'));
		await eventually(() => n8n.runs.length === 2);
		await pause(200);
		expect(n8n.runs.map(({ items }) => items.map(({ json }) => json['subject']))).toEqual([
			['One'],
			['Two'],
		]);
		expect(firstJson(n8n)).toMatchObject({
			uid: 2,
			folder: tools.folder,
			subject: 'One',
			text: 'Hello there\n',
			html: '',
			from: [{ name: 'Ben Nowak', address: 'ben@contoso.example' }],
			to: [{ name: 'Ana', address: ana }],
			date: '2026-01-12T10:00:00.000Z',
			isRead: false,
			attachments: [],
		});
		expect(firstJson(n8n)).not.toHaveProperty('defects');
		expect(n8n.runs[0]?.items[0]).not.toHaveProperty('handedOver');
		expect(n8n.failures).toEqual([]);
	});

	it("watches a shared mailbox that the credential's person may open", async () => {
		const mailbox = 'support@contoso.example';
		const n8n = await tools.install({ folder: byPath('INBOX') }, { mailbox });
		await n8n.activate();
		await tools.servers.deliver(mailbox, mime('For support'));
		await eventually(() => n8n.runs.length === 1);
		expect(firstJson(n8n)).toMatchObject({ subject: 'For support' });
	});

	it('goes on after a save, a pause and a kill without loss or repetition', async () => {
		const n8n = await tools.install();
		await n8n.activate();
		await tools.deliver(mime('One'));
		await eventually(() => n8n.runs.length === 1);
		await n8n.deactivate();
		await tools.deliver(mime('During the save'));
		await n8n.activate('update');
		await eventually(() => n8n.runs.length === 2);
		await n8n.deactivate();
		await tools.deliver(mime('During the pause'));
		await n8n.activate();
		await eventually(() => n8n.runs.length === 3);
		await n8n.kill();
		await tools.deliver(mime('After the kill'));
		await n8n.activate('init');
		await eventually(() => n8n.runs.length === 4);
		await pause(200);
		expect(n8n.runs.map((_, index) => firstJson(n8n, index)['subject'])).toEqual([
			'One',
			'During the save',
			'During the pause',
			'After the kill',
		]);
	});

	it('leaves out what came in during a pause, where it is to start fresh', async () => {
		const n8n = await tools.install({ options: { afterPause: 'fresh' } });
		await n8n.activate();
		await n8n.deactivate();
		await tools.deliver(mime('During the pause'));
		await n8n.activate();
		await tools.deliver(mime('After it'));
		await eventually(() => n8n.runs.length === 1);
		expect(firstJson(n8n)).toMatchObject({ subject: 'After it' });
	});

	it('takes another folder as it is, and does not mistake its numbers', async () => {
		const n8n = await tools.install();
		await n8n.activate();
		await tools.deliver(mime('One'));
		await eventually(() => n8n.runs.length === 1);
		await n8n.deactivate();
		await tools.newFolder();
		await tools.deliver(mime('Old in the other folder'));
		n8n.parameters = { folder: byPath(tools.folder) };
		await n8n.activate('update');
		await tools.deliver(mime('New in the other folder'));
		await eventually(() => n8n.runs.length === 2);
		expect(firstJson(n8n, 1)).toMatchObject({ subject: 'New in the other folder' });
	});

	it('keeps one connection through saves, also where n8n forgets to close', async () => {
		const n8n = await tools.install();
		await n8n.activate();
		await n8n.activate('update');
		await n8n.activate('update');
		await pause(300);
		expect((await tools.servers.sessions()).filter((one) => one === ana)).toHaveLength(1);
		await tools.deliver(mime('One'));
		await eventually(() => n8n.runs.length === 1);
		expect(n8n.refusedKeys).toEqual([]);
		await n8n.deactivate();
		await eventually(async () => !(await tools.servers.sessions()).includes(ana));
	});

	it('filters by sender, recipient, subject and whether it was read', async () => {
		const n8n = await tools.install({
			filters: {
				from: '@CONTOSO',
				to: 'ana',
				subject: 'invoice',
				unreadOnly: true,
				rawSearch: 'NOT BODY "reminder"',
			},
		});
		await n8n.activate();
		await tools.deliver(mime('Newsletter'));
		await tools.deliver(mime('Invoice 1').replace('ben@contoso', 'ben@fabrikam'));
		await tools.deliver(
			mime('Invoice 2').replace(`To: Ana <${ana}>`, 'To: <chloe@contoso.example>'),
		);
		await tools.servers.deliver(ana, mime('Invoice 3'), {
			folder: tools.folder,
			flags: ['\\Seen'],
		});
		await tools.deliver(mime('Invoice 5', 'A reminder'));
		await tools.deliver(mime('Your INVOICE 4'));
		await eventually(() => n8n.runs.length === 1);
		await pause(200);
		expect(n8n.runs).toHaveLength(1);
		expect(firstJson(n8n)).toMatchObject({ subject: 'Your INVOICE 4' });
	});

	it('moves what it handed over', async () => {
		const destination = await newFolder(tools.servers);
		const n8n = await tools.install({
			after: 'move',
			destination: byPath(destination),
		});
		await n8n.activate();
		await tools.deliver(mime('Move me'));
		await eventually(() => n8n.runs.length === 1);
		const count = async (place: string) =>
			await withImap(tools.servers.login('imap'), {}, async (session) => {
				const status = await session.run(
					async (client) => await client.status(place, { messages: true }),
				);
				return status.messages;
			});
		await eventually(async () => (await count(destination)) === 1);
		expect(await count(tools.folder)).toBe(0);
	});

	describe('a test run', () => {
		it('takes the newest message that the filters let through', async () => {
			const n8n = await tools.install({ output: 'raw', filters: { subject: 'wanted' } });
			await tools.deliver(mime('Wanted 1'));
			await tools.deliver(mime('Wanted 2'));
			await tools.deliver(mime('Another'));
			const [item] = await n8n.test();
			expect(item?.json).toMatchObject({ subject: 'Wanted 2', uid: 2 });
			expect(n8n.content(item?.binary?.['data']).toString()).toContain('Subject: Wanted 2');
			await eventually(async () => !(await tools.servers.sessions()).includes(ana));
		});

		it('says that there is none', async () => {
			const n8n = await tools.install();
			await expect(n8n.test()).rejects.toMatchObject({
				message: 'There is nothing yet that would start this trigger',
			});
		});
	});

	describe('failures', () => {
		it('refuses to be switched on where the folder does not exist, and leaves no connection', async () => {
			const n8n = await tools.install({ folder: byPath('Nowhere') });
			await expect(n8n.activate()).rejects.toThrow(/Nowhere/);
			await eventually(async () => !(await tools.servers.sessions()).includes(ana));
			// n8n shows it, and tries some times; none of them is a failed execution besides.
			expect(n8n.failures).toEqual([]);
		});

		it.each([
			['can not be read', 'OR (FROM "ben"', /a bracket is not closed/],
			['the server does not know', 'FORM "ben"', /refused this/],
		])('refuses a search that %s', async (_what, rawSearch, said) => {
			const n8n = await tools.install({ filters: { rawSearch } });
			await expect(n8n.activate()).rejects.toThrow(said);
		});

		it('refuses to move into the folder itself', async () => {
			const place = byPath(tools.folder);
			const n8n = await tools.install({ after: 'move', destination: place });
			await expect(n8n.activate()).rejects.toThrow(/is the folder that is watched/);
		});

		it('starts with n8n while the server is down, shows it once, and catches up', async () => {
			const n8n = await tools.install();
			await n8n.activate();
			await n8n.deactivate();
			await tools.servers.down();
			await n8n.activate('init');
			await tools.deliver(mime('Meanwhile'));
			await tools.servers.up();
			await eventually(() => n8n.runs.length === 1, 20_000);
			expect(firstJson(n8n)).toMatchObject({ subject: 'Meanwhile' });
			// The server was back within the time that counts as a restart.
			expect(n8n.failures).toEqual([]);
		});

		it('shows at once what needs somebody to act, with what becomes of the mail', async () => {
			const n8n = await tools.install({ folder: byPath('Nowhere') });
			await n8n.activate('init');
			await eventually(() => n8n.failures.length === 1);
			await pause(300);
			expect(n8n.failures).toHaveLength(1);
			expect(n8n.failures[0]).toMatchObject({
				message: expect.stringContaining('Nowhere'),
				description: expect.stringContaining('It keeps trying'),
			});
		});
	});
});
