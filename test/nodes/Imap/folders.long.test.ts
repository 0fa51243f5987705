import type { INodeParameters } from 'n8n-workflow';
import { describeWithDovecot } from '../../support/mailServers';
import { type ImapSandbox, byPath, mime, startImapSandbox } from './imapSandbox';

// A real server, whose answers take as long as the machine is busy.
jest.setTimeout(30_000);

const folder = (operation: string, parameters: INodeParameters = {}): INodeParameters => ({
	resource: 'folder',
	operation,
	...parameters,
});

describeWithDovecot('folders', () => {
	let sandbox: ImapSandbox;
	beforeAll(async () => (sandbox = await startImapSandbox()), 60_000);
	afterEach(async () => await sandbox.reset());
	afterAll(async () => await sandbox.stop(), 30_000);

	test('create at the top, in another folder, and with what exists', async () => {
		const { json } = await sandbox.run(folder('create', { name: 'Projects' }));
		expect(json).toEqual([
			{
				path: 'Projects',
				name: 'Projects',
				parentPath: '',
				displayPath: 'Projects',
				delimiter: '/',
				purpose: null,
				holdsMessages: true,
				isSubscribed: true,
				created: true,
			},
		]);
		const inside = { name: 'Ä & B', where: 'folder', parent: byPath('Projects') };
		expect((await sandbox.run(folder('create', inside))).json).toMatchObject([
			{ path: 'Projects/Ä & B', parentPath: 'Projects', created: true },
		]);
		await expect(sandbox.run(folder('create', inside))).rejects.toThrow(
			'The folder "Projects/Ä & B" exists already',
		);
		const reused = await sandbox.run(folder('create', { ...inside, whenExists: 'reuse' }));
		expect(reused.json).toMatchObject([{ path: 'Projects/Ä & B', created: false }]);
	});

	test('a name is no path', async () => {
		await expect(sandbox.run(folder('create', { name: 'A/B' }))).rejects.toThrow(
			'Name: has "/", which stands between the names of a path',
		);
	});

	test('getAll lists what each folder is for, with counts where wanted', async () => {
		await sandbox.fill('INBOX', [mime('One'), mime('Two')]);
		const { json } = await sandbox.run(folder('getAll', { returnAll: true, includeCounts: true }));
		const found = Object.fromEntries(json.map((entry) => [entry['path'] as string, entry]));
		expect(Object.keys(found)).toHaveLength(7);
		expect(found['Sent Items']).toMatchObject({ purpose: '\\Sent', messages: 0 });
		expect(found['Outbox']).toMatchObject({ purpose: null });
		expect(found['INBOX']).toMatchObject({
			purpose: '\\Inbox',
			messages: 2,
			unread: 2,
			uidValidity: expect.stringMatching(/^\d+$/),
		});
	});

	test('getAll by name, and up to a limit', async () => {
		const items = await sandbox.run(folder('getAll', { nameContains: 'ITEMS' }));
		expect(items.json.map(({ name }) => name).sort()).toEqual(['Deleted Items', 'Sent Items']);
		expect(items.json[0]).not.toHaveProperty('messages');
		expect((await sandbox.run(folder('getAll', { limit: 3 }))).json).toHaveLength(3);
	});

	test('getStatus counts without opening', async () => {
		const uids = await sandbox.fill('Archive', [mime('One'), mime('Two')]);
		const { json } = await sandbox.run(folder('getStatus', { folder: byPath('\\Archive') }));
		expect(json).toEqual([
			{
				path: 'Archive',
				messages: 2,
				unread: 2,
				uidNext: (uids[1] ?? 0) + 1,
				uidValidity: expect.stringMatching(/^\d+$/),
				highestModseq: expect.stringMatching(/^\d+$/),
			},
		]);
	});

	test('rename keeps the folder where it is', async () => {
		await sandbox.run(folder('create', { name: 'Projects' }));
		await sandbox.run(
			folder('create', { name: 'Old', where: 'folder', parent: byPath('Projects') }),
		);
		const { json } = await sandbox.run(
			folder('rename', { folder: byPath('Projects/Old'), newName: 'New' }),
		);
		expect(json).toMatchObject([{ path: 'Projects/New', oldPath: 'Projects/Old', name: 'New' }]);
	});

	test('delete removes it', async () => {
		await sandbox.run(folder('create', { name: 'Projects' }));
		const { json } = await sandbox.run(folder('delete', { folder: byPath('Projects') }));
		expect(json).toEqual([{ path: 'Projects', deleted: true }]);
		expect((await sandbox.run(folder('getAll', { nameContains: 'Proj' }))).json).toEqual([]);
	});

	test('the picker lists folders with a purpose first, and by what is typed', async () => {
		await sandbox.run(folder('create', { name: 'AAA' }));
		const { results } = await sandbox.folderList();
		expect(results.map(({ name }) => name)).toEqual([
			'INBOX',
			'Drafts',
			'Sent Items',
			'Deleted Items',
			'Junk Email',
			'Archive',
			'AAA',
			'Outbox',
		]);
		expect((await sandbox.folderList('item')).results).toEqual([
			{ name: 'Sent Items', value: 'Sent Items' },
			{ name: 'Deleted Items', value: 'Deleted Items' },
		]);
	});
});
