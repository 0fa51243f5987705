import { type MailSandbox, startMailSandbox } from '../mailSandbox';

let sandbox: MailSandbox;
beforeAll(async () => (sandbox = await startMailSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

const ana = 'ana@contoso.example';
const ben = 'ben@contoso.example';
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const file = (fileName: string, content: Buffer, mimeType = 'text/plain') => ({
	fileName,
	mimeType,
	content,
});
const base64 = (text: string) => Buffer.from(text).toString('base64');
const listOf = async (message: string) =>
	(
		await sandbox.call<{ value: Array<Record<string, unknown>> }>(
			'GET',
			`/users/${ana}/messages/${message}/attachments`,
		)
	).value;

describe('attachment: add', () => {
	const basics = { resource: 'attachment', operation: 'add' };

	it('attaches small files in one request and large ones through an upload session', async () => {
		const { id } = await sandbox.draft(ana, { to: ben, subject: 'Offer' });
		const large = Buffer.alloc(5 * 1024 * 1024, 'x');
		const { json } = await sandbox.run(
			{ ...basics, messageId: byId(id), attachments: '*' },
			{
				items: [
					{ files: { note: file('note.txt', Buffer.from('a')), plan: file('plan.bin', large) } },
				],
				binaryMode: 'stored',
			},
		);
		const url = `/v1.0/me/messages/${encodeURIComponent(id)}/attachments`;
		expect(sandbox.requests()).toMatchObject([
			{ method: 'POST', url, body: { name: 'note.txt', contentBytes: base64('a') } },
			{
				method: 'POST',
				url: `${url}/createUploadSession`,
				body: { AttachmentItem: { name: 'plan.bin', size: large.length } },
			},
		]);
		expect(json).toEqual([
			{
				success: true,
				messageId: id,
				attachments: [
					{ name: 'note.txt', contentType: 'text/plain', size: 1 },
					{ name: 'plan.bin', contentType: 'text/plain', size: large.length },
				],
			},
		]);
		expect(await listOf(id)).toMatchObject([{ name: 'note.txt' }, { name: 'plan.bin' }]);
	});

	it('names the images that the text shows by their fields', async () => {
		const { id } = await sandbox.draft(ana, { to: ben, subject: 'Offer' });
		await sandbox.run(
			{ ...basics, messageId: byId(id), attachments: 'logo', options: { showInText: true } },
			{ items: [{ files: { logo: file('l.png', Buffer.from('png'), 'image/png') } }] },
		);
		expect(sandbox.requests()[0]?.body).toMatchObject({ isInline: true, contentId: 'logo' });
	});

	it('names the binary field that is missing', async () => {
		const { id } = await sandbox.draft(ana, { to: ben, subject: 'Offer' });
		sandbox.forget();
		await expect(sandbox.run({ ...basics, messageId: byId(id) })).rejects.toThrow(
			'Input Binary Fields: the item has no binary field "data"',
		);
		await expect(sandbox.run({ ...basics, messageId: byId(id), attachments: '*' })).rejects.toThrow(
			'the item has no binary data',
		);
		expect(sandbox.requests()).toEqual([]);
	});
});

describe('attachment: get and delete', () => {
	it('gets one with its content, or without', async () => {
		const { id } = await sandbox.deliver(ana, {
			from: ben,
			attachments: [{ name: 'a.txt', contentType: 'text/plain', contentBytes: base64('abc') }],
		});
		const [present] = await listOf(id);
		const parameters = {
			resource: 'attachment',
			operation: 'get',
			messageId: byId(id),
			attachmentId: String(present?.['id']),
		};
		const result = await sandbox.run(parameters);
		const expected = {
			id: present?.['id'],
			name: 'a.txt',
			kind: 'file',
			contentType: 'text/plain',
			size: present?.['size'],
			isInline: false,
			messageId: id,
		};
		expect(result.json).toEqual([expected]);
		expect(String(await result.file(0, 'data'))).toBe('abc');
		expect(sandbox.requests()).toHaveLength(2);
		sandbox.forget();
		const { items } = await sandbox.run({ ...parameters, download: false });
		expect(items[0]?.binary).toBeUndefined();
		expect(sandbox.requests()).toHaveLength(1);
	});

	it('deletes one and leaves the message', async () => {
		const { id } = await sandbox.deliver(ana, {
			from: ben,
			attachments: [{ name: 'a.txt', contentBytes: base64('a') }],
		});
		const [present] = await listOf(id);
		const attachmentId = String(present?.['id']);
		const { json } = await sandbox.run({
			resource: 'attachment',
			operation: 'delete',
			messageId: byId(id),
			attachmentId,
		});
		expect(sandbox.requests()).toEqual([
			{
				method: 'DELETE',
				url: `/v1.0/me/messages/${encodeURIComponent(id)}/attachments/${encodeURIComponent(attachmentId)}`,
			},
		]);
		expect(json).toEqual([{ success: true, id: attachmentId, messageId: id }]);
		expect(await listOf(id)).toEqual([]);
	});
});

describe('attachment: download', () => {
	const basics = { resource: 'attachment', operation: 'download' };
	const names = async (message: string, options: object) => {
		const { json } = await sandbox.run({ ...basics, messageId: byId(message), options } as never);
		return (json[0]?.['attachments'] as Array<{ name: string }>).map(({ name }) => name);
	};

	it('picks by type and size', async () => {
		const { id } = await sandbox.deliver(ana, {
			from: ben,
			attachments: [
				{ name: 'a.pdf', contentType: 'application/pdf', sizeBytes: 20_000 },
				{ name: 'b.png', contentType: 'image/png', sizeBytes: 20_000 },
				{ name: 'c.pdf', contentType: 'application/pdf', sizeBytes: 200_000 },
				{ name: 'd.pdf', contentType: 'application/pdf', sizeBytes: 500 },
			],
		});
		expect(await names(id, { contentTypes: 'application/pdf', maxKilobytes: 100 })).toEqual([
			'a.pdf',
			'd.pdf',
		]);
		expect(await names(id, { contentTypes: 'image/*, text/plain' })).toEqual(['b.png']);
		expect(await names(id, { minKilobytes: 10, maxKilobytes: 100 })).toEqual(['a.pdf', 'b.png']);
	});

	it('downloads an attached message as .eml', async () => {
		const { id } = await sandbox.draft(ana, { to: ben, subject: 'With a message' });
		await sandbox.call('POST', `/users/${ana}/messages/${id}/attachments`, {
			'@odata.type': '#microsoft.graph.itemAttachment',
			name: 'Offer: final',
			item: {
				'@odata.type': '#microsoft.graph.message',
				subject: 'Offer',
				body: { contentType: 'html', content: 'Inner text' },
			},
		});
		const result = await sandbox.run({ ...basics, messageId: byId(id) });
		expect(result.json[0]?.['attachments']).toMatchObject([
			{ name: 'Offer final.eml', field: 'data_0' },
		]);
		expect(result.items[0]?.binary?.['data_0']?.mimeType).toBe('message/rfc822');
		expect(String(await result.file(0, 'data_0'))).toContain('Inner text');
	});

	it('answers where files are that were attached as links', async () => {
		const { id } = await sandbox.deliver(ana, {
			from: ben,
			body: '<p>See <a href="https://contoso.example/plan?a=1&amp;b=2">\n<span>Plan.docx</span></a></p>',
		});
		for (const name of ['Plan.docx', 'Other.docx']) {
			await sandbox.call('POST', `/users/${ana}/messages/${id}/attachments`, {
				'@odata.type': '#microsoft.graph.referenceAttachment',
				name,
			});
		}
		const { json, items } = await sandbox.run({ ...basics, messageId: byId(id) });
		expect(json[0]).toMatchObject({
			attachments: [],
			links: [
				{ name: 'Plan.docx', url: 'https://contoso.example/plan?a=1&b=2' },
				{ name: 'Other.docx', url: '' },
			],
		});
		expect(items[0]?.binary).toEqual({});
		const [plan] = await listOf(id);
		const one = await sandbox.run({
			resource: 'attachment',
			operation: 'get',
			messageId: byId(id),
			attachmentId: String(plan?.['id']),
		});
		expect(one.json[0]).toMatchObject({
			kind: 'link',
			url: 'https://contoso.example/plan?a=1&b=2',
		});
	});
});
