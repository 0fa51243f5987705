import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { MailServer } from '../../core/clouds';
import type { SandboxDirectory } from '../directory';
import type { RunningImap } from '../imap/startImap';
import type { MailAccess } from '../login/mailAccess';
import { freePort } from '../ports';
import type { SandboxTls } from '../tls';
import { refusals, SmtpReplyError, type SmtpRefusal } from './refusals';

export interface SmtpOptions {
	readonly tls: SandboxTls;
	/** 0 or absent: any free one. */
	readonly port?: number;
	readonly directory: SandboxDirectory;
	readonly introspect: (token: string) => Promise<MailAccess>;
	/** Where mail to the directory's people goes; absent: it is only kept. */
	readonly imap?: Pick<RunningImap, 'deliver' | 'hasMailbox'>;
}

/** A message that the server took, whole. */
export interface ReceivedMail {
	/** The mailbox that signed in. */
	readonly user: string;
	readonly from: string;
	readonly to: readonly string[];
	readonly sizeBytes: number;
	/** Hexadecimal, of the message as it came. */
	readonly sha256: string;
	readonly file: string;
	/** What the sender wants to be told of by DSN (RFC 3461). */
	readonly dsn: readonly string[];
}

export interface RunningSmtp {
	readonly server: MailServer;
	readonly received: readonly ReceivedMail[];
	/** Sign-ins so far, by mailbox: `accepted` or the refusal's status. */
	readonly signIns: ReadonlyArray<{ readonly mailbox: string; readonly outcome: string }>;
	/** Refuses the next ones that come to the refusal's step. */
	refuse(refusal: SmtpRefusal, times?: number): void;
	/** Ends all connections without a word. */
	cut(): void;
	/** Forgets what was received, and every refusal. */
	reset(): void;
	close(): Promise<void>;
}

/** Exchange takes three connections of a mailbox at once. */
const maxConnections = 3;
const maxMessageBytes = 35 * 1024 * 1024;

interface SignedIn {
	readonly mailbox: string;
	/** Addresses that it may send as. */
	readonly senders: readonly string[];
}

