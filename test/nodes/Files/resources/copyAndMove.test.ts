import {
	anasDrive,
	byId,
	byPath,
	financeDrive,
	type FilesSandbox,
	startFilesSandbox,
	textAt,
} from '../filesSandbox';

let sandbox: FilesSandbox;
beforeAll(async () => (sandbox = await startFilesSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

const toFinance = { toLocation: 'drive', toDrive: byId(financeDrive) };

describe('copy', () => {
	const basics = { resource: 'file', operation: 'copy' };

	it('waits for the monitor, which gets no token, and returns the copy', async () => {
		const item = sandbox.put('a.txt', 'hello');
		const folder = sandbox.folder('To', financeDrive);
		const { json } = await sandbox.run({
			...basics,
			item: byId(item.id),
			...toFinance,
			folder: byPath('To'),
			name: 'b.txt',
		});
		expect(sandbox.requests()[1]).toEqual({
			method: 'POST',
			url: `/v1.0/me/drive/items/${item.id}/copy?%40microsoft.graph.conflictBehavior=fail`,
			body: { parentReference: { driveId: financeDrive, id: folder.id }, name: 'b.txt' },
		});
		const polls = sandbox.uploads().filter(({ url }) => url.startsWith('/drive/monitor/'));
		expect(polls.map(({ status }) => status)).toEqual([202, 200]);
		expect(json[0]).toMatchObject({
			name: 'b.txt',
			driveId: financeDrive,
			path: 'To/b.txt',
			size: 5,
		});
		expect(await sandbox.text('To/b.txt', financeDrive)).toBe('hello');
		expect(sandbox.paths()).toEqual(['a.txt']);
	});

	it('returns the monitor where it is not to wait', async () => {
		sandbox.put('a.txt');
		sandbox.folder('To');
		const { json } = await sandbox.run({
			...basics,
			item: byPath('a.txt'),
			folder: byPath('To'),
			wait: false,
		});
		expect(json).toEqual([
			{ status: 'running', monitorUrl: expect.stringContaining('/drive/monitor/') as string },
		]);
		expect(sandbox.uploads()).toEqual([]);
	});

	it('says why a copy failed', async () => {
		sandbox.put('a.txt');
		sandbox.put('To/a.txt');
		await expect(
			sandbox.run({ ...basics, item: byPath('a.txt'), folder: byPath('To') }),
		).rejects.toThrow('The destination folder has something with this name already');
	});

	it('copies folders with all that is in them', async () => {
		sandbox.put('From/Deep/a.txt');
		sandbox.folder('To');
		await sandbox.run({
			resource: 'folder',
			operation: 'copy',
			item: byPath('From'),
			folder: byPath('To'),
		});
		expect(sandbox.paths()).toEqual(
			expect.arrayContaining(['To/From/Deep/a.txt', 'From/Deep/a.txt']),
		);
	});

	it('wants a folder as its destination', async () => {
		sandbox.put('a.txt');
		sandbox.put('b.txt');
		await expect(
			sandbox.run({ ...basics, item: byPath('a.txt'), folder: byPath('b.txt') }),
		).rejects.toThrow('Destination Folder: "b.txt" is no folder');
	});
});

describe('move', () => {
	const basics = { resource: 'file', operation: 'move' };

	it('changes the parent within a drive, and keeps the id', async () => {
		const item = sandbox.put('a.txt');
		const folder = sandbox.folder('To');
		const { json } = await sandbox.run({
			...basics,
			item: byId(item.id),
			folder: byPath('To'),
			name: 'b.txt',
		});
		expect(sandbox.requests().at(-1)).toEqual({
			method: 'PATCH',
			url: `/v1.0/drives/${encodeURIComponent(anasDrive)}/items/${item.id}?%40microsoft.graph.conflictBehavior=fail`,
			body: { parentReference: { id: folder.id }, name: 'b.txt' },
		});
		expect(json[0]).toMatchObject({ id: item.id, path: 'To/b.txt' });
	});

	it('copies to another drive with all versions, and deletes the original after that', async () => {
		sandbox.put('a.txt', 'one');
		const item = sandbox.put('a.txt', 'two');
		sandbox.folder('To', financeDrive);
		const { json, hints } = await sandbox.run({
			...basics,
			item: byId(item.id),
			...toFinance,
			folder: byPath('To'),
		});
		const methods = sandbox
			.requests()
			.map(({ method, url }) => `${method} ${/[^/]*$/.exec(url.split('?')[0] ?? '')?.[0] ?? ''}`);
		expect(methods.slice(2)).toEqual([
			'POST copy',
			`GET ${textAt(json[0], 'id')}`,
			`DELETE ${item.id}`,
		]);
		expect(sandbox.requests()[2]?.body).toMatchObject({ includeAllVersionHistory: true });
		const remove = sandbox.recorded().at(-1);
		expect(remove?.headers['if-match']).toMatch(/^"\{[\dA-F-]+\},\d+"$/);
		expect(sandbox.paths()).toEqual([]);
		expect(await sandbox.text('To/a.txt', financeDrive)).toBe('two');
		const drive = sandbox.drives.driveById(financeDrive);
		expect(drive.byPath(drive.root, 'To/a.txt').versions).toHaveLength(2);
		expect(hints.join()).toContain('new ID');
	});

	it('leaves the original where the copy fails', async () => {
		sandbox.put('a.txt');
		sandbox.put('To/a.txt', 'other', financeDrive);
		const error = await sandbox
			.run({ ...basics, item: byPath('a.txt'), ...toFinance, folder: byPath('To') })
			.catch((reason: unknown) => reason);
		expect(error).toMatchObject({
			message: 'The destination folder has something with this name already',
			description: expect.stringContaining('The original is where it was.') as string,
		});
		expect(sandbox.paths()).toEqual(['a.txt']);
		expect(await sandbox.text('To/a.txt', financeDrive)).toBe('other');
	});

	it('leaves the original where somebody has changed it in the meantime', async () => {
		sandbox.put('a.txt', 'old');
		sandbox.folder('To', financeDrive);
		sandbox.fault({
			match: 'DELETE /v1.0/drives/',
			status: 412,
			times: 1,
			body: { error: { code: 'resourceModified', message: 'ETag does not match' } },
		});
		const error = await sandbox
			.run({ ...basics, item: byPath('a.txt'), ...toFinance, folder: byPath('To') })
			.catch((reason: unknown) => reason);
		expect(error).toMatchObject({
			description: expect.stringContaining('it is in both now') as string,
		});
		expect(sandbox.paths()).toEqual(['a.txt']);
	});

	it('refuses to move, rename or delete the top of a drive', async () => {
		for (const parameters of [
			{ operation: 'move', item: byPath('/'), folder: byPath('To') },
			{ operation: 'rename', item: byPath('/'), name: 'x' },
			{ operation: 'delete', item: byPath('/') },
		]) {
			await expect(sandbox.run({ resource: 'folder', ...parameters })).rejects.toThrow(
				'Folder: is the top of the drive',
			);
		}
	});
});
