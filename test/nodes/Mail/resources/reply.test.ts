import { type MailSandbox, startMailSandbox } from '../mailSandbox';

let sandbox: MailSandbox;
beforeAll(async () => (sandbox = await startMailSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

describe.each([
	['reply', 'createReply'],
	['replyAll', 'createReplyAll'],
] as const)('message: %s', (operation, action) => {
	it('answers within the conversation, above the quoted original', async () => {
		const original = await sandbox.deliver('ana@contoso.example', {
			from: 'ben@contoso.example',
			subject: 'Invoice',
			body: '<p>Due today</p>',
			cc: ['chloe@contoso.example'],
		});
		const { json } = await sandbox.run({
			resource: 'message',
			operation,
			messageId: byId(original.id),
			body: '<p>Paid</p>',
			options: { bcc: 'support@contoso.example', importance: 'high' },
		});
		const draftKey = encodeURIComponent(json[0]?.['id'] as string);
		const [create, patch, send, ...more] = sandbox.requests();
		expect(more).toEqual([]);
		expect(create).toEqual({
			method: 'POST',
			url: `/v1.0/me/messages/${encodeURIComponent(original.id)}/${action}`,
		});
		expect(patch).toMatchObject({ method: 'PATCH', url: `/v1.0/me/messages/${draftKey}` });
		expect(patch?.body).toMatchObject({
			importance: 'high',
			bccRecipients: [{ emailAddress: { address: 'support@contoso.example' } }],
		});
		const { content } = (patch?.body as { body: { content: string } }).body;
		expect(content.indexOf('<p>Paid</p>')).toBeGreaterThan(content.indexOf('<body'));
		expect(content.indexOf('<p>Paid</p>')).toBeLessThan(content.indexOf('Due today'));
		expect(send).toEqual({ method: 'POST', url: `/v1.0/me/messages/${draftKey}/send` });
		expect(json[0]).toMatchObject({
			success: true,
			isDraft: false,
			subject: 'RE: Invoice',
			conversationId: original.conversationId,
			cc: operation === 'replyAll' ? ['chloe@contoso.example'] : [],
		});
		expect(await sandbox.subjects('ben@contoso.example', 'inbox')).toEqual(['RE: Invoice']);
	});

	it('keeps the recipients that Graph has put in when more are added', async () => {
		const original = await sandbox.deliver('ana@contoso.example', {
			from: 'ben@contoso.example',
			subject: 'Plan',
			cc: ['chloe@contoso.example'],
		});
		const { json } = await sandbox.run({
			resource: 'message',
			operation,
			messageId: byId(original.id),
			body: 'Fine',
			options: { cc: 'support@contoso.example' },
		});
		expect(json[0]?.['cc']).toEqual(
			operation === 'replyAll'
				? ['chloe@contoso.example', 'support@contoso.example']
				: ['support@contoso.example'],
		);
	});

	it('sends attachments along, and deletes the draft when one fails', async () => {
		const original = await sandbox.deliver('ana@contoso.example', {
			from: 'ben@contoso.example',
			subject: 'Files',
		});
		const parameters = {
			resource: 'message',
			operation,
			messageId: byId(original.id),
			body: 'Here',
			attachments: 'data',
		};
		const items = [
			{ files: { data: { fileName: 'a.txt', mimeType: 'text/plain', content: Buffer.from('a') } } },
		];
		await sandbox.run(parameters, { items });
		expect((await sandbox.attachments('ben@contoso.example')).map(({ name }) => name)).toEqual([
			'a.txt',
		]);
		sandbox.fault({ match: 'POST /attachments$', status: 500 });
		await expect(sandbox.run(parameters, { items })).rejects.toMatchObject({
			description: expect.stringContaining('the unfinished draft was deleted') as string,
		});
		expect(await sandbox.subjects('ana@contoso.example', 'drafts')).toEqual([]);
	});
});
