import { createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { CancelledError } from '../../../core/graph/errors';
import { type ImapSession, openImap, withImap } from '../../../core/mail/imap';
import { createImapConnection } from '../../../core/mail/imapConnection';
import { findFolder, listFolders } from '../../../core/mail/folderTree';
import { MailServerError } from '../../../core/mail/MailServerError';
import type { MailLogin } from '../../../core/mail/types';
import { until } from '../../support/until';
import { createFakeTokens } from '../../support/graphHarness';
import { type MailServers, describeWithDovecot, startMailServers } from '../../support/mailServers';

// A real server, whose answers take as long as the machine is busy.
jest.setTimeout(30_000);

const ana = 'ana@contoso.example';
const support = 'support@contoso.example';

async function failureOf(work: Promise<unknown>): Promise<MailServerError> {
	const outcome = await work.then(
		() => undefined,
		(error: unknown) => error,
	);
	expect(outcome).toBeInstanceOf(MailServerError);
	return outcome as MailServerError;
}

describeWithDovecot('an IMAP session', () => {
	let servers: MailServers;
	const open: ImapSession[] = [];
	const session = async (login: MailLogin) => {
		const opened = await openImap(login);
		open.push(opened);
		return opened;
	};
	const folderNames = async (from: ImapSession) =>
		(await listFolders(from)).map(({ path }) => path).sort();

	beforeAll(async () => (servers = await startMailServers()), 60_000);
	afterEach(async () => {
		await Promise.all(open.splice(0).map(async (one) => await one.close()));
		await servers.limitSessions(20);
	});
	afterAll(async () => await servers.close());

	test('opens with a token, lists the folders, and logs out', async () => {
		const names = await withImap(servers.login('imap'), {}, folderNames);
		expect(names).toEqual(
			['Archive', 'Deleted Items', 'Drafts', 'INBOX', 'Junk Email', 'Outbox', 'Sent Items'].sort(),
		);
		await until(async () => (await servers.sessions()).length === 0);
	});

	test('closes also where the work fails', async () => {
		const work = withImap(servers.login('imap'), {}, () => Promise.reject(new Error('Oh')));
		await expect(work).rejects.toThrow('Oh');
		await until(async () => (await servers.sessions()).length === 0);
	});

	test("opens a shared mailbox with a person's token, and an app's", async () => {
		await session(servers.login('imap', { mailbox: support }));
		await session(servers.login('imap', { user: 'app', mailbox: support }));
		expect(await servers.sessions()).toEqual([support, support]);
	});

	test('folders are found by path, by purpose, and in vain with similar names', async () => {
		const folders = await listFolders(await session(servers.login('imap')));
		expect(findFolder(folders, '\\Sent').path).toBe('Sent Items');
		expect(findFolder(folders, 'inbox').path).toBe('INBOX');
		const failure = await failureOf(
			Promise.resolve().then(() => findFolder(folders, 'Work/drafts')),
		);
		expect(failure.code).toBe('folder_not_found');
		expect(failure.nextStep).toContain('Is it one of these? Drafts.');
	});

	describe('that is refused', () => {
		test('says that a token of Graph is for another service', async () => {
			const login = servers.login('imap', { resource: 'graph' });
			const { code, message, nextStep } = await failureOf(openImap(login));
			expect(code).toBe('wrong_audience');
			expect(message).toMatch(/^The access token is for .*graph.*takes tokens for Outlook only$/i);
			expect(nextStep).toContain('Microsoft 365 Mail credential');
			expect(login.tokens.asked.renew).toBe(0);
		});

		test('says that the permission is missing', async () => {
			const login = servers.login('imap', { scopes: ['SMTP.Send'] });
			const { code, nextStep } = await failureOf(openImap(login));
			expect(code).toBe('missing_scope');
			expect(nextStep).toContain('IMAP.AccessAsUser.All');
		});

		test('renews a token that has run out, once', async () => {
			const login = servers.login('imap', { lifetimeSeconds: -10, renewedLifetimeSeconds: 600 });
			await session(login);
			expect(login.tokens.asked.renew).toBe(1);
		});

		test('gives up after one renewal', async () => {
			const login = servers.login('imap', { lifetimeSeconds: -10 });
			const { code } = await failureOf(openImap(login));
			expect(code).toBe('token_expired');
			expect(login.tokens.asked.renew).toBe(1);
		});

		test('names both causes where the mailbox is not for the person', async () => {
			const login = servers.login('imap', { user: 'ben@contoso.example', mailbox: ana });
			const { code, nextStep } = await failureOf(withImap(login, {}, listFolders));
			expect(code).toBe('not_connected');
			expect(nextStep).toContain('Add-MailboxPermission');
			expect(nextStep).toContain('Too many connections');
		});

		test('names both causes where there are too many sessions', async () => {
			await servers.limitSessions(1);
			await session(servers.login('imap'));
			const failure = await failureOf(withImap(servers.login('imap'), {}, listFolders));
			expect(failure.code).toBe('not_connected');
			expect(failure.message).toContain('User is authenticated but not connected');
		});

		test('never tells the token', async () => {
			const login = servers.login('imap', { resource: 'graph' });
			const failure = await failureOf(openImap(login));
			const token = await login.tokens.getToken();
			expect(JSON.stringify({ ...failure, cause: String(failure.cause) })).not.toContain(token);
		});
	});

	describe('that fails while it is open', () => {
		test('says that a folder does not exist', async () => {
			const opened = await session(servers.login('imap'));
			const failure = await failureOf(
				opened.run(async (client) => await client.mailboxOpen('Nowhere'), 'Nowhere'),
			);
			expect(failure.code).toBe('folder_not_found');
			expect(failure.message).toBe(`The folder "Nowhere" does not exist in ${ana}`);
		});

		test('gives the refusal that imapflow answers with false', async () => {
			const opened = await session(servers.login('imap'));
			await opened.run(async (client) => await client.mailboxOpen('INBOX'));
			await servers.deliver(ana, 'Subject: One\n\nText\n');
			await opened.run(async (client) => client.noop().then(() => true));
			const failure = await failureOf(
				opened.run(async (client) => await client.messageCopy('1:*', 'Nowhere'), 'Nowhere'),
			);
			expect(failure.code).toBe('folder_not_found');
			expect(failure.message).toContain('"Nowhere"');
		});

		test('ends with the reason when the token runs out', async () => {
			const opened = await session(servers.login('imap', { lifetimeSeconds: 600 }));
			await servers.advanceClock(601_000);
			const reason = await opened.ended;
			expect(reason).toMatchObject({ code: 'session_expired', isPassing: true });
			expect(opened.isOpen).toBe(false);
			const failure = await failureOf(opened.run(async (client) => await client.list()));
			expect(failure.code).toBe('session_expired');
		});

		test('ends without a reason when it is closed here', async () => {
			const opened = await session(servers.login('imap'));
			await opened.close();
			expect(await opened.ended).toBeUndefined();
		});

		test('ends when the run is cancelled', async () => {
			const controller = new AbortController();
			const opened = await openImap(servers.login('imap'), { signal: controller.signal });
			const listing = opened.run(async (client) => await client.list());
			controller.abort();
			await expect(listing).rejects.toBeInstanceOf(CancelledError);
			expect(await opened.ended).toBeUndefined();
		});

		test('a cancelled run opens nothing', async () => {
			const signal = AbortSignal.abort();
			const opening = openImap(servers.login('imap'), { signal });
			await expect(opening).rejects.toBeInstanceOf(CancelledError);
		});

		test('notices that nothing passes any more', async () => {
			const opened = await openImap(servers.login('imap'), { silenceTimeoutMs: 300 });
			await servers.freeze(ana);
			const failure = await failureOf(opened.run(async (client) => await client.list()));
			expect(failure).toMatchObject({ isPassing: true });
			await opened.close();
		});
	});

	describe('of a connection that reopens', () => {
		test('takes one session for a whole run, and a new one after a loss', async () => {
			const login = servers.login('imap');
			const connection = createImapConnection(login);
			await connection.use(listFolders);
			await connection.inFolder('INBOX', async () => undefined);
			expect(await servers.sessions()).toEqual([ana]);
			await servers.cut(ana);
			await connection.inFolder('INBOX', async () => undefined);
			await until(async () => (await servers.sessions()).length === 1);
			await connection.close();
			await until(async () => (await servers.sessions()).length === 0);
		});

		test('repeats what may be repeated, with a fresh token', async () => {
			const login = servers.login('imap', { lifetimeSeconds: 600 });
			const connection = createImapConnection(login);
			let attempts = 0;
			const answer = await connection.inFolder(
				'INBOX',
				async (opened) => {
					attempts += 1;
					if (attempts === 1) {
						await servers.advanceClock(601_000);
						await opened.ended;
					}
					return await opened.run(async (client) => await client.search({ all: true }));
				},
				{ isRepeatable: true },
			);
			expect(Array.isArray(answer)).toBe(true);
			expect(attempts).toBe(2);
			expect(login.tokens.asked.renew).toBe(1);
			await connection.close();
		});

		test('repeats nothing else', async () => {
			const connection = createImapConnection(servers.login('imap'));
			let attempts = 0;
			const work = connection.inFolder('INBOX', async (opened) => {
				attempts += 1;
				await servers.cut(ana);
				await opened.ended;
				return await opened.run(async (client) => await client.list());
			});
			expect(await failureOf(work)).toMatchObject({ code: 'connection_lost' });
			expect(attempts).toBe(1);
			await connection.close();
		});

		test('does not sign in for each item where the sign-in is refused', async () => {
			const login = servers.login('imap', { resource: 'graph' });
			const connection = createImapConnection(login);
			for (let item = 0; item < 5; item++) {
				expect(await failureOf(connection.use(listFolders))).toMatchObject({
					code: 'wrong_audience',
				});
			}
			expect(login.tokens.asked.getToken).toBe(1);
		});
	});

	test('an untrusted certificate is told as such', async () => {
		servers.distrust();
		try {
			const { code, nextStep } = await failureOf(openImap(servers.login('imap')));
			expect(code).toBe('certificate_refused');
			expect(nextStep).toContain('NODE_EXTRA_CA_CERTS');
		} finally {
			servers.trust();
		}
	});
});

describe('a server that is no IMAP server of ours', () => {
	let listener: Server | undefined;
	afterEach(() => {
		listener?.close();
		listener = undefined;
	});

	async function listen(talk: (socket: Socket) => void): Promise<number> {
		const server = createServer((socket) => {
			socket.on('error', () => undefined);
			talk(socket);
		});
		listener = server;
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		const address = server.address();
		return typeof address === 'object' && address ? address.port : 0;
	}

	const loginTo = (port: number, security: 'tls' | 'starttls', host = '127.0.0.1'): MailLogin => ({
		server: { host, port, security },
		mailbox: ana,
		tokens: createFakeTokens(),
	});

	test('a closed port', async () => {
		const port = await listen(() => undefined);
		listener?.close();
		await delay(10);
		const failure = await failureOf(openImap(loginTo(port, 'tls')));
		expect(failure).toMatchObject({ code: 'connection_refused', isPassing: true });
		expect(failure.message).toContain(`127.0.0.1:${port}`);
	});

	test('a name that does not exist', async () => {
		const failure = await failureOf(openImap(loginTo(993, 'tls', 'imap.invalid')));
		expect(failure.code).toBe('host_not_found');
	});

	test('clear text where TLS is expected', async () => {
		const port = await listen((socket) => socket.write('* OK ready\r\n'));
		const { code, nextStep } = await failureOf(openImap(loginTo(port, 'tls')));
		expect(code).toBe('tls_mismatch');
		expect(nextStep).toContain('STARTTLS');
	});

	test('no STARTTLS: the token is not sent in clear text', async () => {
		const received: string[] = [];
		const port = await listen((socket) => {
			socket.write('* OK [CAPABILITY IMAP4rev1 AUTH=XOAUTH2] ready\r\n');
			socket.on('data', (chunk) => {
				received.push(chunk.toString('latin1'));
				const [tag = '*'] = (received.at(-1) ?? '').split(' ');
				socket.write(`* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\r\n${tag} OK done\r\n`);
			});
		});
		const { code } = await failureOf(openImap(loginTo(port, 'starttls')));
		expect(code).toBe('tls_mismatch');
		expect(received.join('')).not.toMatch(/AUTHENTICATE/i);
	});

	test('silence', async () => {
		const port = await listen(() => undefined);
		const failure = await failureOf(openImap(loginTo(port, 'tls'), { connectTimeoutMs: 100 }));
		expect(failure).toMatchObject({ code: 'timeout', isPassing: true });
	});

	test('no host at all', async () => {
		expect(await failureOf(openImap(loginTo(993, 'tls', '')))).toMatchObject({ code: 'no_host' });
	});
});
