import { createInterface } from 'node:readline';
import { connect as connectTls } from 'node:tls';
import { ImapFlow } from 'imapflow';
import { describeWithDovecot, startMailServers, type MailServers } from '../../support/mailServers';
import { until } from '../../support/until';

const ana = 'ana@contoso.example';
const ben = 'ben@contoso.example';
const support = 'support@contoso.example';

describeWithDovecot("the sandbox's IMAP server", () => {
	let servers: MailServers;
	beforeAll(async () => {
		servers = await startMailServers({ seed: true });
	}, 60_000);
	afterAll(async () => {
		await servers.close();
	});

	async function connect(mailbox: string, accessToken: string) {
		const { host, port } = servers.imap;
		const auth = { user: mailbox, accessToken };
		const client = new ImapFlow({ host, port, secure: true, auth, logger: false });
		const closed = new Promise<void>((resolve) => client.once('close', resolve));
		client.on('error', () => undefined);
		await client.connect();
		return { client, closed };
	}

	it('has the folders of Exchange, and mail in them', async () => {
		const { client } = await connect(ana, await servers.token({ user: ana }));
		const folders = await client.list();
		expect(Object.fromEntries(folders.map(({ path, specialUse }) => [path, specialUse]))).toEqual({
			INBOX: '\\Inbox',
			Archive: '\\Archive',
			'Deleted Items': '\\Trash',
			Drafts: '\\Drafts',
			'Junk Email': '\\Junk',
			Outbox: undefined,
			'Sent Items': '\\Sent',
		});
		const inbox = await client.mailboxOpen('INBOX');
		expect(inbox.exists).toBe(2);
		const [first] = await client.fetchAll('1', { envelope: true, flags: true, internalDate: true });
		expect(first?.envelope?.subject).toBe('Budget for the third quarter');
		expect(first?.flags).toContain('\\Seen');
		expect(new Date(first?.internalDate ?? 0).getTime()).toBeLessThan(Date.now() - 29 * 3_600_000);
		await client.logout();
	});

	it('tells of a delivery while idling', async () => {
		const { client } = await connect(ben, await servers.token({ user: ben }));
		await client.mailboxOpen('INBOX');
		const arrived = new Promise<number>((resolve) =>
			client.once('exists', ({ count }: { count: number }) => resolve(count)),
		);
		void client.idle();
		await servers.deliver(ben, 'From: x@y.example\r\nSubject: Hi\r\n\r\nHi\r\n');
		await expect(arrived).resolves.toBe(1);
		await client.logout();
	});

	it('offers XOAUTH2 alone, as Exchange does, and takes OAUTHBEARER as well', async () => {
		const token = await servers.token({ user: ana });
		await (await connect(ana, token)).client.logout();
		await expect(servers.log()).resolves.toContain(`user=<${ana}>, method=XOAUTH2`);
		const { host, port } = servers.imap;
		const socket = connectTls(port, host);
		const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
		const next = async (): Promise<string> => ((await lines.next()) as { value: string }).value;
		const greeting = await next();
		expect(greeting).toContain(' AUTH=XOAUTH2');
		expect(greeting).not.toContain('OAUTHBEARER');
		const response = `n,a=${ana},\x01host=${host}\x01port=${port}\x01auth=Bearer ${token}\x01\x01`;
		socket.write(`A1 AUTHENTICATE OAUTHBEARER ${Buffer.from(response).toString('base64')}\r\n`);
		expect(await next()).toMatch(/^(\* CAPABILITY|A1 OK)/);
		socket.destroy();
		await expect(servers.log()).resolves.toContain(`user=<${ana}>, method=OAUTHBEARER`);
	});

	it.each([
		['of Microsoft Graph', { user: ana, resource: 'graph' as const, scopes: ['Mail.Read'] }],
		['that is expired', { user: ana, lifetimeSeconds: -10 }],
		['for SMTP only', { user: ana, scopes: ['SMTP.Send'] }],
	])('refuses a token %s', async (_what, options) => {
		const token = await servers.token(options);
		await expect(connect(ana, token)).rejects.toMatchObject({ authenticationFailed: true });
	});

	it('opens a shared mailbox to whoever has full access, and any to the app', async () => {
		for (const token of [await servers.token({ user: ana }), await servers.token()]) {
			const { client } = await connect(support, token);
			expect((await client.mailboxOpen('INBOX')).exists).toBe(2);
			await client.logout();
		}
	});

	it("lets anybody sign in to another's mailbox, and then refuses each command", async () => {
		const { client } = await connect(ben, await servers.token({ user: ana }));
		await expect(client.mailboxOpen('INBOX')).rejects.toMatchObject({
			responseText: 'User is authenticated but not connected.',
		});
		client.close();
	});

	it('says the same where a mailbox has too many sessions', async () => {
		await servers.limitSessions(1);
		const token = await servers.token({ user: ana });
		const first = await connect(ana, token);
		const second = await connect(ana, token);
		await expect(second.client.mailboxOpen('INBOX')).rejects.toMatchObject({
			responseText: 'User is authenticated but not connected.',
		});
		second.client.close();
		await first.client.logout();
		await servers.limitSessions(20);
	});

	it('ends a session whose token runs out', async () => {
		const token = await servers.token({ user: ana, lifetimeSeconds: 600 });
		const { client, closed } = await connect(ana, token);
		await client.mailboxOpen('INBOX');
		await servers.advanceClock(601_000);
		await closed;
		await expect(connect(ana, token)).rejects.toMatchObject({ authenticationFailed: true });
		await (await connect(ana, await servers.token({ user: ana }))).client.logout();
	});

	it('renumbers a folder, is restarted, and loses nothing', async () => {
		const token = await servers.token({ user: support, scopes: [] });
		await expect(connect(support, token)).rejects.toThrow();
		const open = async () => {
			const { client, closed } = await connect(support, await servers.token());
			return { client, closed, box: await client.mailboxOpen('INBOX') };
		};
		const before = await open();
		await before.client.logout();
		await servers.newUidValidity(support);
		const after = await open();
		expect(after.box.uidValidity).not.toBe(before.box.uidValidity);
		expect(after.box.exists).toBe(before.box.exists);
		await servers.restart();
		await after.closed;
		const again = await open();
		expect(again.box).toMatchObject({ uidValidity: after.box.uidValidity, exists: 2 });
		await servers.cut(support);
		await again.closed;
		await until(async () => (await servers.sessions()).length === 0);
	}, 20_000);
});
