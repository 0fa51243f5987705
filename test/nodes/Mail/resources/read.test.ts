import { type MailSandbox, startMailSandbox } from '../mailSandbox';

let sandbox: MailSandbox;
beforeAll(async () => (sandbox = await startMailSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

const ana = 'ana@contoso.example';
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const withFiles = {
	from: 'ben@contoso.example',
	subject: 'Invoice',
	body: '<p>Hello <img src="cid:logo"></p>',
	attachments: [
		{ name: 'invoice.pdf', contentType: 'application/pdf', contentBytes: base64('pdf') },
		{
			name: 'logo.png',
			contentType: 'image/png',
			contentBytes: base64('png'),
			isInline: true,
			contentId: 'logo',
		},
		{ name: 'terms.txt', contentType: 'text/plain', contentBytes: base64('terms') },
	],
};
const metadata =
	'$select=id%2Cname%2CcontentType%2Csize%2CisInline%2ClastModifiedDateTime&$top=100';

describe('message: get', () => {
	const basics = { resource: 'message', operation: 'get' };

	it('answers one flat message with its body', async () => {
		const { id } = await sandbox.deliver(ana, withFiles);
		const { json } = await sandbox.run({ ...basics, messageId: byId(id) });
		expect(sandbox.requests()).toHaveLength(1);
		expect(json[0]).toMatchObject({
			id,
			subject: 'Invoice',
			from: 'ben@contoso.example',
			hasAttachments: true,
			bodyType: 'html',
			body: expect.stringContaining('Hello') as string,
			sentDateTime: expect.stringMatching(/\+0[12]:00$/) as string,
		});
	});

	it('asks for plain text and headers, and downloads attachments', async () => {
		const { id } = await sandbox.deliver(ana, withFiles);
		const result = await sandbox.run({
			...basics,
			messageId: byId(id),
			options: { bodyType: 'text', includeHeaders: true, downloadAttachments: true },
		});
		const [first] = sandbox.recorded();
		expect(first?.headers['prefer']).toContain('outlook.body-content-type="text"');
		expect(first?.url).toContain('internetMessageHeaders');
		expect(result.json[0]).toMatchObject({
			bodyType: 'text',
			headers: expect.any(Array) as unknown[],
			attachments: [
				{ name: 'invoice.pdf', field: 'data_0' },
				{ name: 'terms.txt', field: 'data_1' },
			],
		});
		expect(String(await result.file(0, 'data_0'))).toBe('pdf');
	});

	it('answers all that Graph has when not simplified', async () => {
		const { id } = await sandbox.deliver(ana, withFiles);
		const { json } = await sandbox.run({ ...basics, messageId: byId(id), simplify: false });
		expect(sandbox.requests()[0]?.url).toBe(`/v1.0/me/messages/${encodeURIComponent(id)}`);
		expect(json[0]).toMatchObject({ body: { contentType: 'html' } });
	});
});

describe('attachment: getAll', () => {
	it('lists them without content', async () => {
		const { id } = await sandbox.deliver(ana, withFiles);
		const { json } = await sandbox.run({
			resource: 'attachment',
			operation: 'getAll',
			messageId: byId(id),
		});
		expect(sandbox.requests().map(({ url }) => url)).toEqual([
			expect.stringContaining(`/v1.0/me/messages/${encodeURIComponent(id)}/attachments?`),
		]);
		expect(json.map(({ name, kind, isInline }) => ({ name, kind, isInline }))).toEqual([
			{ name: 'invoice.pdf', kind: 'file', isInline: false },
			{ name: 'logo.png', kind: 'file', isInline: true },
			{ name: 'terms.txt', kind: 'file', isInline: false },
		]);
		expect(JSON.stringify(json)).not.toContain('contentBytes');
	});
});

describe('attachment: download', () => {
	const basics = { resource: 'attachment', operation: 'download' };

	it.each(['memory', 'stored'] as const)(
		'puts each file into a binary field (%s)',
		async (binaryMode) => {
			const { id } = await sandbox.deliver(ana, withFiles);
			const result = await sandbox.run({ ...basics, messageId: byId(id) }, { binaryMode });
			const [list, ...downloads] = sandbox.requests().map(({ url }) => url);
			expect(list).toBe(`/v1.0/me/messages/${encodeURIComponent(id)}/attachments?${metadata}`);
			expect(downloads).toEqual([
				expect.stringMatching(/\/attachments\/[^/]+\/\$value$/),
				expect.stringMatching(/\/attachments\/[^/]+\/\$value$/),
			]);
			expect(Object.keys(result.items[0]?.binary ?? {})).toEqual(['data_0', 'data_1']);
			expect(String(await result.file(0, 'data_0'))).toBe('pdf');
			expect(String(await result.file(0, 'data_1'))).toBe('terms');
			expect(result.items[0]?.binary?.['data_0']).toMatchObject({
				fileName: 'invoice.pdf',
				mimeType: 'application/pdf',
			});
		},
	);

	it('picks by name, includes images on request, and names the fields as told', async () => {
		const { id } = await sandbox.deliver(ana, withFiles);
		const { json } = await sandbox.run({
			...basics,
			messageId: byId(id),
			options: { namePatterns: '*.PNG, terms.*', includeInline: true, fieldPrefix: 'file' },
		});
		expect(json[0]?.['attachments']).toMatchObject([
			{ name: 'logo.png', field: 'file0' },
			{ name: 'terms.txt', field: 'file1' },
		]);
	});

	it('answers an item without files for a message without any', async () => {
		const { id } = await sandbox.deliver(ana, { from: 'ben@contoso.example', subject: 'None' });
		const { json } = await sandbox.run({ ...basics, messageId: byId(id) });
		expect(json).toEqual([{ messageId: id, attachments: [], links: [] }]);
	});
});

describe('folder: getAll', () => {
	const basics = { resource: 'folder', operation: 'getAll' };

	it('lists all folders with their paths, parents first', async () => {
		await sandbox.createFolder(ana, ['inbox', 'Invoices', '2026']);
		sandbox.forget();
		const { json } = await sandbox.run(basics);
		const paths = json.map(({ path }) => path);
		expect(paths).toEqual(
			expect.arrayContaining(['Inbox', 'Inbox/Invoices', 'Inbox/Invoices/2026', 'Sent Items']),
		);
		expect(paths.indexOf('Inbox/Invoices/2026')).toBe(paths.indexOf('Inbox') + 2);
		expect(paths).not.toContain('Clutter');
		expect(sandbox.requests()).toHaveLength(3);
		expect(json.find(({ path }) => path === 'Inbox')).toMatchObject({
			name: 'Inbox',
			subfolders: 1,
			messages: 0,
			unread: 0,
		});
	});

	it('lists the first level, hidden ones too, when asked', async () => {
		await sandbox.createFolder(ana, ['inbox', 'Invoices']);
		sandbox.forget();
		const { json } = await sandbox.run({
			...basics,
			recursive: false,
			options: { includeHidden: true },
		});
		expect(sandbox.requests()).toHaveLength(1);
		const paths = json.map(({ path }) => path);
		expect(paths).toContain('Clutter');
		expect(paths).not.toContain('Inbox/Invoices');
	});
});
