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
			message: { __rl: true, mode: 'id', value: id },
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
