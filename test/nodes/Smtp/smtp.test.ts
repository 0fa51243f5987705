import { createHash, randomBytes } from 'node:crypto';
import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';
import { Microsoft365Smtp } from '../../../nodes/Smtp/Microsoft365Smtp.node';
import { type MailServers, startMailServers } from '../../support/mailServers';
import { type RunOptions, type RunResult, runNode } from '../../support/runNode';

const ana = 'ana@contoso.example';
const ben = 'ben@contoso.example';
const support = 'support@contoso.example';

let servers: MailServers;
let anasToken: string;

beforeAll(async () => {
	servers = await startMailServers({ imap: false });
	anasToken = await servers.token({ user: ana });
}, 60_000);
afterAll(async () => {
	await servers.close();
});
afterEach(async () => {
	await servers.reset();
});

function connection(): ICredentialDataDecryptedObject {
	const [app] = servers.directory.apps;
	return {
		environment: 'custom',
		customLoginUrl: servers.loginUrl,
		customGraphUrl: 'https://graph.sandbox.test',
		customSmtpHost: `${servers.smtp.host}:${servers.smtp.port}`,
		tenantId: servers.directory.tenantId,
		clientId: app?.clientId ?? '',
		clientSecret: app?.clientSecret ?? '',
	};
}

const person = (more: ICredentialDataDecryptedObject = {}): ICredentialDataDecryptedObject => ({
	...connection(),
	purpose: 'both',
	oauthTokenData: { access_token: anasToken },
	...more,
});

async function send(
	parameters: INodeParameters,
	options: Partial<RunOptions> = {},
): Promise<RunResult> {
	return await runNode({
		node: new Microsoft365Smtp(),
		parameters: {
			resource: 'message',
			operation: 'send',
			to: ben,
			subject: 'Hello',
			body: '<p>Hello</p>',
			...parameters,
		},
		credential: person(),
		...options,
	});
}

const rawOf = async (index = 0): Promise<string> => (await servers.received())[index]?.raw ?? '';

describe('Send', () => {
	it('sends an HTML message from the mailbox of the credential', async () => {
		const { json } = await send({});
		expect(json).toEqual([
			{
				messageId: expect.stringMatching(/^<.+@contoso\.example>$/) as string,
				envelope: { from: ana, to: [ben] },
				accepted: [ben],
				rejected: [],
				response: expect.stringMatching(/^250 2\.0\.0 OK/) as string,
			},
		]);
		const raw = await rawOf();
		expect(raw).toContain(`From: ${ana}\r\n`);
		expect(raw).toMatch(/Content-Type: text\/html; charset=utf-8\r\n[^]*<p>Hello<\/p>/);
	});

	it('sends plain text, or both', async () => {
		await send({ bodyType: 'text', body: 'Only text' });
		await send({ bodyType: 'both', body: '<p>Rich</p>', plainBody: 'Plain' });
		expect(await rawOf(0)).toMatch(/Content-Type: text\/plain; charset=utf-8\r\n[^]*Only text/);
		const both = await rawOf(1);
		expect(both).toContain('Content-Type: multipart/alternative');
		expect(both.indexOf('Plain')).toBeLessThan(both.indexOf('<p>Rich</p>'));
	});

	it('writes every option into the message', async () => {
		await send({
			to: 'Ben Okafor <ben@contoso.example>',
			options: {
				cc: 'olga@fabrikam.example',
				bcc: 'hidden@fabrikam.example',
				replyTo: 'Support <support@contoso.example>',
				from: 'Alerts <ana@contoso.example>',
				inReplyTo: 'first@fabrikam.example',
				priority: 'high',
				requestDeliveryReceipt: true,
				requestReadReceipt: true,
				headers: { rows: [{ name: 'X-Ticket-ID', value: '42' }] },
				invitation: 'BEGIN:VCALENDAR\nVERSION:2.0\nMETHOD:CANCEL\nEND:VCALENDAR\n',
			},
		});
		const [received] = await servers.received();
		expect(received).toMatchObject({
			to: [ben, 'olga@fabrikam.example', 'hidden@fabrikam.example'],
			dsn: ['SUCCESS', 'FAILURE', 'DELAY'],
		});
		const raw = received?.raw ?? '';
		for (const line of [
			'From: Alerts <ana@contoso.example>',
			'To: Ben Okafor <ben@contoso.example>',
			'Cc: olga@fabrikam.example',
			'Reply-To: Support <support@contoso.example>',
			'In-Reply-To: <first@fabrikam.example>',
			'References: <first@fabrikam.example>',
			'X-Ticket-ID: 42',
			'Disposition-Notification-To: ana@contoso.example',
			'Importance: High',
		]) {
			expect(raw).toContain(`${line}\r\n`);
		}
		expect(raw).toMatch(/text\/calendar; charset=utf-8; method=CANCEL/);
		expect(raw).not.toContain('hidden@');
	});

	it.each(['memory', 'stored'] as const)('attaches files in binary mode %s', async (binaryMode) => {
		const content = randomBytes(300_000);
		await send(
			{
				body: '<img src="cid:logo"><p>Hello</p>',
				attachments: 'report, logo',
			},
			{
				binaryMode,
				items: [
					{
						files: {
							report: { fileName: 'Übersicht 2026.pdf', mimeType: 'application/pdf', content },
							logo: {
								fileName: 'logo.png',
								mimeType: 'image/png',
								content: Buffer.from('\x89PNG'),
							},
							other: { fileName: 'no.txt', mimeType: 'text/plain', content: Buffer.from('no') },
						},
					},
				],
			},
		);
		const [received] = await servers.received();
		const sha256 = createHash('sha256').update(content).digest('hex');
		expect(received?.attachments).toContainEqual({
			fileName: 'Übersicht 2026.pdf',
			sizeBytes: 300_000,
			sha256,
		});
		expect(received?.attachments.map(({ fileName }) => fileName).sort()).toEqual([
			'logo.png',
			'Übersicht 2026.pdf',
		]);
		expect(received?.raw).toMatch(/Content-Type: multipart\/related/);
		expect(received?.raw).toContain('Content-ID: <logo>\r\n');
	});

	it('sends each item through one session, and pairs the answers', async () => {
		const { items } = await send({}, { items: [{}, {}, {}] });
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
		expect(await servers.signIns()).toEqual([{ mailbox: ana, outcome: 'accepted' }]);
	});

	it('tells beside the output whom the server refused', async () => {
		const { json, hints } = await send({ to: `${ben}, nobody@contoso.example` });
		expect(json[0]).toMatchObject({
			accepted: [ben],
			rejected: [{ address: 'nobody@contoso.example' }],
		});
		expect(hints).toEqual([expect.stringContaining('nobody@contoso.example')]);
	});

	it('sends from a shared mailbox', async () => {
		await send({}, { credential: person({ mailbox: support }) });
		expect((await servers.received())[0]).toMatchObject({ user: support, from: support });
	});

	it('connects as the app itself', async () => {
		await send(
			{ authentication: 'application', mailbox: ben, to: ana },
			{ credential: connection() },
		);
		expect((await servers.received())[0]).toMatchObject({ user: ben, from: ben, to: [ana] });
	});
});

