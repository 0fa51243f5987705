import type { INodeParameters } from 'n8n-workflow';
import { describeWithDovecot } from '../../support/mailServers';
import { type ImapSandbox, ana, mime, startImapSandbox } from './imapSandbox';
import { invoice } from './invoice';

// A real server, whose answers take as long as the machine is busy.
jest.setTimeout(30_000);

const message = (operation: string, parameters: INodeParameters = {}): INodeParameters => ({
	resource: 'message',
	operation,
	...parameters,
});

describeWithDovecot('reading messages', () => {
	let sandbox: ImapSandbox;
	beforeAll(async () => (sandbox = await startImapSandbox()), 60_000);
	afterEach(async () => await sandbox.reset());
	afterAll(async () => await sandbox.stop(), 30_000);

	const subjects = async (parameters: INodeParameters): Promise<unknown[]> =>
		(await sandbox.run(message('getAll', parameters))).json.map(({ subject }) => subject);

	describe('getAll', () => {
		test('lists newest first, up to the limit, without marking as read', async () => {
			const uids = await sandbox.fill(
				'INBOX',
				['One', 'Two', 'Three'].map((name) => mime(name)),
			);
			const { json } = await sandbox.run(message('getAll', { limit: 2 }));
			expect(json).toHaveLength(2);
			expect(json[0]).toEqual({
				uid: uids[2],
				folder: 'INBOX',
				subject: 'Three',
				from: [{ name: 'Ben Okafor', address: 'ben@contoso.example' }],
				to: [{ name: '', address: ana }],
				cc: [],
				bcc: [],
				replyTo: [{ name: 'Ben Okafor', address: 'ben@contoso.example' }],
				date: '2026-03-02T09:30:00.000Z',
				receivedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
				messageId: '<Three@contoso.example>',
				inReplyTo: '',
				sizeBytes: expect.any(Number),
				flags: expect.any(Array),
				isRead: false,
				isFlagged: false,
				isAnswered: false,
				isDraft: false,
				keywords: [],
				hasAttachments: false,
				attachments: [],
			});
			expect(json[1]).toMatchObject({ subject: 'Two' });
			expect(await sandbox.messagesIn('INBOX')).toMatchObject([
				{ flags: [] },
				{ flags: [] },
				{ flags: [] },
			]);
		});

		test('searches by each condition', async () => {
			const [first = 0] = await sandbox.fill('INBOX', [
				mime('Offer', { From: 'chloe@contoso.example', Cc: 'team@contoso.example' }),
				mime('Grüße', { body: 'Das Wort steht hier', 'X-Ticket': '4711' }),
				mime('Large', { body: 'x'.repeat(5_000) }),
			]);
			await sandbox.look(async (session) => {
				await session.run(async (client) => await client.mailboxOpen('INBOX'));
				await session.run(
					async (client) =>
						await client.messageFlagsAdd(String(first), ['\\Seen', '\\Flagged', '$Label'], {
							uid: true,
						}),
				);
			});
			const find = async (search: INodeParameters) => await subjects({ search });
			expect(await find({ from: 'chloe' })).toEqual(['Offer']);
			expect(await find({ cc: 'team@' })).toEqual(['Offer']);
			expect(await find({ to: ana })).toHaveLength(3);
			expect(await find({ subject: 'GRÜSSE' })).toEqual([]);
			expect(await find({ subject: 'Grüße' })).toEqual(['Grüße']);
			expect(await find({ body: 'Wort steht' })).toEqual(['Grüße']);
			expect(await find({ anywhere: 'Wort' })).toEqual(['Grüße']);
			expect(await find({ headerName: 'X-Ticket' })).toEqual(['Grüße']);
			expect(await find({ headerName: 'X-Ticket: 47' })).toEqual(['Grüße']);
			expect(await find({ headerName: 'X-Ticket: 48' })).toEqual([]);
			expect(await find({ read: 'yes' })).toEqual(['Offer']);
			expect(await find({ read: 'no' })).toEqual(['Large', 'Grüße']);
			expect(await find({ flagged: 'yes' })).toEqual(['Offer']);
			expect(await find({ answered: 'no' })).toHaveLength(3);
			expect(await find({ keyword: '$Label' })).toEqual(['Offer']);
			expect(await find({ minKilobytes: 4 })).toEqual(['Large']);
			expect(await find({ maxKilobytes: 4 })).toEqual(['Grüße', 'Offer']);
			expect(await find({ uids: String(first) })).toEqual(['Offer']);
			expect(await find({ uids: `${first + 1}:*` })).toEqual(['Large', 'Grüße']);
			expect(await find({ uids: `${first + 3}:*` })).toEqual([]);
			expect(await find({ raw: 'OR FROM "chloe" (SUBJECT "Large" UNSEEN)' })).toEqual([
				'Large',
				'Offer',
			]);
			expect(await find({ raw: 'NOT FROM chloe SUBJECT Grüße' })).toEqual(['Grüße']);
			expect(await find({ raw: 'UNSEEN', subject: 'Large' })).toEqual(['Large']);
		});

		test('searches by the second where the server knows days only', async () => {
			await sandbox.look(async (session) => {
				for (const [name, time] of [
					['Early', '2026-03-02T08:00:00Z'],
					['Noon', '2026-03-02T11:00:00Z'],
					['Late', '2026-03-02T23:30:00Z'],
				] as const) {
					await session.run(
						async (client) => await client.append('INBOX', mime(name), [], new Date(time)),
					);
				}
			});
			const search = { since: '2026-03-02T12:00:00', before: '2026-03-03T00:30:00' };
			// The workflow's time zone is Berlin, an hour before UTC.
			expect(await subjects({ search })).toEqual(['Noon']);
			expect(await subjects({ search: { since: '2026-03-02T12:00:00Z' } })).toEqual(['Late']);
			expect(await subjects({ limit: 1, search: { before: '2026-03-02T12:00:00Z' } })).toEqual([
				'Noon',
			]);
		});

		test('fetches texts on demand, of large messages too, and tells what can not be read', async () => {
			await sandbox.fill('INBOX', [
				invoice,
				mime('Large', { body: `Beginning ${'x'.repeat(600_000)} end` }),
				mime('Broken', {
					'X-Long': 'x'.repeat(30_000),
					'Content-Type': 'text/html',
					body: '<b>Bold</b>',
				}),
			]);
			const { json } = await sandbox.run(message('getAll', { body: 'both' }));
			expect(json[0]).toMatchObject({ subject: 'Broken', text: 'Bold', html: '<b>Bold</b>\n' });
			expect(json[1]?.['text']).toMatch(/^Beginning x+ end\n$/);
			expect(json[2]).toMatchObject({
				text: 'Grüße im Text',
				html: '<p>Grüße im <b>HTML</b></p>',
				hasAttachments: true,
				attachments: [
					{ fileName: 'invoice.pdf', contentType: 'application/pdf', isInline: false },
					{ fileName: 'logo.png', contentType: 'image/png', isInline: true },
				],
			});
		});

		test('lists 5,000 messages within seconds, and the newest of them at once', async () => {
			await sandbox.fill(
				'INBOX',
				Array.from({ length: 40 }, (_, number) => mime(`Message ${number}`)),
			);
			await sandbox.look(async (session) => {
				await session.run(async (client) => await client.mailboxOpen('INBOX'));
				for (let count = 40; count < 5_000; count *= 2) {
					await session.run(async (client) => await client.messageCopy('1:*', 'INBOX'));
				}
			});
			const timed = async (parameters: INodeParameters) => {
				const before = process.cpuUsage();
				const { json } = await sandbox.run(message('getAll', parameters));
				const { user, system } = process.cpuUsage(before);
				// Not by the clock, which is the whole machine's.
				return { json, tookMs: (user + system) / 1_000 };
			};
			const all = await timed({ returnAll: true });
			expect(all.json).toHaveLength(5_120);
			const uids = all.json.map(({ uid }) => uid as number);
			expect(uids).toEqual([...uids].sort((one, other) => other - one));
			expect(all.tookMs).toBeLessThan(10_000);
			const newest = await timed({ limit: 50 });
			expect(newest.json).toHaveLength(50);
			expect(newest.tookMs).toBeLessThan(2_000);
		}, 60_000);

		test('refuses a search that can not be read, before the server sees it', async () => {
			const searching = sandbox.run(message('getAll', { search: { raw: 'OR (FROM a' } }));
			await expect(searching).rejects.toThrow('a bracket is not closed');
			const header = sandbox.run(message('getAll', { search: { headerName: ': x' } }));
			await expect(header).rejects.toThrow('Header: is not the name of one');
			const uids = sandbox.run(message('getAll', { search: { uids: '5:x' } }));
			await expect(uids).rejects.toThrow('UIDs: has "5:x"');
		});

		test('a raw search can not become another command', async () => {
			await sandbox.fill('INBOX', [mime('One')]);
			const raw = 'SUBJECT "x"\r\nA1 DELETE INBOX';
			await expect(sandbox.run(message('getAll', { search: { raw } }))).rejects.toThrow();
			expect(await sandbox.messagesIn('INBOX')).toHaveLength(1);
		});
	});

	describe('get', () => {
		test('reads a message without marking it as read', async () => {
			const [uid = 0] = await sandbox.fill('INBOX', [invoice]);
			const { json } = await sandbox.run(
				message('get', { uid: String(uid), includeHeaders: true }),
			);
			expect(json).toMatchObject([
				{
					uid,
					subject: 'Invoice 4711',
					text: 'Grüße im Text',
					importance: 'normal',
					references: [],
					headers: { to: ana, 'mime-version': '1.0' },
				},
			]);
			expect(json[0]).not.toHaveProperty('html');
			expect(await sandbox.messagesIn('INBOX')).toMatchObject([{ flags: [] }]);
		});

		test('says so where the MIME can not be read, and goes on with the next message', async () => {
			const parts = '--b\nContent-Type: text/plain\n\nx\n'.repeat(2_500);
			const uids = await sandbox.fill('INBOX', [
				mime('Parts', { 'Content-Type': 'multipart/mixed; boundary=b', body: parts }),
				mime('Good'),
			]);
			const { json } = await sandbox.run((index) => message('get', { uid: String(uids[index]) }), {
				items: [{}, {}],
				continueOnFail: true,
			});
			expect(json).toMatchObject([
				{
					error: 'The message could not be read: it has too many parts',
					details: expect.stringContaining('Download it as .eml instead'),
				},
				{ subject: 'Good', text: 'Text\n' },
			]);
		});

		test('takes the UID of the item by itself', async () => {
			const uids = await sandbox.fill('INBOX', [mime('One'), mime('Two')]);
			const { json, items } = await sandbox.run(
				(index) => message('get', { uid: String(uids[index]) }),
				{ items: [{}, {}] },
			);
			expect(json.map(({ subject }) => subject)).toEqual(['One', 'Two']);
			expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		});
	});

	describe('download', () => {
		test.each(['memory', 'stored'] as const)(
			'gives the message byte for byte (%s)',
			async (binaryMode) => {
				const [uid = 0] = await sandbox.fill('INBOX', [invoice]);
				const { json, items, file } = await sandbox.run(message('download', { uid: String(uid) }), {
					binaryMode,
				});
				expect(json).toMatchObject([{ uid, fileName: 'Invoice 4711.eml' }]);
				expect(items[0]?.binary?.['data']).toMatchObject({ mimeType: 'message/rfc822' });
				expect((await file(0, 'data')).toString()).toBe(invoice.replaceAll('\n', '\r\n'));
			},
		);

		test('streams one of 20 MB', async () => {
			const body = `${'x'.repeat(998)}\n`.repeat(20_000);
			const [uid = 0] = await sandbox.fill('INBOX', [mime('Huge', { body })]);
			const { file } = await sandbox.run(message('download', { uid: String(uid), fileName: 'a' }));
			expect((await file(0, 'data')).length).toBeGreaterThan(20_000_000);
		});
	});

	describe('downloadAttachments', () => {
		test('puts each into a binary field, without what the text shows', async () => {
			const [uid = 0] = await sandbox.fill('INBOX', [invoice]);
			const { json, items, file } = await sandbox.run(
				message('downloadAttachments', { uid: String(uid) }),
			);
			expect(json).toEqual([
				{
					uid,
					folder: 'INBOX',
					subject: 'Invoice 4711',
					attachments: [
						{
							fileName: 'invoice.pdf',
							contentType: 'application/pdf',
							sizeBytes: 11,
							isInline: false,
							field: 'data_0',
						},
					],
				},
			]);
			expect(Object.keys(items[0]?.binary ?? {})).toEqual(['data_0']);
			expect((await file(0, 'data_0')).toString()).toBe('The invoice');
		});

		test('by name, type and with pictures where that is wanted', async () => {
			const [uid = 0] = await sandbox.fill('INBOX', [invoice]);
			const fields = async (options: INodeParameters) => {
				const { json } = await sandbox.run(
					message('downloadAttachments', { uid: String(uid), options }),
				);
				const [{ attachments = [] } = {}] = json;
				return (attachments as Array<{ fileName: string; field: string }>).map(
					({ fileName, field }) => `${field}=${fileName}`,
				);
			};
			expect(await fields({ includeInline: true, fieldPrefix: 'f' })).toEqual([
				'f0=invoice.pdf',
				'f1=logo.png',
			]);
			expect(await fields({ includeInline: true, namePatterns: 'logo*' })).toEqual([
				'data_0=logo.png',
			]);
			expect(await fields({ contentTypes: 'image/*' })).toEqual([]);
		});
	});
});
