import {
	anasDrive,
	byPath,
	byUrl,
	contractsDrive,
	financeUrl,
	type FilesSandbox,
	startFilesSandbox,
	textAt,
} from '../filesSandbox';

let sandbox: FilesSandbox;
beforeAll(async () => (sandbox = await startFilesSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

const basics = { resource: 'file', operation: 'upload' };
const file = (fileName: string, content: string | Buffer = 'hello') => ({
	files: { data: { fileName, mimeType: 'text/plain', content: Buffer.from(content) } },
});
const mebibyte = 1024 * 1024;

it('sends a small file with one PUT, by path', async () => {
	const { json } = await sandbox.run(
		{ ...basics, folder: byPath('Invoices/2026') },
		{ items: [file('May.txt')] },
	);
	expect(sandbox.requests()).toEqual([
		{
			method: 'PUT',
			url: '/v1.0/me/drive/root:/Invoices/2026/May.txt:/content?%40microsoft.graph.conflictBehavior=fail',
			body: 'hello',
		},
	]);
	expect(json[0]).toMatchObject({
		name: 'May.txt',
		type: 'file',
		path: 'Invoices/2026/May.txt',
		size: 5,
		driveId: anasDrive,
		createdBy: 'ana@contoso.example',
	});
	expect(await sandbox.text('Invoices/2026/May.txt')).toBe('hello');
});

it.each(['memory', 'stored'] as const)(
	'sends a large file through a session, in 10 MiB chunks (%s mode)',
	async (binaryMode) => {
		const content = Buffer.alloc(21 * mebibyte, 'abcdefghij');
		const { json } = await sandbox.run(
			{ ...basics, folder: byPath('/') },
			{ items: [file('large.bin', content)], binaryMode },
		);
		expect(sandbox.requests()).toEqual([
			{
				method: 'POST',
				url: '/v1.0/me/drive/root:/large.bin:/createUploadSession',
				body: { item: { '@microsoft.graph.conflictBehavior': 'fail' } },
			},
		]);
		const uploads = sandbox.uploads();
		expect(uploads.map(({ headers }) => headers['content-range'])).toEqual([
			`bytes 0-${10 * mebibyte - 1}/${content.length}`,
			`bytes ${10 * mebibyte}-${20 * mebibyte - 1}/${content.length}`,
			`bytes ${20 * mebibyte}-${content.length - 1}/${content.length}`,
		]);
		expect(json[0]).toMatchObject({ name: 'large.bin', size: content.length });
		expect(await sandbox.text('large.bin')).toBe(content.toString());
	},
);

it('goes on after a broken connection and a server error, and sends no chunk that has arrived', async () => {
	const content = Buffer.alloc(22 * mebibyte, 'x');
	sandbox.fault({
		match: 'PUT /drive/uploads/',
		status: 503,
		headers: { 'Retry-After': '0' },
		times: 1,
	});
	sandbox.fault({ match: 'PUT /drive/uploads/', dropConnection: true, times: 1, status: 500 });
	await sandbox.run({ ...basics, folder: byPath('/') }, { items: [file('x.bin', content)] });
	const puts = sandbox.uploads().filter(({ method, status }) => method === 'PUT' && status < 300);
	expect(puts).toHaveLength(3);
	expect(sandbox.drives.uploads.open).toBe(0);
	expect((await sandbox.text('x.bin')).length).toBe(content.length);
}, 30_000);

it('cancels its session when it gives up', async () => {
	sandbox.fault({
		match: 'PUT /drive/uploads/',
		status: 507,
		times: 1,
		body: { error: { code: 'quotaLimitReached', message: 'The drive is full' } },
	});
	await expect(
		sandbox.run(
			{ ...basics, folder: byPath('/') },
			{ items: [file('x.bin', Buffer.alloc(5 * mebibyte))] },
		),
	).rejects.toThrow('The drive is full');
	expect(sandbox.drives.uploads.open).toBe(0);
	expect(sandbox.paths()).toEqual([]);
});

it.each([
	['fail', undefined],
	['replace', ['a.txt']],
	['rename', ['a 1.txt', 'a.txt']],
] as const)('if the name is taken: %s', async (conflict, expected) => {
	sandbox.put('a.txt', 'old');
	const run = sandbox.run(
		{ ...basics, folder: byPath('/'), conflict },
		{ items: [file('a.txt', 'new')] },
	);
	if (expected === undefined) {
		await expect(run).rejects.toThrow('already exists');
		expect(await sandbox.text('a.txt')).toBe('old');
		return;
	}
	await run;
	expect(sandbox.paths()).toEqual(expected);
	expect(await sandbox.text(expected[0])).toBe('new');
});

it.each([
	'50% off #1.txt',
	'100%25.txt',
	"it's (here) & [there] + =@!.txt",
	'Счёт-фактура №7.txt',
	'party 🎉.txt',
	'a.b..c.txt',
	'.hidden',
	'{curly} ~tilde ^.txt',
])('keeps the name %s', async (name) => {
	await sandbox.run({ ...basics, folder: byPath(`Größe #1/${name}`) }, { items: [file(name)] });
	expect(sandbox.paths()).toContain(`Größe #1/${name}/${name}`);
	const { json } = await sandbox.run({
		resource: 'file',
		operation: 'get',
		item: byPath(`Größe #1/${name}/${name}`),
	});
	expect(json[0]).toMatchObject({ name, path: `Größe #1/${name}/${name}` });
});

it.each([
	['12:30.txt', 'contains :', '12-30.txt'],
	['a?b*.txt', 'contains ? *', 'a-b-.txt'],
	['report.', 'ends with a dot', 'report'],
	[' report.txt ', undefined, undefined],
	['CON', 'is reserved', '_CON'],
	['~$draft.docx', 'begins with ~$', 'draft.docx'],
	['a_vti_b.txt', 'contains _vti_', 'a-vti-b.txt'],
	['desktop.ini', 'is reserved', '_desktop.ini'],
])(
	'says what is wrong with the name %s before it sends anything',
	async (name, problem, suggestion) => {
		const run = sandbox.run({ ...basics, folder: byPath('/') }, { items: [file(name)] });
		if (problem === undefined) {
			await run;
			expect(sandbox.paths()).toEqual(['report.txt']);
			return;
		}
		const error = await run.catch(
			(reason: unknown) => reason as { message: string; description: string },
		);
		expect(error).toMatchObject({ message: expect.stringContaining(problem) as string });
		expect((error as { description: string }).description).toContain(`"${suggestion}"`);
		expect(sandbox.requests()).toEqual([]);
		await sandbox.run(
			{ ...basics, folder: byPath('/'), options: { cleanName: true } },
			{ items: [file(name)] },
		);
		expect(sandbox.paths()).toEqual([suggestion]);
	},
);

it('sets column values on the same call, with the types of the library', async () => {
	const { json } = await sandbox.run(
		{
			...basics,
			location: 'site',
			site: byUrl(financeUrl),
			library: { __rl: true, mode: 'name', value: 'contracts' },
			folder: byPath('2026'),
			options: {
				columns: {
					rows: [
						{ name: 'Project', value: 'Alpha' },
						{ name: 'amount', value: '1250.5' },
						{ name: 'Due Date', value: '2026-03-31' },
						{ name: 'Approved', value: 'yes' },
						{ name: 'Tags', value: 'Urgent; Travel' },
						{ name: 'Reviewer', value: 'ben@contoso.example' },
					],
				},
			},
		},
		{ items: [file('Contract.txt')] },
	);
	const patch = sandbox.requests().at(-1);
	expect(patch).toMatchObject({
		method: 'PATCH',
		url: `/v1.0/drives/${encodeURIComponent(contractsDrive)}/items/${textAt(json[0], 'id')}/listItem/fields`,
		body: {
			Project: 'Alpha',
			Amount: 1250.5,
			Approved: true,
			'Tags@odata.type': 'Collection(Edm.String)',
			Tags: ['Urgent', 'Travel'],
			ReviewerLookupId: expect.any(Number) as number,
		},
	});
	expect(json[0]?.['fields']).toMatchObject({ Project: 'Alpha', Amount: 1250.5 });
	expect(sandbox.paths(contractsDrive)).toEqual(['2026', '2026/Contract.txt']);
});

it('tells what was done when a column is wrong', async () => {
	const error = await sandbox
		.run(
			{
				...basics,
				location: 'drive',
				drive: { __rl: true, mode: 'id', value: contractsDrive },
				folder: byPath('/'),
				options: { columns: { rows: [{ name: 'Projekt', value: 'Alpha' }] } },
			},
			{ items: [file('Contract.txt')] },
		)
		.catch((reason: unknown) => reason as { message: string; description: string });
	expect(error).toMatchObject({
		message: expect.stringContaining('no column "Projekt"') as string,
	});
	expect((error as { description: string }).description).toContain(
		'The file was uploaded, but without its columns',
	);
});

it('uploads all binary fields of an item, and an empty file', async () => {
	const { items } = await sandbox.run(
		{ ...basics, folder: byPath('Mail'), binaryFields: '*' },
		{
			items: [
				{
					files: {
						data_0: { fileName: 'a.txt', mimeType: 'text/plain', content: Buffer.from('a') },
						data_1: { fileName: 'b.txt', mimeType: 'text/plain', content: Buffer.alloc(0) },
					},
				},
			],
		},
	);
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }]);
	expect(sandbox.paths()).toEqual(['Mail', 'Mail/a.txt', 'Mail/b.txt']);
	await expect(sandbox.run({ ...basics, folder: byPath('/') }, { items: [{}] })).rejects.toThrow(
		'no binary field "data"',
	);
});
