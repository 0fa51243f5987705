import { Readable } from 'node:stream';
import { createFakeClock } from '../../support/fakeClock';
import { ben, plain, smtpHarness } from './smtpHarness';

const { servers, client, clientFor } = smtpHarness();

describe('refusals', () => {
	it.each([
		['tenantDisabled', '5.7.139', /switched off for the organization/, /Microsoft 365 Mail node/],
		['mailboxDisabled', '5.7.139', /switched off for the mailbox ana@/, /Set-CASMailbox/],
		['authUnsuccessful', '5.7.3', /refused the sign-in to ana@/, /primary SMTP address/],
		['sendAsDenied', '5.7.60', /may not send as/, /Add-RecipientPermission/],
		['submissionSendAsDenied', '5.2.252', /may not send as/, /Add-RecipientPermission/],
		['submissionQuota', '5.1.90', /limit of recipients/, /tomorrow/],
		['outboundSpam', '5.1.8', /blocked the mailbox/, /Restricted entities/],
		['tooLarge', '5.3.4', /larger than/, /OneDrive/],
	] as const)(
		'%s: says what to do, and tries nothing again',
		async (refusal, code, message, step) => {
			const { smtp, retries } = client();
			// A new token is tried once where it could be the token.
			await servers().refuse(refusal, 2);
			await expect(smtp.send(plain)).rejects.toMatchObject({
				name: 'MailServerError',
				code,
				message: expect.stringMatching(message) as string,
				nextStep: expect.stringMatching(step) as string,
				response: expect.stringMatching(/^5\d\d /) as string,
			});
			expect(retries).toEqual([]);
			expect(await servers().received()).toEqual([]);
		},
	);

	it('names the one who may not be sent as', async () => {
		const { smtp } = client({ user: ben });
		await expect(smtp.send(plain)).rejects.toMatchObject({
			code: '5.7.60',
			message: 'ben@contoso.example may not send as ana@contoso.example (SendAsDenied)',
		});
	});

	it.each(['concurrency', 'senderThreads', 'busy'] as const)(
		'%s: waits and tries again, as the server did not take it',
		async (refusal) => {
			const { smtp, retries, clock } = client();
			await servers().refuse(refusal, 2);
			const startedAt = clock.now();
			await smtp.send(plain);
			expect(retries).toHaveLength(2);
			expect(clock.now() - startedAt).toBe(13_000);
			expect(await servers().received()).toHaveLength(1);
		},
	);

	it('gives up on a limit after some tries, and says which it is', async () => {
		const { smtp, retries } = client();
		await servers().refuse('concurrency', 4);
		await expect(smtp.send(plain)).rejects.toMatchObject({
			code: '4.3.2',
			isPassing: true,
			nextStep: expect.stringContaining('three connections') as string,
		});
		expect(retries).toHaveLength(3);
	});

	it('holds to three connections of a mailbox', async () => {
		const others = [client(), client(), client()];
		await Promise.all(others.map(async ({ smtp }) => await smtp.verify()));
		const { smtp } = client(
			{},
			{
				clock: {
					...createFakeClock(),
					sleep: async () => {
						await others[0]?.smtp.close();
					},
				},
			},
		);
		await expect(smtp.send(plain)).resolves.toMatchObject({ accepted: [ben] });
	});
});

describe('connections that break', () => {
	it.each(['dropAfterData', 'silenceAfterData'] as const)(
		'%s: says that it may have been sent, and never sends it twice',
		async (refusal) => {
			const { smtp, retries } = client({}, { timeoutMs: 700 });
			await smtp.send({ ...plain, subject: 'Before' });
			await servers().refuse(refusal);
			await expect(smtp.send(plain)).rejects.toMatchObject({
				code: 'may_have_been_sent',
				nextStep: expect.stringContaining('before sending it again') as string,
			});
			expect(retries).toEqual([]);
			expect(await servers().received()).toHaveLength(2);
			await expect(smtp.send({ ...plain, subject: 'After' })).resolves.toBeDefined();
		},
	);

	it('knows that nothing was sent where it breaks in the middle', async () => {
		const { smtp } = client();
		await servers().refuse('dropInData');
		const big = {
			fileName: 'big.bin',
			mimeType: 'application/octet-stream',
			open: async () => await Promise.resolve(Readable.from([Buffer.alloc(8 * 1024 * 1024)])),
		};
		await expect(smtp.send({ ...plain, files: [big] })).rejects.toMatchObject({
			code: 'connection_lost',
		});
		expect(await servers().received()).toEqual([]);
	});

	it('opens another session where the server has closed an idle one', async () => {
		const { smtp } = client();
		await smtp.send(plain);
		await servers().cutSmtp();
		await smtp.send({ ...plain, subject: 'Again' });
		expect(await servers().received()).toHaveLength(2);
	});

	it('sends nothing where a file can not be read', async () => {
		const { smtp } = client();
		const broken = {
			fileName: 'gone.bin',
			mimeType: 'application/octet-stream',
			open: async () => await Promise.reject(new Error('The file is gone')),
		};
		await expect(smtp.send({ ...plain, files: [broken] })).rejects.toMatchObject({
			code: 'attachment_unreadable',
			message: expect.stringContaining('The file is gone') as string,
		});
		expect(await servers().received()).toEqual([]);
		await expect(smtp.send(plain)).resolves.toBeDefined();
	});

	it('stops at once when it is told to', async () => {
		const stop = new AbortController();
		const { smtp } = client({}, { signal: stop.signal, timeoutMs: 60_000 });
		await servers().refuse('silenceAfterData');
		const sending = smtp.send(plain);
		setTimeout(() => stop.abort(), 300);
		await expect(sending).rejects.toMatchObject({ name: 'CancelledError' });
	});

	it.each([
		['no server at all', { port: 1 }, 'connection_refused'],
		['TLS where STARTTLS is spoken', { security: 'tls' as const }, 'tls_mismatch'],
		['an unknown host', { host: 'smtp.invalid' }, 'host_not_found'],
	])('explains %s', async (_what, change, code) => {
		const login = servers().login('smtp');
		const { smtp } = clientFor({ ...login, server: { ...login.server, ...change } });
		await expect(smtp.verify()).rejects.toMatchObject({ name: 'MailServerError', code });
	});

	it('explains a server that never greets', async () => {
		const { smtp } = client({}, { timeoutMs: 300 });
		await servers().refuse('silenceAtConnect');
		await expect(smtp.verify()).rejects.toMatchObject({ code: 'timeout' });
	});

	it('explains a certificate that nobody vouches for', async () => {
		const { smtp } = client();
		servers().distrust();
		try {
			await expect(smtp.verify()).rejects.toMatchObject({
				code: 'certificate_refused',
				nextStep: expect.stringContaining('NODE_EXTRA_CA_CERTS') as string,
			});
		} finally {
			servers().trust();
		}
	});
});
