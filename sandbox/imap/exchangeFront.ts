import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Transform } from 'node:stream';
import { createServer, type TLSSocket } from 'node:tls';
import type { Clock } from '../clock';
import type { MailAccess } from '../login/mailAccess';
import type { SandboxTls } from '../tls';

/**
 * TLS in front of Dovecot, and what Exchange does otherwise: it takes any good token, then refuses
 * each command where the token's owner has no rights in the mailbox or it has too many sessions,
 * and it ends a session whose token runs out.
 */
export interface ExchangeFront {
	/** Ends sessions without a word, as a lost connection does; of one mailbox, or all. */
	cut(mailbox?: string): void;
	/** Sessions stay open and nothing passes any more, as behind a firewall that forgot them. */
	freeze(mailbox?: string): void;
	/** How many sessions a mailbox may have at once. */
	limit(sessions: number): void;
	/** The mailbox of each session that is open now. */
	openMailboxes(): string[];
	listen(): Promise<void>;
	/** Ends all sessions and closes the port. */
	close(): Promise<void>;
}

export interface ExchangeFrontOptions {
	readonly tls: SandboxTls;
	readonly port: number;
	readonly dovecotPort: number;
	readonly clock: Clock;
	readonly introspect: (token: string) => Promise<MailAccess>;
	/** See `ImapOptions`. */
	readonly password?: string;
}

interface Session {
	readonly client: TLSSocket;
	readonly dovecot: Socket;
	/** What Dovecot says, on its way to the client. */
	readonly answers: Transform;
	/** From the sign-in on, in lower case. */
	mailbox?: string;
	/** Seconds since 1970. */
	expiresAt?: number;
}

const expiryCheckMs = 100;
export const defaultSessionLimit = 20;

export function createExchangeFront(options: ExchangeFrontOptions): ExchangeFront {
	const { tls, port, dovecotPort, clock, introspect, password } = options;
	const sessions = new Set<Session>();
	let sessionLimit = defaultSessionLimit;
	const sessionsOf = (mailbox: string | undefined): Session[] =>
		[...sessions].filter((one) => !mailbox || one.mailbox === mailbox.toLowerCase());

	const server = createServer({ key: tls.key, cert: tls.cert }, (client) => {
		const dovecot = connect(dovecotPort, '127.0.0.1');
		const answers = new Transform({
			transform(chunk: Buffer, _encoding, done) {
				done(null, session.mailbox === undefined ? asExchange(chunk) : chunk);
			},
		});
		const session: Session = { client, dovecot, answers };
		sessions.add(session);
		client
			.on('error', () => undefined)
			.on('close', () => {
				sessions.delete(session);
				dovecot.destroy();
			});
		dovecot.on('error', () => client.destroy());
		dovecot.pipe(answers).pipe(client);
		relay(session).catch(() => client.destroy());
	});
	// A handshake that fails is the client's affair.
	server.on('tlsClientError', () => undefined);

	async function relay(session: Session): Promise<void> {
		const { client, dovecot } = session;
		const outcome = await signIn(session);
		if (outcome.kind === 'ended') return;
		if (outcome.kind === 'signedIn') {
			dovecot.write(outcome.rest);
			client.pipe(dovecot);
			return;
		}
		session.answers.unpipe(client);
		dovecot.destroy();
		client.write(`${outcome.tag} OK AUTHENTICATE completed.\r\n`);
		await refuseCommands(client);
	}

	/** Passes lines on until somebody with a good token has signed in. */
	async function signIn(session: Session): Promise<Outcome> {
		const { client, dovecot } = session;
		let received = '';
		let tag: string | undefined;
		for await (const chunk of chunksOf(client)) {
			received += chunk.toString('latin1');
			for (let end = received.indexOf('\r\n'); end >= 0; end = received.indexOf('\r\n')) {
				const line = received.slice(0, end);
				received = received.slice(end + 2);
				const byPassword = loginWith(password, line);
				if (byPassword !== undefined) session.mailbox = byPassword;
				const asked = /^(\S+) authenticate \S+(?: (\S+))?$/i.exec(line);
				const response = tag === undefined ? asked?.[2] : line;
				tag = tag ?? asked?.[1];
				const refusedTag =
					response === undefined ? undefined : await settle(session, response, tag);
				if (refusedTag !== undefined) return { kind: 'refused', tag: refusedTag };
				dovecot.write(`${line}\r\n`, 'latin1');
				if (session.mailbox !== undefined) {
					return { kind: 'signedIn', rest: Buffer.from(received, 'latin1') };
				}
				if (response !== undefined) tag = undefined;
			}
		}
		return { kind: 'ended' };
	}

	/** @returns the tag to refuse, where the token is good and the mailbox is not for it */
	async function settle(
		session: Session,
		response: string,
		tag: string | undefined,
	): Promise<string | undefined> {
		const { mailbox, token } = readSasl(response);
		const access = await introspect(token);
		// Dovecot asks too, and says no.
		if (!access.active || mailbox === '') return undefined;
		const isFull = sessionsOf(mailbox).length >= sessionLimit;
		if (isFull || !access.mailboxes.includes(mailbox)) return tag;
		session.mailbox = mailbox;
		session.expiresAt = access.exp;
		return undefined;
	}

	const timer = setInterval(() => {
		for (const session of sessions) {
			if (session.expiresAt === undefined || session.expiresAt * 1000 > clock.now()) continue;
			delete session.expiresAt;
			session.answers.unpipe(session.client);
			session.client.end('* BYE Session invalidated - AccessTokenExpired\r\n');
		}
	}, expiryCheckMs);
	timer.unref();

	return {
		cut: (mailbox) => sessionsOf(mailbox).forEach(({ client }) => client.destroy()),
		freeze(mailbox) {
			for (const { client, dovecot, answers } of sessionsOf(mailbox)) {
				client.unpipe(dovecot).resume();
				answers.unpipe(client).resume();
			}
		},
		limit: (count) => void (sessionLimit = count),
		openMailboxes: () => [...sessions].flatMap(({ mailbox }) => mailbox ?? []),
		async listen() {
			server.listen(port, '127.0.0.1');
			await once(server, 'listening');
		},
		async close() {
			const closed = once(server, 'close');
			server.close();
			for (const { client } of sessions) client.destroy();
			await closed;
		},
	};
}

