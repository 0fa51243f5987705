import {
	anasDrive,
	byId,
	byPath,
	contractsDrive,
	financeDrive,
	type FilesSandbox,
	startFilesSandbox,
} from '../filesSandbox';

let sandbox: FilesSandbox;
beforeAll(async () => (sandbox = await startFilesSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

describe('file: download', () => {
	const basics = { resource: 'file', operation: 'download' };

	it('streams from the address that Graph gives, without the token', async () => {
		const content = Buffer.alloc(3_000_000, 'abc');
		const item = sandbox.put('Größe.bin', content);
		const { items, file } = await sandbox.run({
			...basics,
			item: byPath('Größe.bin'),
			binaryField: 'document',
		});
		expect(
			sandbox.requests().map(({ method, url }) => `${method} ${url.split('?')[0] ?? ''}`),
		).toEqual([
			'GET /v1.0/me/drive/root:/Gr%C3%B6%C3%9Fe.bin:',
			`GET /v1.0/drives/${encodeURIComponent(anasDrive)}/items/${item.id}/content`,
		]);
		expect(items[0]?.binary?.['document']).toMatchObject({
			fileName: 'Größe.bin',
			mimeType: 'application/octet-stream',
		});
		expect((await file(0, 'document')).equals(content)).toBe(true);
		// The host of the content refuses tokens; that it answered shows that there was none.
		expect(sandbox.uploads().map(({ status }) => status)).toEqual([200]);
	});

	it('converts', async () => {
		sandbox.put('Plan.docx', 'not really Word');
		const { items, file } = await sandbox.run({
			...basics,
			item: byPath('Plan.docx'),
			options: { format: 'pdf' },
		});
		expect(sandbox.requests()[1]?.url).toMatch(/\/content\?format=pdf$/);
		expect(items[0]?.binary?.['data']).toMatchObject({
			fileName: 'Plan.pdf',
			mimeType: 'application/pdf',
		});
		expect((await file(0, 'data')).toString('latin1')).toMatch(/^%PDF/);
	});

	it('says what to do with a folder', async () => {
		sandbox.folder('Docs');
		await expect(sandbox.run({ ...basics, item: byPath('Docs') })).rejects.toMatchObject({
			message: 'File: "Docs" is a folder',
			description: expect.stringContaining('Download as ZIP') as string,
		});
	});
});

describe('listing', () => {
	it('asks for pages of 1,000, and stops at the limit', async () => {
		for (let index = 0; index < 1_005; index++)
			sandbox.put(`${String(index).padStart(4, '0')}.txt`, '');
		const basics = { resource: 'file', operation: 'getAll', folder: byPath('/') };
		expect((await sandbox.run({ ...basics, returnAll: true })).json).toHaveLength(1_005);
		expect(
			sandbox.requests().map(({ url }) => /\$top=(\d+)/.exec(decodeURIComponent(url))?.[1]),
		).toEqual(['1000', '1000']);
		const { json } = await sandbox.run({ ...basics, limit: 3 });
		expect(json.map(({ name }) => name)).toEqual(['0000.txt', '0001.txt', '0002.txt']);
	}, 30_000);

	it('lists files, folders or both, at any depth, by name', async () => {
		sandbox.put('a.txt');
		sandbox.put('Docs/b.pdf');
		sandbox.put('Docs/Deep/c.txt');
		const list = async (parameters: object) =>
			(await sandbox.run({ returnAll: true, ...parameters })).json.map((item) => item['path']);
		const folder = { resource: 'folder', operation: 'getAll', item: byPath('/') };
		expect(await list(folder)).toEqual(['Docs', 'a.txt']);
		expect(await list({ ...folder, include: 'folders', recursive: true })).toEqual([
			'Docs',
			'Docs/Deep',
		]);
		expect(await list({ ...folder, recursive: true })).toEqual([
			'Docs',
			'a.txt',
			'Docs/Deep',
			'Docs/b.pdf',
			'Docs/Deep/c.txt',
		]);
		const file = { resource: 'file', operation: 'getAll', recursive: true };
		expect(await list({ ...file, options: { namePatterns: '*.txt' } })).toEqual([
			'a.txt',
			'Docs/Deep/c.txt',
		]);
		expect(await list({ ...file, folder: byPath('Docs'), limit: 1, returnAll: false })).toEqual([
			'Docs/b.pdf',
		]);
	});

	it("returns the library's columns", async () => {
		const item = sandbox.put('a.txt', 'x', contractsDrive);
		item.fields = { Project: 'Alpha' };
		const { json } = await sandbox.run({
			resource: 'file',
			operation: 'get',
			location: 'drive',
			drive: byId(contractsDrive),
			item: byId(item.id),
			options: { includeColumns: true },
		});
		expect(json[0]?.['fields']).toMatchObject({ Project: 'Alpha' });
	});
});

describe('file: search', () => {
	const basics = { resource: 'file', operation: 'search' };

	it('finds files, with quotes in the words', async () => {
		sandbox.put("O'Brien/Offer.txt", "it's O'Brien's offer");
		sandbox.put('Other.txt', 'nothing');
		const { json } = await sandbox.run({ ...basics, query: "o'brien's" });
		expect(sandbox.requests()[0]?.url).toContain("/me/drive/root/search(q='o''brien''s')?");
		expect(json.map(({ name }) => name)).toEqual(['Offer.txt']);
		const both = await sandbox.run({
			...basics,
			query: "O'Brien",
			options: { includeFolders: true },
		});
		expect(both.json.map(({ name }) => name).sort()).toEqual(["O'Brien", 'Offer.txt']);
	});

	it('tells an app what it can do instead', async () => {
		await expect(
			sandbox.runAsApp(['Files.Read.All'], {
				...basics,
				location: 'drive',
				drive: byId(financeDrive),
				query: 'x',
			}),
		).rejects.toMatchObject({
			message: 'Search For: Microsoft refuses the search to this app',
			description: expect.stringContaining('Get Many') as string,
		});
	});
});

describe('pictures', () => {
	it('getThumbnails: addresses, and one downloaded', async () => {
		const item = sandbox.put('a.png');
		const basics = { resource: 'file', operation: 'getThumbnails', item: byId(item.id) };
		const { json } = await sandbox.run(basics);
		expect(json[0]).toMatchObject({
			hasThumbnails: true,
			large: { width: 800, url: expect.any(String) as string },
		});
		const downloaded = await sandbox.run({ ...basics, download: true, size: 'small' });
		expect(sandbox.requests().at(-1)?.url).toBe(
			`/v1.0/me/drive/items/${item.id}/thumbnails/0/small/content`,
		);
		expect((await downloaded.file(0, 'data')).subarray(0, 2).toString('hex')).toBe('ffd8');
		sandbox.put('b.bin');
		const none = await sandbox.run({ ...basics, item: byPath('b.bin') });
		expect(none.json).toEqual([{ hasThumbnails: false }]);
		expect(none.hints).toHaveLength(1);
	});

	it('getPreview', async () => {
		const item = sandbox.put('a.pdf');
		const { json } = await sandbox.run({
			resource: 'file',
			operation: 'getPreview',
			item: byId(item.id),
			options: { page: '2' },
		});
		expect(sandbox.requests()).toEqual([
			{ method: 'POST', url: `/v1.0/me/drive/items/${item.id}/preview`, body: { page: '2' } },
		]);
		expect(json[0]?.['url']).toMatch(/^https:/);
	});
});

describe('drive', () => {
	it('get and getAll', async () => {
		const { json } = await sandbox.run({
			resource: 'drive',
			operation: 'get',
			location: 'drive',
			drive: byId(financeDrive),
		});
		expect(json[0]).toMatchObject({
			id: financeDrive,
			name: 'Documents',
			type: 'documentLibrary',
			owner: 'Finance',
		});
		const all = await sandbox.run({
			resource: 'drive',
			operation: 'getAll',
			location: 'site',
			site: { __rl: true, mode: 'url', value: 'https://contoso.sharepoint.example/sites/finance' },
		});
		expect(all.json.map(({ id }) => id)).toEqual([financeDrive, contractsDrive]);
	});
});
