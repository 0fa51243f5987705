import { ImapFlow } from 'imapflow';
import type { INodeParameters } from 'n8n-workflow';
import { describeWithDovecot } from '../../support/mailServers';
import { type ImapSandbox, ana, byPath, mime, startImapSandbox } from './imapSandbox';
import { invoice } from './invoice';

// A real server, whose answers take as long as the machine is busy.
jest.setTimeout(30_000);

const message = (operation: string, parameters: INodeParameters = {}): INodeParameters => ({
	resource: 'message',
	operation,
	...parameters,
});

describeWithDovecot('changing messages', () => {
	let sandbox: ImapSandbox;
	beforeAll(async () => (sandbox = await startImapSandbox()), 60_000);
	afterEach(async () => await sandbox.reset());
	afterAll(async () => await sandbox.stop(), 30_000);

	describe('move and copy', () => {
		test('a message goes to a folder named by its purpose, with its new UID', async () => {
			const [uid = 0] = await sandbox.fill('INBOX', [mime('One')]);
			const { json } = await sandbox.run(
				message('move', { uids: String(uid), targetFolder: byPath('\\Archive') }),
			);
			const [{ uid: newUid } = {}] = await sandbox.messagesIn('Archive');
			expect(json).toEqual([{ uid, folder: 'INBOX', targetFolder: 'Archive', newUid }]);
			expect(await sandbox.messagesIn('INBOX')).toEqual([]);
		});

		test('a copy leaves the original', async () => {
			const uids = await sandbox.fill('INBOX', [mime('One'), mime('Two')]);
			const { json } = await sandbox.run(
				message('copy', { uids: uids.join(', '), targetFolder: byPath('Archive') }),
			);
			expect(json).toHaveLength(2);
			expect(await sandbox.messagesIn('INBOX')).toHaveLength(2);
			expect(await sandbox.messagesIn('Archive')).toMatchObject([
				{ subject: 'One' },
				{ subject: 'Two' },
			]);
		});
	});

	describe('delete', () => {
		test('into the deleted items, and from there for good', async () => {
			const [uid = 0] = await sandbox.fill('INBOX', [mime('One'), mime('Two')]);
			await sandbox.run(message('delete', { uids: String(uid) }));
			const [{ uid: trashed = 0 } = {}] = await sandbox.messagesIn('Deleted Items');
			const { json } = await sandbox.run(
				message('delete', { folder: byPath('\\Trash'), uids: String(trashed) }),
			);
			expect(json).toEqual([{ uid: trashed, folder: 'Deleted Items', deleted: true }]);
			expect(await sandbox.messagesIn('Deleted Items')).toEqual([]);
			expect(await sandbox.messagesIn('INBOX')).toMatchObject([{ subject: 'Two' }]);
		});

		test('for good at once, and only what was named', async () => {
			const [first = 0, second = 0] = await sandbox.fill('INBOX', [mime('One'), mime('Two')]);
			await sandbox.look(async (session) => {
				await session.run(async (client) => await client.mailboxOpen('INBOX'));
				await session.run(
					async (client) =>
						await client.messageFlagsAdd(String(second), ['\\Deleted'], { uid: true }),
				);
			});
			await sandbox.run(message('delete', { uids: String(first), how: 'permanent' }));
			expect(await sandbox.messagesIn('INBOX')).toMatchObject([{ subject: 'Two' }]);
			expect(await sandbox.messagesIn('Deleted Items')).toEqual([]);
		});
	});

	describe('setFlags', () => {
		test('adds, removes and sets', async () => {
			const [uid = 0] = await sandbox.fill('INBOX', [mime('One')]);
			const mark = async (parameters: INodeParameters) => {
				const { json } = await sandbox.run(
					message('setFlags', { uids: String(uid), ...parameters }),
				);
				return json[0];
			};
			expect(await mark({ keywords: 'invoice' })).toMatchObject({
				uid,
				isRead: true,
				keywords: ['invoice'],
			});
			expect(await mark({ action: 'remove' })).toMatchObject({ isRead: false });
			await mark({ action: 'set', flags: ['\\Flagged'] });
			expect(await sandbox.messagesIn('INBOX')).toMatchObject([{ flags: ['\\Flagged'] }]);
			await mark({ action: 'set', flags: [] });
			expect(await sandbox.messagesIn('INBOX')).toMatchObject([{ flags: [] }]);
		});

		test('refuses keywords that no server takes, and no flags at all', async () => {
			const mark = async (parameters: INodeParameters) =>
				await sandbox.run(message('setFlags', { uids: '1', ...parameters }));
			await expect(mark({ keywords: 'two words' })).rejects.toThrow('has "two words"');
			await expect(mark({ flags: [] })).rejects.toThrow('Flags: is empty');
		});

		test('marks 500 items with one command', async () => {
			await sandbox.fill('INBOX', [mime('One'), mime('Two')]);
			await sandbox.look(async (session) => {
				await session.run(async (client) => await client.mailboxOpen('INBOX'));
				for (let count = 2; count < 500; count *= 2) {
					await session.run(async (client) => await client.messageCopy('1:*', 'INBOX'));
				}
			});
			const uids = (await sandbox.messagesIn('INBOX')).map(({ uid }) => uid).slice(0, 500);
			const add = jest.spyOn(ImapFlow.prototype, 'messageFlagsAdd');
			const { json, items } = await sandbox.run(
				(index) => message('setFlags', { uids: String(uids[index]) }),
				{ items: uids.map(() => ({})) },
			);
			expect(add).toHaveBeenCalledTimes(1);
			add.mockRestore();
			expect(json.map(({ uid }) => uid)).toEqual(uids);
			expect(json.every(({ isRead }) => isRead === true)).toBe(true);
			expect(items.at(-1)?.pairedItem).toEqual({ item: 499 });
			const read = (await sandbox.messagesIn('INBOX')).filter(({ flags }) =>
				flags.includes('\\Seen'),
			);
			expect(read).toHaveLength(500);
		});
	});

	describe('append', () => {
		test('writes a draft into the drafts, whatever they are called', async () => {
			const { json } = await sandbox.run(
				message('append', {
					to: 'Chloe <chloe@contoso.example>',
					subject: 'Grüße',
					body: '<p>Hallo</p>',
					attachments: 'file',
					more: { bcc: 'secret@contoso.example', cc: 'team@contoso.example' },
				}),
				{
					items: [
						{
							files: {
								file: { fileName: 'a.txt', mimeType: 'text/plain', content: Buffer.from('A') },
							},
						},
					],
				},
			);
			const [{ uid = 0 } = {}] = await sandbox.messagesIn('Drafts');
			expect(json).toMatchObject([{ folder: 'Drafts', uid, flags: ['\\Draft', '\\Seen'] }]);
			const draft = await sandbox.run(
				message('get', { folder: byPath('Drafts'), uid: String(uid), body: 'html' }),
			);
			expect(draft.json).toMatchObject([
				{
					subject: 'Grüße',
					from: [{ address: ana }],
					to: [{ name: 'Chloe', address: 'chloe@contoso.example' }],
					cc: [{ address: 'team@contoso.example' }],
					bcc: [{ address: 'secret@contoso.example' }],
					html: '<p>Hallo</p>',
					isDraft: true,
					attachments: [{ fileName: 'a.txt' }],
				},
			]);
		});

		test('puts an .eml file into a folder as it is', async () => {
			const content = Buffer.from(invoice.replaceAll('\n', '\r\n'));
			const { json } = await sandbox.run(
				message('append', { folder: byPath('INBOX'), source: 'file', flags: [] }),
				{
					items: [{ files: { data: { fileName: 'a.eml', mimeType: 'message/rfc822', content } } }],
				},
			);
			const { file } = await sandbox.run(
				message('download', { uid: `${json[0]?.['uid'] as number}` }),
			);
			expect((await file(0, 'data')).equals(content)).toBe(true);
		});
	});

	test('a message that is gone is told as such, and the others are done', async () => {
		const [uid = 0] = await sandbox.fill('INBOX', [mime('One')]);
		const { json } = await sandbox.run(
			(index) => message('setFlags', { uids: index === 0 ? String(uid) : '9999' }),
			{ items: [{}, {}], continueOnFail: true },
		);
		expect(json).toMatchObject([
			{ uid, isRead: true },
			{
				error: 'The folder "INBOX" has no message with the UID 9999',
				details: expect.stringContaining('Look it up again with Get Many.'),
			},
		]);
	});

	test('a whole run takes one session', async () => {
		const uids = await sandbox.fill('INBOX', [mime('One'), mime('Two'), mime('Three')]);
		let most = 0;
		const watch = setInterval(() => {
			void sandbox.servers.sessions().then((sessions) => (most = Math.max(most, sessions.length)));
		}, 5);
		await sandbox.run((index) => message('get', { uid: String(uids[index]) }), {
			items: [{}, {}, {}],
		});
		clearInterval(watch);
		expect(most).toBeLessThanOrEqual(1);
	});
});
