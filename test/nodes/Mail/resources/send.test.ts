import { type MailSandbox, startMailSandbox } from '../mailSandbox';

let sandbox: MailSandbox;
beforeAll(async () => (sandbox = await startMailSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

const basics = {
	resource: 'message',
	operation: 'send',
	to: 'ben@contoso.example',
	subject: 'Invoice',
	body: '<p>Hello</p>',
};

const file = (fileName: string, content: Buffer, mimeType = 'application/pdf') => ({
	fileName,
	mimeType,
	content,
});
const pattern = (bytes: number): Buffer => Buffer.alloc(bytes, '0123456789abcdef');

describe('message: send', () => {
	it('is one request, with nothing that was not asked for', async () => {
		const { json } = await sandbox.run(basics);
		expect(sandbox.requests()).toEqual([
			{
				method: 'POST',
				url: '/v1.0/me/sendMail',
				body: {
					message: {
						subject: 'Invoice',
						body: { contentType: 'html', content: '<p>Hello</p>' },
						toRecipients: [{ emailAddress: { address: 'ben@contoso.example' } }],
					},
					saveToSentItems: true,
				},
			},
		]);
		expect(json).toEqual([
			{ success: true, subject: 'Invoice', to: ['ben@contoso.example'], attachments: [] },
		]);
		expect(await sandbox.subjects('ben@contoso.example', 'inbox')).toEqual(['Invoice']);
	});

	it('gives Exchange what Graph has no property for', async () => {
		await sandbox.run({
			...basics,
			options: {
				sendAt: '2099-04-01T08:00:00',
				sensitivity: 'confidential',
				votingOptions: 'Yes, No, Maybe',
			},
		});
		const { message } = sandbox.requests()[0]?.body as {
			message: { singleValueExtendedProperties: Array<{ id: string; value: string }> };
		};
		const [sendAt, sensitivity, votes] = message.singleValueExtendedProperties;
		expect(sendAt).toEqual({ id: 'SystemTime 0x3FEF', value: '2099-04-01T06:00:00Z' });
		expect(sensitivity).toEqual({ id: 'Integer 0x36', value: '3' });
		expect(votes?.id).toBe('Binary {00062008-0000-0000-C000-000000000046} Id 0x8520');
		expect(
			Buffer.from(votes?.value ?? '', 'base64')
				.subarray(0, 6)
				.toString('hex'),
		).toBe('020103000000');
		// It waits in the sender's mailbox until then.
		expect(await sandbox.subjects('ben@contoso.example', 'inbox')).toEqual([]);
		expect(await sandbox.subjects('ana@contoso.example', 'outbox')).toEqual(['Invoice']);
	});

	it('refuses a voting button that no stream can hold', async () => {
		await expect(
			sandbox.run({ ...basics, options: { votingOptions: 'x'.repeat(256) } }),
		).rejects.toThrow('has 256 characters; Outlook takes 255');
		expect(sandbox.requests()).toEqual([]);
	});

	it('sends every option', async () => {
		await sandbox.run({
			...basics,
			bodyType: 'text',
			body: 'Hello',
			options: {
				cc: 'Chloé <chloe@contoso.example>',
				bcc: 'ana@contoso.example',
				replyTo: 'support@contoso.example',
				from: 'support@contoso.example',
				importance: 'high',
				isReadReceiptRequested: true,
				isDeliveryReceiptRequested: true,
				categories: 'Invoices, Blue category',
				headers: { rows: [{ name: 'x-ticket', value: '31' }] },
				saveToSentItems: false,
			},
		});
		expect(sandbox.requests()[0]?.body).toEqual({
			message: {
				subject: 'Invoice',
				body: { contentType: 'text', content: 'Hello' },
				toRecipients: [{ emailAddress: { address: 'ben@contoso.example' } }],
				ccRecipients: [{ emailAddress: { address: 'chloe@contoso.example', name: 'Chloé' } }],
				bccRecipients: [{ emailAddress: { address: 'ana@contoso.example' } }],
				replyTo: [{ emailAddress: { address: 'support@contoso.example' } }],
				from: { emailAddress: { address: 'support@contoso.example' } },
				importance: 'high',
				isReadReceiptRequested: true,
				isDeliveryReceiptRequested: true,
				categories: ['Invoices', 'Blue category'],
				internetMessageHeaders: [{ name: 'x-ticket', value: '31' }],
			},
			saveToSentItems: false,
		});
		expect(await sandbox.subjects('ana@contoso.example', 'sentitems')).toEqual([]);
	});

	it('sends from the mailbox of each item', async () => {
		await sandbox.run(
			(itemIndex) => ({ ...basics, mailbox: itemIndex === 0 ? '' : 'support@contoso.example' }),
			{ items: [{}, {}] },
		);
		expect(sandbox.requests().map(({ url }) => url)).toEqual([
			'/v1.0/me/sendMail',
			'/v1.0/users/support%40contoso.example/sendMail',
		]);
	});

	it.each(['memory', 'stored'] as const)(
		'attaches the named binary fields, and shows an image only where the text has it (%s)',
		async (binaryMode) => {
			await sandbox.run(
				{ ...basics, body: '<img src="cid:logo"> Hello', attachments: 'data, logo, photo' },
				{
					binaryMode,
					items: [
						{
							files: {
								data: file('invoice.pdf', Buffer.from('pdf')),
								logo: file('logo.png', Buffer.from('png'), 'image/png'),
								photo: file('photo.png', Buffer.from('photo'), 'image/png'),
								unused: file('unused.pdf', Buffer.from('x')),
							},
						},
					],
				},
			);
			const [request] = sandbox.requests();
			expect(sandbox.requests()).toHaveLength(1);
			expect((request?.body as { message: { attachments: unknown } }).message.attachments).toEqual([
				{
					'@odata.type': '#microsoft.graph.fileAttachment',
					name: 'invoice.pdf',
					contentType: 'application/pdf',
					contentBytes: Buffer.from('pdf').toString('base64'),
				},
				{
					'@odata.type': '#microsoft.graph.fileAttachment',
					name: 'logo.png',
					contentType: 'image/png',
					contentBytes: Buffer.from('png').toString('base64'),
					isInline: true,
					contentId: 'logo',
				},
				{
					'@odata.type': '#microsoft.graph.fileAttachment',
					name: 'photo.png',
					contentType: 'image/png',
					contentBytes: Buffer.from('photo').toString('base64'),
				},
			]);
		},
	);

	it('names the missing binary field and those that exist', async () => {
		const run = sandbox.run(
			{ ...basics, attachments: 'invoice' },
			{ items: [{ files: { data: file('a.pdf', Buffer.from('a')) } }] },
		);
		await expect(run).rejects.toMatchObject({
			message: expect.stringContaining('"invoice"') as string,
			description: expect.stringContaining('data') as string,
		});
		expect(sandbox.requests()).toEqual([]);
	});

	it.each(['memory', 'stored'] as const)(
		'sends 8 MB through a draft and an upload session (%s)',
		async (binaryMode) => {
			const large = pattern(8 * 1024 * 1024);
			const { json } = await sandbox.run(
				{ ...basics, attachments: '*' },
				{
					binaryMode,
					items: [
						{
							files: {
								large: file('large.bin', large),
								small: file('small.pdf', Buffer.from('s')),
							},
						},
					],
				},
			);
			const id = json[0]?.['id'] as string;
			const key = encodeURIComponent(id);
			expect(
				sandbox
					.requests()
					.filter(({ url }) => url.startsWith('/v1.0/'))
					.map(({ method, url }) => `${method} ${url}`),
			).toEqual([
				'POST /v1.0/me/messages',
				`POST /v1.0/me/messages/${key}/attachments/createUploadSession`,
				`POST /v1.0/me/messages/${key}/attachments`,
				`POST /v1.0/me/messages/${key}/send`,
			]);
			expect(sandbox.requests()[1]?.body).toEqual({
				AttachmentItem: {
					attachmentType: 'file',
					name: 'large.bin',
					size: large.length,
					contentType: 'application/pdf',
				},
			});
			expect(json[0]).toMatchObject({
				success: true,
				attachments: ['large.bin', 'small.pdf'],
				conversationId: expect.any(String) as string,
				internetMessageId: expect.stringMatching(/^<.+>$/) as string,
			});
			const received = await sandbox.attachments('ben@contoso.example');
			expect(received.map(({ name }) => name)).toEqual(['large.bin', 'small.pdf']);
			expect(received[0]?.content.equals(large)).toBe(true);
		},
	);

	it('returns the ids of the copy in Sent Items when asked', async () => {
		const { json } = await sandbox.run({ ...basics, options: { returnIds: true } });
		expect(sandbox.requests().map(({ method, url }) => `${method} ${url}`)).toEqual([
			'POST /v1.0/me/messages',
			`POST /v1.0/me/messages/${encodeURIComponent(json[0]?.['id'] as string)}/send`,
		]);
		expect(await sandbox.ids('ana@contoso.example', 'sentitems')).toEqual([json[0]?.['id']]);
	});

	it('refuses to send a draft without keeping it', async () => {
		await expect(
			sandbox.run({ ...basics, options: { returnIds: true, saveToSentItems: false } }),
		).rejects.toThrow("Save to Sent Items: can't be off together with Return the IDs");
		await expect(
			sandbox.run(
				{ ...basics, attachments: 'data', options: { saveToSentItems: false } },
				{ items: [{ files: { data: file('large.bin', pattern(4 * 1024 * 1024)) } }] },
			),
		).rejects.toThrow("Save to Sent Items: can't be off for attachments of 3 MB");
		expect(sandbox.requests()).toEqual([]);
	});

	it('deletes the draft when an attachment fails, and says so', async () => {
		sandbox.fault({ match: 'POST createUploadSession', status: 403 });
		const run = sandbox.run(
			{ ...basics, attachments: 'data' },
			{ items: [{ files: { data: file('large.bin', pattern(4 * 1024 * 1024)) } }] },
		);
		await expect(run).rejects.toMatchObject({
			description: expect.stringContaining(
				'Nothing was sent, and the unfinished draft was deleted.',
			) as string,
		});
		expect(sandbox.requests().at(-1)?.method).toBe('DELETE');
		expect(await sandbox.subjects('ana@contoso.example', 'drafts')).toEqual([]);
		expect(await sandbox.subjects('ben@contoso.example', 'inbox')).toEqual([]);
	});

	it('says that a draft needs Mail.ReadWrite when it is refused', async () => {
		sandbox.fault({ match: 'POST /v1.0/me/messages$', status: 403 });
		await expect(sandbox.run({ ...basics, options: { returnIds: true } })).rejects.toMatchObject({
			description: expect.stringContaining('which needs the permission Mail.ReadWrite') as string,
		});
	});

	it('says who may send as another mailbox', async () => {
		await expect(
			sandbox.run({ ...basics, options: { from: 'chloe@contoso.example' } }),
		).rejects.toMatchObject({
			description: expect.stringMatching(
				/Send on Behalf.+\[ErrorSendAsDenied, request-id/,
			) as string,
		});
	});

	it.each([
		['sendMail', {}, 'may have been'],
		['/send$', { returnIds: true }, 'If the message is in Sent Items, it was sent'],
	])('never repeats a send whose answer got lost (%s)', async (match, options, text) => {
		sandbox.fault({ match: `POST ${match}`, dropConnection: true });
		const error = await sandbox.run({ ...basics, options }).then(
			() => undefined,
			(reason: unknown) => reason as { message: string; description: string },
		);
		expect(`${error?.message} ${error?.description}`).toContain(text);
		expect(sandbox.requests().filter(({ url }) => new RegExp(match).test(url))).toHaveLength(1);
		expect(sandbox.requests().filter(({ method }) => method === 'DELETE')).toEqual([]);
	});

	it('sends nothing to a wrong address, and names it', async () => {
		await expect(sandbox.run({ ...basics, to: 'ben@contoso.example, chloe' })).rejects.toThrow(
			'To: "chloe" is no email address',
		);
		await expect(sandbox.run({ ...basics, to: '' })).rejects.toThrow('To: is empty');
		await expect(
			sandbox.run({ ...basics, options: { headers: { rows: [{ name: 'Subject', value: 'x' }] } } }),
		).rejects.toThrow('"Subject" is no name for a custom header');
		expect(sandbox.requests()).toEqual([]);
	});
});
