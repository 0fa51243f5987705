import { byId, byPath, type FilesSandbox, startFilesSandbox, textAt } from '../filesSandbox';

let sandbox: FilesSandbox;
beforeAll(async () => (sandbox = await startFilesSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

describe('file', () => {
	it.each([
		['checkOut', 'checkout', {}, undefined],
		['discardCheckOut', 'discardCheckout', {}, undefined],
		[
			'checkIn',
			'checkin',
			{ comment: 'Done', publish: true },
			{ comment: 'Done', checkInAs: 'published' },
		],
		['permanentDelete', 'permanentDelete', {}, undefined],
	])('%s', async (operation, action, parameters, body) => {
		const item = sandbox.put('a.txt');
		if (operation !== 'checkOut') item.checkedOutBy = 'ana@contoso.example';
		const { json } = await sandbox.run({
			resource: 'file',
			operation,
			item: byId(item.id),
			...parameters,
		});
		expect(sandbox.requests()).toEqual([
			{ method: 'POST', url: `/v1.0/me/drive/items/${item.id}/${action}`, ...(body && { body }) },
		]);
		expect(json).toEqual([{ success: true }]);
		expect(item.checkedOutBy).toBe(
			operation === 'checkOut' || operation === 'permanentDelete'
				? 'ana@contoso.example'
				: undefined,
		);
		expect(sandbox.paths()).toEqual(operation === 'permanentDelete' ? [] : ['a.txt']);
	});

	it('delete', async () => {
		const item = sandbox.put('Docs/a.txt');
		await sandbox.run({ resource: 'file', operation: 'delete', item: byPath('Docs/a.txt') });
		expect(sandbox.requests()).toEqual([
			{ method: 'DELETE', url: '/v1.0/me/drive/root:/Docs/a.txt:' },
		]);
		expect(sandbox.paths()).toEqual(['Docs']);
		expect(item.name).toBe('a.txt');
	});

	it('deletes 30 files with two batches, and one that is not there fails alone', async () => {
		for (let index = 0; index < 30; index++) sandbox.put(`${index}.txt`);
		const { items } = await sandbox.run(
			(index) => ({
				resource: 'file',
				operation: 'delete',
				item: byPath(index === 4 ? 'no.txt' : `${index}.txt`),
			}),
			{ items: Array.from({ length: 30 }, () => ({})), continueOnFail: true },
		);
		const batches = sandbox.requests().filter(({ url }) => url === '/v1.0/$batch');
		expect(batches.map(({ body }) => (body as { requests: unknown[] }).requests.length)).toEqual([
			20, 10,
		]);
		expect(items.flatMap(({ error }, index) => (error ? [index] : []))).toEqual([4]);
		expect(sandbox.paths()).toEqual(['4.txt']);
	});

	it('rename', async () => {
		const item = sandbox.put('a.txt');
		const { json } = await sandbox.run({
			resource: 'file',
			operation: 'rename',
			item: byId(item.id),
			name: 'Größe 100%.txt',
		});
		expect(sandbox.requests()).toEqual([
			{ method: 'PATCH', url: `/v1.0/me/drive/items/${item.id}`, body: { name: 'Größe 100%.txt' } },
		]);
		expect(json[0]).toMatchObject({ id: item.id, name: 'Größe 100%.txt' });
	});

	it('update: description and dates, in the time zone of the workflow', async () => {
		const item = sandbox.put('a.txt');
		await sandbox.run({
			resource: 'file',
			operation: 'update',
			item: byId(item.id),
			changes: { description: 'Signed', lastModifiedDateTime: '2026-01-31T10:00:00' },
		});
		expect(sandbox.requests()).toEqual([
			{
				method: 'PATCH',
				url: `/v1.0/me/drive/items/${item.id}`,
				body: {
					description: 'Signed',
					fileSystemInfo: {
						lastModifiedDateTime: expect.stringMatching(/^2026-01-31T09:00:00(\.000)?Z$/) as string,
					},
				},
			},
		]);
		await expect(
			sandbox.run({ resource: 'file', operation: 'update', item: byId(item.id), changes: {} }),
		).rejects.toThrow('Changes: is empty');
	});
});

describe('folder: create', () => {
	const basics = { resource: 'folder', operation: 'create' };

	it('makes the parents that are missing', async () => {
		sandbox.folder('Invoices');
		const { json } = await sandbox.run({ ...basics, name: 'Invoices/2026/May' });
		expect(json[0]).toMatchObject({ name: 'May', type: 'folder', path: 'Invoices/2026/May' });
		expect(sandbox.paths()).toEqual(['Invoices', 'Invoices/2026', 'Invoices/2026/May']);
		expect(sandbox.requests().at(-1)).toEqual({
			method: 'POST',
			url: '/v1.0/me/drive/root:/Invoices/2026:/children',
			body: { name: 'May', folder: {}, '@microsoft.graph.conflictBehavior': 'fail' },
		});
		sandbox.forget();
		const again = await sandbox.run({ ...basics, name: 'Invoices/2026/May' });
		expect(again.json[0]).toMatchObject({ id: json[0]?.['id'] });
		expect(sandbox.requests()).toHaveLength(2);
	});

	it.each([
		['fail', undefined],
		['rename', ['May', 'May 1']],
		['use', ['May']],
	])('if it exists: %s', async (ifExists, expected) => {
		sandbox.folder('May');
		const run = sandbox.run({ ...basics, name: 'May', ifExists });
		if (!expected) await expect(run).rejects.toThrow('already exists');
		else {
			await run;
			expect(sandbox.paths()).toEqual(expected);
		}
	});

	it('is not made where a file has its name, nor with a name that is not allowed', async () => {
		sandbox.put('May');
		await expect(sandbox.run({ ...basics, name: 'May' })).rejects.toThrow(
			'there is a file with the name "May"',
		);
		await expect(sandbox.run({ ...basics, name: 'a/b:c' })).rejects.toThrow('contains :');
	});
});

describe('sharing', () => {
	it('createLink: scope, type, expiry and password', async () => {
		const item = sandbox.put('a.txt');
		const { json } = await sandbox.run({
			resource: 'sharing',
			operation: 'createLink',
			item: byId(item.id),
			type: 'edit',
			scope: 'anonymous',
			options: { expirationDateTime: '2099-01-31T12:00:00+01:00', password: 'secret-1' },
		});
		expect(sandbox.requests()).toEqual([
			{
				method: 'POST',
				url: `/v1.0/me/drive/items/${item.id}/createLink`,
				body: {
					type: 'edit',
					scope: 'anonymous',
					expirationDateTime: expect.stringMatching(/^2099-01-31T11:00:00(\.000)?Z$/) as string,
					password: 'secret-1',
				},
			},
		]);
		expect(json[0]).toMatchObject({
			type: 'link',
			linkType: 'edit',
			linkScope: 'anonymous',
			hasPassword: true,
			linkUrl: expect.stringMatching(/^https:/) as string,
		});
		await expect(
			sandbox.run({
				resource: 'sharing',
				operation: 'createLink',
				item: byId(item.id),
				options: { expirationDateTime: '2020-01-01T00:00:00Z' },
			}),
		).rejects.toThrow('Expires At: is in the past');
	});

	it('createLink: for specific people', async () => {
		const item = sandbox.put('a.txt');
		const { json } = await sandbox.run({
			resource: 'sharing',
			operation: 'createLink',
			item: byId(item.id),
			scope: 'users',
			recipients: 'ben@contoso.example, chloe@contoso.example',
		});
		expect(sandbox.requests()[0]?.body).toEqual({
			type: 'view',
			scope: 'users',
			recipients: [{ email: 'ben@contoso.example' }, { email: 'chloe@contoso.example' }],
		});
		expect(json[0]?.['grantedTo']).toEqual(['ben@contoso.example', 'chloe@contoso.example']);
	});

	it('invite, list, change and take away', async () => {
		const item = sandbox.put('a.txt');
		const basics = { resource: 'sharing', item: byId(item.id) };
		const url = `/v1.0/me/drive/items/${item.id}`;
		const invited = await sandbox.run({
			...basics,
			operation: 'invite',
			recipients: 'ben@contoso.example',
			role: 'read',
			options: { message: 'Please read', expirationDateTime: '2099-01-01T00:00:00Z' },
		});
		const id = textAt(invited.json[0], 'id');
		expect(invited.json).toEqual([
			expect.objectContaining({
				type: 'direct',
				roles: ['read'],
				grantedTo: ['ben@contoso.example'],
			}),
		]);
		const listed = await sandbox.run({ ...basics, operation: 'getPermissions' });
		expect(listed.json.map((permission) => permission['id'])).toEqual([id]);
		const changed = await sandbox.run({
			...basics,
			operation: 'updatePermission',
			permission: id,
			changes: { role: 'write' },
		});
		expect(changed.json[0]).toMatchObject({ id, roles: ['write'] });
		await sandbox.run({ ...basics, operation: 'deletePermission', permission: id });
		expect(item.permissions).toEqual([]);
		expect(sandbox.requests()).toEqual([
			{
				method: 'POST',
				url: `${url}/invite`,
				body: {
					recipients: [{ email: 'ben@contoso.example' }],
					roles: ['read'],
					requireSignIn: true,
					sendInvitation: true,
					message: 'Please read',
					expirationDateTime: expect.stringContaining('2099-01-01T00:00:00') as string,
				},
			},
			{ method: 'GET', url: `${url}/permissions?$top=200` },
			{ method: 'PATCH', url: `${url}/permissions/${id}`, body: { roles: ['write'] } },
			{ method: 'DELETE', url: `${url}/permissions/${id}` },
		]);
	});
});

describe('version', () => {
	it('lists, downloads and restores', async () => {
		sandbox.put('a.txt', 'one');
		const item = sandbox.put('a.txt', 'two');
		const basics = { resource: 'version', item: byId(item.id) };
		const listed = await sandbox.run({ ...basics, operation: 'getAll' });
		expect(listed.json.map(({ id, size }) => [id, size])).toEqual([
			['2.0', 3],
			['1.0', 3],
		]);
		const downloaded = await sandbox.run({ ...basics, operation: 'download', version: '1.0' });
		expect((await downloaded.file(0, 'data')).toString()).toBe('one');
		await sandbox.run({ ...basics, operation: 'restore', version: '1.0' });
		expect(await sandbox.text('a.txt')).toBe('one');
		expect(sandbox.requests().at(-1)).toEqual({
			method: 'POST',
			url: `/v1.0/me/drive/items/${item.id}/versions/1.0/restoreVersion`,
		});
	});
});