describe('what can not be sent', () => {
	it.each([
		['an empty To', { to: '' }, /^To: is empty/],
		['no address', { to: 'Ben' }, /^To: "Ben" is no email address/],
		['a missing binary field', { attachments: 'data' }, /no binary field "data"/],
		['a header of the form', { options: headers('Subject') }, /^Custom Headers: Subject is set/],
		['a header with spaces', { options: headers('X A') }, /"X A" is no name for a header/],
		[
			'a header of two lines',
			{ options: headers('X-A', 'one\r\nBcc: x@y.example') },
			/more than one line/,
		],
		['no Message-ID', { options: { inReplyTo: 'what he said' } }, /^In Reply To: "what" is no/],
		['no invitation', { options: { invitation: 'Tuesday' } }, /^Calendar Invitation: is no/],
	] as Array<[string, INodeParameters, RegExp]>)(
		'%s is refused before anything is sent',
		async (_what, parameters, message) => {
			await expect(send(parameters)).rejects.toThrow(message);
			expect(await servers.received()).toEqual([]);
		},
	);

	it("becomes n8n's error, with what to do", async () => {
		await servers.refuse('tenantDisabled');
		await expect(send({})).rejects.toMatchObject({
			name: 'NodeApiError',
			message: expect.stringContaining('switched off for the organization') as string,
			description: expect.stringMatching(
				/Microsoft 365 Mail node.*\[5\.7\.139: 535 5\.7\.139/s,
			) as string,
			context: { itemIndex: 0 },
		});
	});

	it('is an item of the output where the node continues', async () => {
		const { json } = await send(
			{},
			{
				items: [{}, {}],
				continueOnFail: true,
				parameters: (itemIndex) => ({
					resource: 'message',
					operation: 'send',
					to: itemIndex === 0 ? 'nobody@contoso.example' : ben,
					subject: 'Hello',
					body: 'Hello',
				}),
			},
		);
		expect(json).toEqual([
			{
				error: expect.stringContaining('no such mailbox') as string,
				details: expect.stringContaining('Check the spelling') as string,
			},
			expect.objectContaining({ accepted: [ben] }),
		]);
	});

	it('says so where the credential is for reading only', async () => {
		await expect(send({}, { credential: person({ purpose: 'read' }) })).rejects.toMatchObject({
			message: 'The credential is for reading mail only, and this needs it for sending',
			description: expect.stringContaining('Read and Send Mail') as string,
		});
	});

	it('says so where the custom environment names no server', async () => {
		await expect(send({}, { credential: person({ customSmtpHost: '' }) })).rejects.toThrow(
			'The credential names no SMTP server',
		);
	});

	it('asks for a mailbox where the app connects', async () => {
		await expect(
			send({ authentication: 'application' }, { credential: connection() }),
		).rejects.toThrow(/Mailbox: is empty/);
	});
});

describe('Verify', () => {
	const verify = async (options: Partial<RunOptions> = {}) =>
		await runNode({
			node: new Microsoft365Smtp(),
			parameters: { resource: 'connection', operation: 'verify' },
			credential: person(),
			...options,
		});

	it('signs in and sends nothing', async () => {
		const { json } = await verify();
		const { host, port } = servers.smtp;
		expect(json).toEqual([{ success: true, host, port, security: 'starttls', mailbox: ana }]);
		expect(await servers.signIns()).toEqual([{ mailbox: ana, outcome: 'accepted' }]);
		expect(await servers.received()).toEqual([]);
	});

	it('fails with what to do', async () => {
		await servers.refuse('mailboxDisabled');
		await expect(verify()).rejects.toMatchObject({
			message: expect.stringContaining('switched off for the mailbox') as string,
			description: expect.stringContaining('Set-CASMailbox') as string,
		});
	});

	it('answers the error where the node continues', async () => {
		await servers.refuse('mailboxDisabled');
		const { json } = await verify({ continueOnFail: true });
		expect(json).toEqual([
			expect.objectContaining({ error: expect.stringContaining('switched off') as string }),
		]);
	});
});

function headers(name: string, value = '1'): INodeParameters {
	return { headers: { rows: [{ name, value }] } };
}
