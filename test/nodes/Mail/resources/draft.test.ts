import { type MailSandbox, startMailSandbox } from '../mailSandbox';

let sandbox: MailSandbox;
beforeAll(async () => (sandbox = await startMailSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

const ana = 'ana@contoso.example';

describe('draft: create and send', () => {
	it('writes a draft without recipients', async () => {
		const { json } = await sandbox.run({
			resource: 'draft',
			operation: 'create',
			subject: 'Offer',
			body: '<p>Dear</p>',
		});
		expect(sandbox.requests()).toEqual([
			{
				method: 'POST',
				url: '/v1.0/me/messages',
				body: { subject: 'Offer', body: { contentType: 'html', content: '<p>Dear</p>' } },
			},
		]);
		expect(json[0]).toMatchObject({ subject: 'Offer', isDraft: true, to: [] });
		expect(await sandbox.ids(ana, 'drafts')).toEqual([json[0]?.['id']]);
	});

	it('attaches files and sends the very draft', async () => {
		const { json } = await sandbox.run(
			{
				resource: 'draft',
				operation: 'create',
				subject: 'Offer',
				to: 'ben@contoso.example',
				attachments: 'data',
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
		const id = json[0]?.['id'] as string;
		expect(json[0]).toMatchObject({ hasAttachments: true, to: ['ben@contoso.example'] });
		sandbox.forget();
		const sent = await sandbox.run({
			resource: 'draft',
			operation: 'send',
			messageId: { __rl: true, mode: 'id', value: id },
		});
		expect(sandbox.requests()).toEqual([
			{ method: 'POST', url: `/v1.0/me/messages/${encodeURIComponent(id)}/send` },
		]);
		expect(sent.json).toEqual([{ success: true, id }]);
		expect(await sandbox.ids(ana, 'sentitems')).toEqual([id]);
		expect((await sandbox.attachments('ben@contoso.example')).map(({ name }) => name)).toEqual([
			'a.txt',
		]);
	});
});

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const pathOf = (id: string) => `/v1.0/me/messages/${encodeURIComponent(id)}`;
const ben = 'ben@contoso.example';

describe('draft: create as an answer', () => {
	const basics = { resource: 'draft', operation: 'create' };

	it.each([
		['reply', 'createReply', 'RE: Offer', [ben]],
		['replyAll', 'createReplyAll', 'RE: Offer', [ben]],
		['forward', 'createForward', 'FW: Offer', ['chloe@contoso.example']],
	])('%s stays in the conversation and quotes it', async (kind, action, subject, to) => {
		const original = await sandbox.deliver(ana, { from: ben, subject: 'Offer', body: 'Original' });
		const { json } = await sandbox.run({
			...basics,
			kind,
			messageId: byId(original.id),
			body: 'Answer',
			to: 'chloe@contoso.example',
			options: { categories: 'To be checked', cc: 'support@contoso.example' },
		});
		const [create, change] = sandbox.requests();
		expect(create).toEqual({ method: 'POST', url: `${pathOf(original.id)}/${action}` });
		expect(change).toMatchObject({
			method: 'PATCH',
			body: {
				body: { content: expect.stringMatching(/Answer.*Original/s) as string },
				categories: ['To be checked'],
			},
		});
		expect(sandbox.requests()).toHaveLength(2);
		expect(json[0]).toMatchObject({
			subject,
			isDraft: true,
			to,
			cc: ['support@contoso.example'],
			categories: ['To be checked'],
			conversationId: original.conversationId,
		});
		expect(await sandbox.ids(ana, 'drafts')).toEqual([json[0]?.['id']]);
	});

	it('refuses custom headers before anything is written', async () => {
		const { id } = await sandbox.deliver(ana, { from: ben, subject: 'Offer' });
		await expect(
			sandbox.run({
				...basics,
				kind: 'reply',
				messageId: byId(id),
				options: { headers: { rows: [{ name: 'x-a', value: '1' }] } },
			}),
		).rejects.toThrow("Custom Headers: can't be added to a reply or forward");
		expect(sandbox.requests()).toEqual([]);
	});
});

describe('draft: update, get, getAll and delete', () => {
	it('changes what was chosen, and removes what is empty', async () => {
		const { id } = await sandbox.draft(ana, { to: ben, subject: 'Old' });
		const { json } = await sandbox.run({
			resource: 'draft',
			operation: 'update',
			messageId: byId(id),
			changes: {
				subject: 'New',
				body: 'Text',
				bodyType: 'text',
				to: '',
				cc: 'Chloé <chloe@contoso.example>',
				isReadReceiptRequested: false,
				sendAt: '2026-04-01T08:00:00',
			},
		});
		expect(sandbox.requests()).toEqual([
			{
				method: 'PATCH',
				url: pathOf(id),
				body: {
					subject: 'New',
					body: { contentType: 'text', content: 'Text' },
					toRecipients: [],
					ccRecipients: [{ emailAddress: { address: 'chloe@contoso.example', name: 'Chloé' } }],
					isReadReceiptRequested: false,
					singleValueExtendedProperties: [
						{ id: 'SystemTime 0x3FEF', value: '2026-04-01T06:00:00Z' },
					],
				},
			},
		]);
		expect(json[0]).toMatchObject({ id, subject: 'New', to: [], cc: ['chloe@contoso.example'] });
		await expect(
			sandbox.run({ resource: 'draft', operation: 'update', messageId: byId(id), changes: {} }),
		).rejects.toThrow('Changes: is empty');
	});

	it('gets one with its text', async () => {
		const { id } = await sandbox.draft(ana, { to: ben, subject: 'Offer' });
		const parameters = { resource: 'draft', operation: 'get', messageId: byId(id) };
		const { json } = await sandbox.run(parameters);
		expect(json[0]).toMatchObject({ id, subject: 'Offer', isDraft: true, body: '' });
		const raw = await sandbox.run({ ...parameters, simplify: false });
		expect(sandbox.requests()[1]).toEqual({ method: 'GET', url: pathOf(id) });
		expect(raw.json[0]).toMatchObject({ toRecipients: [{ emailAddress: { address: ben } }] });
	});

	it('lists them by their last change, filtered', async () => {
		await sandbox.draft(ana, { to: ben, subject: 'Offer 1' });
		await sandbox.draft(ana, { to: 'chloe@contoso.example', subject: 'Offer 2' });
		await sandbox.draft(ana, { to: ben, subject: 'Greeting' });
		const parameters = { resource: 'draft', operation: 'getAll' };
		const { json } = await sandbox.run({
			...parameters,
			filters: { subject: 'Offer', to: ben },
			options: { body: 'text' },
		});
		const url = new URL(`http://graph${sandbox.requests()[0]?.url ?? ''}`);
		expect(url.pathname).toBe('/v1.0/me/mailFolders/drafts/messages');
		expect(url.searchParams.get('$orderby')).toBe('lastModifiedDateTime desc');
		expect(url.searchParams.get('$filter')).toBe(
			"lastModifiedDateTime ge 1900-01-01T00:00:00Z and contains(subject,'Offer')",
		);
		expect(json).toMatchObject([{ subject: 'Offer 1', body: '' }]);
		const all = await sandbox.run({ ...parameters, limit: 2 });
		expect(all.json).toHaveLength(2);
	});

	it('deletes one to Deleted Items', async () => {
		const { id } = await sandbox.draft(ana, { to: ben, subject: 'Offer' });
		const { json } = await sandbox.run({
			resource: 'draft',
			operation: 'delete',
			messageId: byId(id),
		});
		expect(sandbox.requests()).toEqual([
			{ method: 'POST', url: `${pathOf(id)}/move`, body: { destinationId: 'deleteditems' } },
		]);
		expect(json).toEqual([{ success: true, id }]);
		expect(await sandbox.ids(ana, 'deleteditems')).toEqual([id]);
	});
});
