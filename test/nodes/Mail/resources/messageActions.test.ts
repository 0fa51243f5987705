import { type MailSandbox, startMailSandbox } from '../mailSandbox';

let sandbox: MailSandbox;
beforeAll(async () => (sandbox = await startMailSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

const ana = 'ana@contoso.example';
const ben = 'ben@contoso.example';
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const pathOf = (id: string) => `/v1.0/me/messages/${encodeURIComponent(id)}`;

describe('message: forward', () => {
	it('sends the message on with its attachments, a text above it and more files', async () => {
		const { id } = await sandbox.deliver(ana, {
			from: ben,
			subject: 'Offer',
			body: '<p>See attachment</p>',
			attachments: [{ name: 'offer.pdf', contentBytes: Buffer.from('pdf').toString('base64') }],
		});
		const { json } = await sandbox.run(
			{
				resource: 'message',
				operation: 'forward',
				messageId: byId(id),
				to: 'Chloé <chloe@contoso.example>',
				body: '<p>For you</p>',
				attachments: 'data',
				options: { importance: 'high' },
			},
			{
				items: [
					{
						files: {
							data: { fileName: 'a.txt', mimeType: 'text/plain', content: Buffer.from('a') },
						},
					},
				],
			},
		);
		const [create, change, attach, send] = sandbox.requests();
		expect(create).toEqual({ method: 'POST', url: `${pathOf(id)}/createForward` });
		expect(change).toMatchObject({
			method: 'PATCH',
			body: {
				toRecipients: [{ emailAddress: { address: 'chloe@contoso.example', name: 'Chloé' } }],
				importance: 'high',
				body: { content: expect.stringMatching(/For you.*See attachment/s) as string },
			},
		});
		expect(attach).toMatchObject({ method: 'POST', body: { name: 'a.txt' } });
		expect(send?.url).toMatch(/\/send$/);
		expect(json[0]).toMatchObject({
			success: true,
			subject: 'FW: Offer',
			to: ['chloe@contoso.example'],
			hasAttachments: true,
			isDraft: false,
		});
		const files = await sandbox.attachments('chloe@contoso.example');
		expect(files.map(({ name }) => name)).toEqual(['offer.pdf', 'a.txt']);
	});
});

describe('message: copy, archive and permanentDelete', () => {
	it('copies to a folder by its path', async () => {
		await sandbox.createFolder(ana, ['inbox', 'Invoices']);
		const { id } = await sandbox.deliver(ana, { from: ben, subject: 'Invoice' });
		const { json } = await sandbox.run({
			resource: 'message',
			operation: 'copy',
			messageId: byId(id),
			folder: { __rl: true, mode: 'path', value: 'Inbox/Invoices' },
		});
		expect(sandbox.requests().at(-1)).toMatchObject({ method: 'POST', url: `${pathOf(id)}/copy` });
		expect(json[0]).toMatchObject({ subject: 'Invoice' });
		expect(json[0]?.['id']).not.toBe(id);
		expect(await sandbox.ids(ana, 'inbox')).toEqual([id]);
	});

	it('archives', async () => {
		const { id } = await sandbox.deliver(ana, { from: ben, subject: 'Invoice' });
		const { json } = await sandbox.run({
			resource: 'message',
			operation: 'archive',
			messageId: byId(id),
		});
		expect(sandbox.requests()).toEqual([
			{ method: 'POST', url: `${pathOf(id)}/move`, body: { destinationId: 'archive' } },
		]);
		expect(json[0]).toMatchObject({ id });
		expect(await sandbox.ids(ana, 'archive')).toEqual([id]);
	});

	it('deletes for good', async () => {
		const { id } = await sandbox.deliver(ana, { from: ben, subject: 'Invoice' });
		const { json } = await sandbox.run({
			resource: 'message',
			operation: 'permanentDelete',
			messageId: byId(id),
		});
		expect(sandbox.requests()).toEqual([{ method: 'POST', url: `${pathOf(id)}/permanentDelete` }]);
		expect(json).toEqual([{ success: true, id }]);
		expect(await sandbox.ids(ana, 'deleteditems')).toEqual([]);
	});
});

describe('message: export', () => {
	it.each(['memory', 'stored'] as const)('puts the MIME into a file (%s)', async (binaryMode) => {
		const { id, internetMessageId } = await sandbox.deliver(ana, {
			from: ben,
			subject: 'Offer: 3/4?',
			body: 'Hello',
		});
		const result = await sandbox.run(
			{ resource: 'message', operation: 'export', messageId: byId(id), binaryField: 'mail' },
			{ binaryMode },
		);
		expect(sandbox.requests()).toEqual([
			{ method: 'GET', url: `${pathOf(id)}?$select=subject%2CinternetMessageId` },
			{ method: 'GET', url: `${pathOf(id)}/$value` },
		]);
		expect(result.json).toEqual([
			{ id, subject: 'Offer: 3/4?', internetMessageId, fileName: 'Offer 3 4.eml' },
		]);
		expect(result.items[0]?.binary?.['mail']).toMatchObject({
			fileName: 'Offer 3 4.eml',
			mimeType: 'message/rfc822',
		});
		const mime = String(await result.file(0, 'mail'));
		expect(mime).toContain('Subject: Offer: 3/4?');
		expect(mime).toContain(`Message-ID: ${internetMessageId}`);
	});

	it('takes another name for the file', async () => {
		const { id } = await sandbox.deliver(ana, { from: ben, subject: '' });
		const { json } = await sandbox.run({
			resource: 'message',
			operation: 'export',
			messageId: byId(id),
			fileName: 'copy.eml',
		});
		expect(json[0]).toMatchObject({ fileName: 'copy.eml' });
		const unnamed = await sandbox.run({
			resource: 'message',
			operation: 'export',
			messageId: byId(id),
		});
		expect(unnamed.json[0]).toMatchObject({ fileName: 'message.eml' });
	});
});

describe('message: getHeaders', () => {
	const headers = [
		{ name: 'X-Trace', value: 'one' },
		{ name: 'x-trace', value: 'two' },
		{ name: 'X-Score', value: '5' },
	];
	const basics = { resource: 'message', operation: 'getHeaders' };

	it('answers an object by name, repeated ones in lines', async () => {
		const { id } = await sandbox.deliver(ana, { from: ben, subject: 'Hi', headers });
		const { json } = await sandbox.run({ ...basics, messageId: byId(id) });
		expect(sandbox.requests()).toEqual([
			{ method: 'GET', url: `${pathOf(id)}?$select=internetMessageHeaders` },
		]);
		expect(json[0]).toMatchObject({
			id,
			headers: { subject: 'Hi', 'x-trace': 'one\ntwo', 'x-score': '5' },
		});
	});

	it('answers the chosen ones, as they came', async () => {
		const { id } = await sandbox.deliver(ana, { from: ben, subject: 'Hi', headers });
		const { json } = await sandbox.run({
			...basics,
			messageId: byId(id),
			names: 'X-TRACE',
			simplify: false,
		});
		expect(json).toEqual([{ id, headers: headers.slice(0, 2) }]);
	});
});

describe('message: getThread', () => {
	const basics = { resource: 'message', operation: 'getThread' };

	async function conversation() {
		const first = await sandbox.deliver(ana, {
			from: ben,
			subject: 'Offer',
			body: 'First',
			receivedDateTime: '2026-03-01T08:00:00Z',
		});
		const third = await sandbox.deliver(ana, {
			from: ben,
			subject: 'RE: Offer',
			body: 'Third',
			inReplyTo: first.internetMessageId,
			folder: 'archive',
			receivedDateTime: '2026-03-03T08:00:00Z',
		});
		const second = await sandbox.deliver(ana, {
			from: ben,
			subject: 'RE: Offer',
			body: 'Second',
			inReplyTo: first.internetMessageId,
			receivedDateTime: '2026-03-02T08:00:00Z',
		});
		await sandbox.deliver(ana, { from: ben, subject: 'Other' });
		return { first, second, third };
	}

	it('answers every message of the conversation in its order, from all folders', async () => {
		const { first, second, third } = await conversation();
		const { json } = await sandbox.run({ ...basics, messageId: byId(second.id) });
		const [look, list] = sandbox.recorded();
		expect(look?.url).toBe(`${pathOf(second.id)}?$select=conversationId`);
		const query = new URL(`http://graph${list?.url ?? ''}`).searchParams;
		expect(list?.url).toMatch(/^\/v1\.0\/me\/messages\?/);
		expect(query.get('$filter')).toBe(`conversationId eq '${first.conversationId}'`);
		expect(query.get('$orderby')).toBeNull();
		expect(query.get('$select')).toMatch(/,uniqueBody\b/);
		expect(list?.headers['prefer']).toContain('outlook.body-content-type="text"');
		expect(json.map(({ id }) => id)).toEqual([first.id, second.id, third.id]);
		expect(json.map(({ body }) => (body as string).trim())).toEqual(['First', 'Second', 'Third']);
	});

	it('answers the newest of a long one, from the conversation ID alone', async () => {
		const { first, second, third } = await conversation();
		const { json } = await sandbox.run({
			...basics,
			threadOf: 'conversationId',
			conversationId: first.conversationId,
			limit: 2,
			options: { body: 'none', sort: 'newest' },
		});
		expect(sandbox.requests()).toHaveLength(1);
		expect(json.map(({ id }) => id)).toEqual([third.id, second.id]);
		expect(json[0]).not.toHaveProperty('body');
	});

	it('leaves drafts out unless asked for', async () => {
		const { id } = await sandbox.deliver(ana, { from: ben, subject: 'Offer' });
		await sandbox.run({
			resource: 'draft',
			operation: 'create',
			kind: 'reply',
			messageId: byId(id),
			body: 'Answer',
		});
		const without = await sandbox.run({ ...basics, messageId: byId(id) });
		expect(without.json).toHaveLength(1);
		const all = await sandbox.run({
			...basics,
			messageId: byId(id),
			options: { includeDrafts: true },
		});
		expect(all.json).toHaveLength(2);
	});
});
