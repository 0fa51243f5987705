import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { createFakeClock } from '../../support/fakeClock';
import { ana, ben, plain, smtpHarness, support } from './smtpHarness';

/** The line with a dot that ends a message on the wire. */
const endBytes = 3;

const { servers, client, clientFor } = smtpHarness();

const rawOf = async (index = 0): Promise<string> => (await servers().received())[index]?.raw ?? '';

describe('sending', () => {
	it('hands a message over as MIME, and tells what became of it', async () => {
		const { smtp } = client();
		const sent = await smtp.send({
			...plain,
			to: [{ address: ben, name: 'Ben Okafor' }],
			cc: [{ address: 'olga@fabrikam.example' }],
			bcc: [{ address: 'secret@fabrikam.example' }],
			replyTo: [{ address: support, name: 'Support' }],
			subject: 'Grüße aus Köln',
			html: '<p>Grüße</p>',
			inReplyTo: '<first@fabrikam.example>',
			references: ['<zeroth@fabrikam.example>', '<first@fabrikam.example>'],
			priority: 'high',
			readReceiptTo: { address: ana },
			headers: { 'X-Ticket': '42' },
		});
		expect(sent).toEqual({
			messageId: expect.stringMatching(/^<[\w-]+@contoso\.example>$/) as string,
			envelope: { from: ana, to: [ben, 'olga@fabrikam.example', 'secret@fabrikam.example'] },
			accepted: [ben, 'olga@fabrikam.example', 'secret@fabrikam.example'],
			rejected: [],
			response: expect.stringMatching(/^250 2\.0\.0 OK/) as string,
			sizeBytes: expect.any(Number) as number,
		});
		const [received] = await servers().received();
		expect(received).toMatchObject({ user: ana, from: ana, sizeBytes: sent.sizeBytes - endBytes });
		const raw = received?.raw ?? '';
		expect(raw).toContain('From: Ana Martins <ana@contoso.example>\r\n');
		expect(raw).toContain('To: Ben Okafor <ben@contoso.example>\r\n');
		expect(raw).toContain('Reply-To: Support <support@contoso.example>\r\n');
		expect(raw).toContain('Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe_aus_K=C3=B6ln?=\r\n');
		expect(raw).toContain('In-Reply-To: <first@fabrikam.example>\r\n');
		expect(raw).toContain('References: <zeroth@fabrikam.example> <first@fabrikam.example>\r\n');
		expect(raw).toContain('X-Priority: 1 (Highest)\r\n');
		expect(raw).toContain('Disposition-Notification-To: ana@contoso.example\r\n');
		expect(raw).toContain('X-Ticket: 42\r\n');
		expect(raw).toContain('Content-Type: multipart/alternative');
		expect(raw).not.toContain('secret@');
	});

	it('sends a calendar invitation that programs offer to accept', async () => {
		const { smtp } = client();
		const content = 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n';
		await smtp.send({ ...plain, calendar: { method: 'REQUEST', content } });
		expect(await rawOf()).toMatch(/Content-Type: text\/calendar; charset=utf-8; method=REQUEST/);
	});

	it('asks for a delivery receipt by DSN', async () => {
		const { smtp } = client();
		await smtp.send({ ...plain, wantsDeliveryReceipt: true });
		const [received] = await servers().received();
		expect(received?.dsn).toEqual(['SUCCESS', 'FAILURE', 'DELAY']);
	});

	it('streams 20 MB of files, one at a time, without holding them', async () => {
		const { smtp } = client();
		const fileBytes = 10 * 1024 * 1024;
		const sha256 = createHash('sha256').update(Buffer.alloc(fileBytes, 'abc')).digest('hex');
		let openNow = 0;
		let mostOpen = 0;
		let mostBytes = 0;
		const before = process.memoryUsage();
		const file = (fileName: string) => ({
			fileName,
			mimeType: 'application/octet-stream',
			open: async () => {
				mostOpen = Math.max(mostOpen, (openNow += 1));
				const chunk = Buffer.alloc(3 * 1024 * 10, 'abc');
				let left = fileBytes;
				return await Promise.resolve(
					new Readable({
						read() {
							const { arrayBuffers } = process.memoryUsage();
							mostBytes = Math.max(mostBytes, arrayBuffers - before.arrayBuffers);
							if (left === 0) {
								openNow -= 1;
								this.push(null);
								return;
							}
							const part = chunk.subarray(0, Math.min(left, chunk.length));
							left -= part.length;
							this.push(part);
						},
					}),
				);
			},
		});
		const sent = await smtp.send({ ...plain, files: [file('one.bin'), file('two.bin')] });
		expect(mostOpen).toBe(1);
		expect(mostBytes).toBeLessThan(16 * 1024 * 1024);
		const [received] = await servers().received();
		expect(received?.sizeBytes).toBe(sent.sizeBytes - endBytes);
		expect(received?.sizeBytes).toBeGreaterThan(26 * 1024 * 1024);
		expect(received?.attachments).toEqual([
			{ fileName: 'one.bin', sizeBytes: fileBytes, sha256 },
			{ fileName: 'two.bin', sizeBytes: fileBytes, sha256 },
		]);
	}, 30_000);

	it('sends several through one session', async () => {
		const { smtp, login } = client();
		for (const subject of ['One', 'Two', 'Three']) await smtp.send({ ...plain, subject });
		expect(await servers().signIns()).toEqual([{ mailbox: ana, outcome: 'accepted' }]);
		expect(login.tokens.asked).toEqual({ getToken: 1, renew: 0 });
		expect((await servers().received()).length).toBe(3);
	});

	it('tells which recipients were refused, and sends to the others', async () => {
		const { smtp } = client();
		const nobody = 'nobody@contoso.example';
		const sent = await smtp.send({ ...plain, to: [{ address: nobody }, { address: ben }] });
		expect(sent.accepted).toEqual([ben]);
		expect(sent.rejected).toEqual([
			{ address: nobody, response: expect.stringContaining('5.1.10') as string },
		]);
	});

	it('fails where nobody can be reached, and goes on with the next', async () => {
		const { smtp } = client();
		const to = [{ address: 'nobody@contoso.example' }];
		await expect(smtp.send({ ...plain, to })).rejects.toMatchObject({ code: '5.1.10' });
		await expect(smtp.send(plain)).resolves.toMatchObject({ accepted: [ben] });
		expect(await servers().signIns()).toHaveLength(1);
	});

	it('sends from a shared mailbox, and as it', async () => {
		const { smtp } = client({ user: ana, mailbox: support });
		const from = { address: support };
		await smtp.send({ ...plain, from });
		await smtp.send({ ...plain, from: { address: ana } });
		const received = await servers().received();
		expect(received.map(({ user, from: sender }) => [user, sender])).toEqual([
			[support, support],
			[support, ana],
		]);
	});

	it("sends with the app's own token", async () => {
		const { smtp } = client({ user: 'app', mailbox: ben });
		await smtp.send({ ...plain, from: { address: ben } });
		expect((await servers().received())[0]).toMatchObject({ user: ben });
	});
});

describe('tokens', () => {
	it('renews one that the server refuses, once', async () => {
		const { smtp, login } = client({ lifetimeSeconds: -60, renewedLifetimeSeconds: 3600 });
		await smtp.send(plain);
		expect(login.tokens.asked).toEqual({ getToken: 1, renew: 1 });
		expect((await servers().signIns()).map(({ outcome }) => outcome)).toEqual([
			'5.7.3',
			'accepted',
		]);
	});

	it.each([
		[
			'of Microsoft Graph',
			{ resource: 'graph' as const, scopes: ['Mail.Send'] },
			'wrong_audience',
			/Microsoft 365 Mail credential/,
		],
		['without the permission', { scopes: ['IMAP.AccessAsUser.All'] }, 'missing_scope', /SMTP/],
		['that is expired for good', { lifetimeSeconds: -60 }, 'token_expired', /Run it again/],
	])('says what is wrong with a token %s', async (_what, options, code, nextStep) => {
		const { smtp } = clientFor(servers().login('smtp', options), {
			clock: { ...createFakeClock(), now: () => Date.now() },
		});
		await expect(smtp.verify()).rejects.toMatchObject({
			name: 'MailServerError',
			code,
			nextStep: expect.stringMatching(nextStep) as string,
		});
	});
});