type Outcome =
	| { readonly kind: 'ended' }
	| { readonly kind: 'signedIn'; readonly rest: Buffer }
	| { readonly kind: 'refused'; readonly tag: string };

async function refuseCommands(client: TLSSocket): Promise<void> {
	let received = '';
	for await (const chunk of chunksOf(client)) {
		received += chunk.toString('latin1');
		const lines = received.split('\r\n');
		received = lines.pop() ?? '';
		for (const line of lines) {
			const [tag = '*', command = ''] = line.split(' ');
			if (command.toLowerCase() !== 'logout') {
				client.write(`${tag} BAD User is authenticated but not connected.\r\n`);
				continue;
			}
			client.end(
				`* BYE Microsoft Exchange Server IMAP4 server signing off.\r\n${tag} OK LOGOUT completed.\r\n`,
			);
		}
	}
}

/** Exchange knows XOAUTH2 only. The other mechanism works here too, for whoever tries it unasked. */
function asExchange(greeting: Buffer): Buffer {
	return Buffer.from(greeting.toString('latin1').replace(' AUTH=OAUTHBEARER', ''), 'latin1');
}

/** @returns the mailbox, where the line is a LOGIN with this password; node-imap quotes both words */
function loginWith(password: string | undefined, line: string): string | undefined {
	const [, mailbox, given] = /^\S+ login "?([^\s"]+)"? "?([^\s"]+)"?$/i.exec(line) ?? [];
	return given !== undefined && given === password ? mailbox?.toLowerCase() : undefined;
}

/** Leaves the socket open for whoever reads on. */
function chunksOf(socket: Socket): AsyncIterable<Buffer> {
	return { [Symbol.asyncIterator]: () => socket.iterator({ destroyOnReturn: false }) };
}

/** XOAUTH2's `user=…^Aauth=Bearer …^A^A`, or OAUTHBEARER's `n,a=…,^A…^Aauth=Bearer …^A^A` (RFC 7628). */
function readSasl(response: string): { mailbox: string; token: string } {
	const text = Buffer.from(response, 'base64').toString('utf8');
	const mailbox = /^user=([^\x01]*)/.exec(text)?.[1] ?? /^n,a=([^,\x01]*),/.exec(text)?.[1] ?? '';
	const token = /\x01auth=bearer ([^\x01]+)/i.exec(text)?.[1] ?? '';
	return { mailbox: mailbox.toLowerCase(), token };
}
