import { type MailSandbox, startMailSandbox } from '../mailSandbox';

let sandbox: MailSandbox;
beforeAll(async () => (sandbox = await startMailSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

const ana = 'ana@contoso.example';
const shared = 'support@contoso.example';
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const pathOf = (id: string) => `/v1.0/me/mailFolders/${encodeURIComponent(id)}`;

describe('folder: create', () => {
	const basics = { resource: 'folder', operation: 'create' };
	const posts = () => sandbox.requests().filter(({ method }) => method === 'POST');

	it('makes the folders of a path that are missing, in a shared mailbox too', async () => {
		const { json } = await sandbox.run({
			...basics,
			mailbox: shared,
			path: 'Posteingang/Kunden/2026',
		});
		expect(posts().map(({ body }) => body)).toEqual([
			{ displayName: 'Posteingang' },
			{ displayName: 'Kunden' },
			{ displayName: '2026' },
		]);
		expect(posts()[0]?.url).toBe('/v1.0/users/support%40contoso.example/mailFolders');
		expect(json[0]).toMatchObject({ name: '2026', messages: 0, created: true });
	});

	it('takes what exists, standard folders by their English names', async () => {
		const invoices = await sandbox.createFolder(ana, ['inbox', 'Invoices']);
		sandbox.forget();
		const { json } = await sandbox.run({ ...basics, path: 'inbox/Invoices/2026' });
		expect(posts()).toEqual([
			{ method: 'POST', url: `${pathOf(invoices)}/childFolders`, body: { displayName: '2026' } },
		]);
		const again = await sandbox.run({ ...basics, path: '/Inbox/Invoices/2026/' });
		expect(again.json[0]).toMatchObject({ id: json[0]?.['id'], created: false });
		await expect(
			sandbox.run({ ...basics, path: 'Inbox/Invoices', options: { failIfExists: true } }),
		).rejects.toThrow('the folder "Inbox/Invoices" exists already');
	});

	it('begins inside of a folder, and hides what it makes', async () => {
		await sandbox.run({
			...basics,
			path: 'State',
			parent: byId('archive'),
			options: { isHidden: true },
		});
		expect(sandbox.requests()).toMatchObject([
			{ method: 'GET', url: expect.stringContaining('/archive/childFolders?') as string },
			{
				method: 'POST',
				url: '/v1.0/me/mailFolders/archive/childFolders',
				body: { displayName: 'State', isHidden: true },
			},
		]);
	});

	it('asks for a name', async () => {
		await expect(sandbox.run({ ...basics, path: ' / ' })).rejects.toThrow('has no name in it');
		expect(sandbox.requests()).toEqual([]);
	});
});

describe('folder: get, update, move, copy and delete', () => {
	it('gets one, simplified or as it is', async () => {
		await sandbox.deliver(ana, { subject: 'Unread' });
		const { json } = await sandbox.run({
			resource: 'folder',
			operation: 'get',
			folder: byId('inbox'),
		});
		expect(sandbox.requests()).toEqual([{ method: 'GET', url: '/v1.0/me/mailFolders/inbox' }]);
		expect(json[0]).toMatchObject({ name: 'Inbox', messages: 1, unread: 1, subfolders: 0 });
		const raw = await sandbox.run({
			resource: 'folder',
			operation: 'get',
			folder: byId('inbox'),
			simplify: false,
		});
		expect(raw.json[0]).toMatchObject({ displayName: 'Inbox', totalItemCount: 1 });
	});

	it.each([
		['update', { name: 'New' }, 'PATCH', '', { displayName: 'New' }],
		['move', { destination: byId('archive') }, 'POST', '/move', { destinationId: 'archive' }],
		['copy', { destination: byId('archive') }, 'POST', '/copy', { destinationId: 'archive' }],
	] as const)('%s', async (operation, parameters, method, suffix, body) => {
		const id = await sandbox.createFolder(ana, ['inbox', 'Old']);
		const { json } = await sandbox.run({
			resource: 'folder',
			operation,
			folder: byId(id),
			...parameters,
		});
		expect(sandbox.requests()).toEqual([{ method, url: `${pathOf(id)}${suffix}`, body }]);
		expect(json[0]).toMatchObject({ name: operation === 'update' ? 'New' : 'Old' });
	});

	it('deletes, and never twice by itself', async () => {
		const id = await sandbox.createFolder(ana, ['inbox', 'Old']);
		const parameters = { resource: 'folder', operation: 'delete', folder: byId(id) };
		sandbox.fault({ match: 'DELETE /v1.0/me/', status: 502, times: 1 });
		await expect(sandbox.run(parameters)).rejects.toThrow('may have been carried out');
		expect(sandbox.requests()).toEqual([{ method: 'DELETE', url: pathOf(id) }]);
		const { json } = await sandbox.run(parameters);
		expect(json).toEqual([{ success: true, id }]);
	});

	it('explains that standard folders stay', async () => {
		await expect(
			sandbox.run({ resource: 'folder', operation: 'delete', folder: byId('archive') }),
		).rejects.toMatchObject({
			description: expect.stringContaining('A standard folder') as string,
		});
	});
});

describe('folder: markAllRead', () => {
	const basics = { resource: 'folder', operation: 'markAllRead', folder: byId('inbox') };
	const unread = async (folder: string) => {
		const { json } = await sandbox.run({
			resource: 'folder',
			operation: 'get',
			folder: byId(folder),
		});
		return json[0]?.['unread'];
	};

	it('marks 25 messages with two batches, those of subfolders when asked', async () => {
		const inner = await sandbox.createFolder(ana, ['inbox', 'Inner']);
		await sandbox.deliver(ana, { subject: 'Inside', folder: inner });
		sandbox.fill(ana, 25);
		sandbox.forget();
		const { json } = await sandbox.run(basics);
		expect(json).toEqual([{ success: true, folderId: 'inbox', marked: 25 }]);
		const [list, ...batches] = sandbox.requests();
		expect(list?.url).toBe(
			'/v1.0/me/mailFolders/inbox/messages?$filter=isRead%20eq%20false&$select=id&$top=1000',
		);
		expect(batches.map(({ body }) => (body as { requests: object[] }).requests)).toMatchObject([
			{ length: 20 },
			{ length: 5 },
		]);
		expect(batches[0]?.body).toMatchObject({
			requests: expect.arrayContaining([
				expect.objectContaining({ method: 'PATCH', body: { isRead: true } }),
			]) as object[],
		});
		expect([await unread('inbox'), await unread(inner)]).toEqual([0, 1]);
		const recursive = await sandbox.run({ ...basics, recursive: true });
		expect(recursive.json[0]).toMatchObject({ marked: 1 });
		expect(await unread(inner)).toBe(0);
	});

	it('says how many were marked when some could not be', async () => {
		sandbox.fill(ana, 3);
		sandbox.fault({ match: 'PATCH /v1.0/me/messages/', status: 404, times: 1 });
		await expect(sandbox.run(basics)).rejects.toMatchObject({
			description: expect.stringContaining('2 messages were marked as read, 1 were not') as string,
		});
	});
});