/** Exchange's SMTP client submission: STARTTLS, XOAUTH2, and its refusals. */
export async function startSmtp(options: SmtpOptions): Promise<RunningSmtp> {
	const { tls, directory, introspect, imap } = options;
	const folder = await mkdtemp(join(tmpdir(), 'm365-smtp-'));
	const received: ReceivedMail[] = [];
	const signIns: Array<{ mailbox: string; outcome: string }> = [];
	const pending: SmtpRefusal[] = [];
	const open = new Map<string, string>();

	const nextRefusal = (step: (typeof refusals)[SmtpRefusal]['at']): SmtpRefusal | undefined => {
		const place = pending.findIndex((name) => refusals[name].at === step);
		return place < 0 ? undefined : pending.splice(place, 1)[0];
	};
	const refused = (name: SmtpRefusal, mailbox: string): SmtpReplyError =>
		new SmtpReplyError((refusals[name].reply ?? '').replace('{mailbox}', mailbox));

	async function signIn(mailbox: string, token: string, session: string): Promise<SignedIn> {
		const refusal = nextRefusal('auth');
		if (refusal) throw refused(refusal, mailbox);
		const access = await introspect(token);
		if (!access.active || !access.mailboxes.includes(mailbox.toLowerCase())) {
			throw refused('authUnsuccessful', mailbox);
		}
		const others = [...open.values()].filter((name) => name === mailbox.toLowerCase());
		if (others.length >= maxConnections) throw refused('concurrency', mailbox);
		open.set(session, mailbox.toLowerCase());
		return { mailbox, senders: access.mailboxes };
	}

	async function take(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<string> {
		const { mailbox, senders } = session.user as SignedIn;
		const refusal = nextRefusal('data');
		if (refusal === 'dropInData') return await cut(session);
		const file = join(folder, `${received.length + 1}-${randomUUID().slice(0, 8)}.eml`);
		const hash = createHash('sha256');
		let sizeBytes = 0;
		let head = '';
		const meter = new Transform({
			transform(chunk: Buffer, _encoding, done) {
				hash.update(chunk);
				sizeBytes += chunk.length;
				if (head.length < 64 * 1024) head += chunk.toString('latin1');
				done(null, chunk);
			},
		});
		await pipeline(stream, meter, createWriteStream(file));
		if (refusal && refusals[refusal].reply !== undefined) throw refused(refusal, mailbox);
		if (stream.sizeExceeded) throw refused('tooLarge', mailbox);
		const { mailFrom, rcptTo } = session.envelope;
		const from = mailFrom ? mailFrom.address : '';
		if ([from, headerFrom(head)].some((sender) => !senders.includes(sender.toLowerCase()))) {
			throw refused('sendAsDenied', mailbox);
		}
		const to = rcptTo.map(({ address }) => address);
		const dsn = rcptTo[0]?.dsn?.notify ?? [];
		const sha256 = hash.digest('hex');
		received.push({ user: mailbox, from, to, sizeBytes, sha256, file, dsn });
		for (const address of to.filter((name) => imap?.hasMailbox(name))) {
			await imap?.deliver(address, { content: createReadStream(file) });
		}
		if (refusal === 'dropAfterData') return await cut(session);
		if (refusal === 'silenceAfterData') return await new Promise<never>(() => undefined);
		return `2.0.0 OK <${randomUUID()}@${directory.domain}> [Hostname=SANDBOX.contoso.example]`;
	}

	async function cut(session: SMTPServerSession): Promise<never> {
		for (const connection of server.connections) {
			if (connection.id === session.id) connection._socket.destroy();
		}
		return await new Promise<never>(() => undefined);
	}

	const server = new SMTPServer({
		key: tls.key,
		cert: tls.cert,
		name: 'SANDBOX.contoso.example',
		banner: 'Microsoft ESMTP MAIL Service ready',
		authMethods: ['XOAUTH2'],
		authOptional: true,
		hideDSN: false,
		size: maxMessageBytes,
		disableReverseLookup: true,
		closeTimeout: 100,
		onConnect(session, done) {
			const refusal = nextRefusal('connect');
			if (refusal === 'dropAtConnect') void cut(session);
			else if (refusal === undefined) done();
		},
		onAuth({ username = '', accessToken = '' }, session, done) {
			if (!session.secure) {
				done(new SmtpReplyError('530 5.7.0 Must issue a STARTTLS command first'));
				return;
			}
			signIn(username, accessToken, session.id).then(
				(user) => {
					signIns.push({ mailbox: username, outcome: 'accepted' });
					done(null, { user });
				},
				(error: Error) => {
					signIns.push({ mailbox: username, outcome: error.message.split(' ')[0] ?? '' });
					done(error);
				},
			);
		},
		onMailFrom(_address, session, done) {
			const refusal = session.user ? nextRefusal('mailFrom') : 'notAuthenticated';
			done(refusal ? refused(refusal, '') : null);
		},
		onRcptTo({ address }, _session, done) {
			const [, domain] = address.toLowerCase().split('@');
			const isKnown = directory.users.some(
				({ userPrincipalName }) => userPrincipalName.toLowerCase() === address.toLowerCase(),
			);
			done(
				domain === directory.domain && !isKnown
					? new SmtpReplyError(
							'550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup',
						)
					: null,
			);
		},
		onData(stream, session, done) {
			take(stream, session).then(
				(answer) => done(null, answer),
				(error: Error) => done(error),
			);
		},
		onClose: ({ id }) => void open.delete(id),
	});
	// A client that goes away is nothing to end for.
	server.on('error', () => undefined);
	const port = options.port === undefined || options.port === 0 ? await freePort() : options.port;
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));

	return {
		server: { host: '127.0.0.1', port, security: 'starttls' },
		received,
		signIns,
		refuse: (refusal, times = 1) => pending.push(...Array.from({ length: times }, () => refusal)),
		cut: () => server.connections.forEach(({ _socket }) => _socket.destroy()),
		reset() {
			received.length = 0;
			signIns.length = 0;
			pending.length = 0;
		},
		async close() {
			await new Promise<void>((resolve) => server.close(resolve));
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** The address of the From header, which Exchange compares as well. */
function headerFrom(head: string): string {
	const line = /^from:((?:.*\r?\n[ \t])*.*)$/im.exec(head.split(/\r?\n\r?\n/)[0] ?? '')?.[1] ?? '';
	return /<([^<>]+)>\s*$/.exec(line)?.[1] ?? line.trim();
}
