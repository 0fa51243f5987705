import { randomUUID } from 'node:crypto';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { SentMessageInfo as SMTPConnectionSendInfo } from 'nodemailer/lib/smtp-connection';
import { CancelledError } from '../graph/errors';
import { type Clock, systemClock } from '../http/clock';
import { compileMail } from './composeMail';
import { estimateBytes, type OutgoingMail } from './outgoingMail';
import { type SmtpFault, type SmtpPhase, toSmtpError } from './smtpErrors';
import type { MailLogin } from './types';

export interface SmtpClientOptions {
	/** Ends what is under way. */
	readonly signal?: AbortSignal;
	readonly clock?: Clock;
	/** How long the server may be silent at each step. */
	readonly timeoutMs?: number;
	/** Told before each wait for another attempt. */
	readonly onRetry?: (text: string) => void;
}

export interface SentMail {
	/** As recipients see it: Exchange gives one of its own. With angle brackets. */
	readonly messageId: string;
	readonly envelope: { readonly from: string; readonly to: readonly string[] };
	readonly accepted: readonly string[];
	readonly rejected: ReadonlyArray<{ readonly address: string; readonly response: string }>;
	/** The server's last reply. */
	readonly response: string;
	/** As it went over the wire, in bytes, the line that ends it included. */
	readonly sizeBytes: number;
}

export interface SmtpGreeting {
	readonly host: string;
	readonly port: number;
	readonly security: 'tls' | 'starttls';
	readonly mailbox: string;
}

/** One mailbox's way to send. Opens a session when it is first needed and keeps it for what follows. */
export interface SmtpClient {
	/** Signs in and sends nothing. @throws {MailServerError | AuthError} */
	verify(): Promise<SmtpGreeting>;
	/**
	 * Sends once. What the server refuses for now is tried again; what it may have taken is not.
	 * @throws {MailServerError} of code `may_have_been_sent` where the answer to the whole message is missing
	 */
	send(mail: OutgoingMail): Promise<SentMail>;
	close(): Promise<void>;
}

/** Exchange closes a session that is silent for some minutes, and may take as long for a large message. */
const defaultTimeoutMs = 5 * 60_000;
const connectTimeoutMs = 30_000;
const quitTimeoutMs = 1_000;
/** Exchange's own advice for 4.3.2: a few seconds, growing. */
const retryDelaysMs = [3_000, 10_000, 30_000] as const;

interface Session {
	readonly connection: SMTPConnection;
	/** Rejects when the connection breaks. */
	readonly broken: Promise<never>;
	/** Whether a message went through it before. */
	hasSent: boolean;
	isOver: boolean;
}

/** A failure, and how far the message had come. */
class StepError extends Error {
	override readonly name = 'StepError';
	constructor(
		readonly phase: SmtpPhase,
		override readonly cause: unknown,
		readonly session: Session,
		readonly token?: string,
	) {
		super('An SMTP step failed');
	}
}

export function createSmtpClient(login: MailLogin, options: SmtpClientOptions = {}): SmtpClient {
	const { signal, clock = systemClock, timeoutMs = defaultTimeoutMs, onRetry } = options;
	let current: Session | undefined;

	async function openSession(): Promise<Session> {
		if (current && !current.isOver) return current;
		const token = await login.tokens.getToken();
		try {
			return (current = await signIn(login, token, { timeoutMs, ...(signal && { signal }) }));
		} catch (error) {
			if (!isTokenRefusal(error)) throw error;
			const renewed = await login.tokens.renew(token);
			if (renewed === token) throw error;
			return (current = await signIn(login, renewed, { timeoutMs, ...(signal && { signal }) }));
		}
	}

	async function attempt(mail: OutgoingMail, messageId: string): Promise<SentMail> {
		const session = await openSession();
		const message = await compileMail(mail, messageId, new Date(clock.now()));
		const { from, to } = message.getEnvelope();
		const content = message.createReadStream();
		let phase: SmtpPhase = 'message';
		content.once('end', () => (phase = 'answer'));
		const envelope = {
			from: from || '',
			to,
			size: estimateBytes(mail),
			...(mail.wantsDeliveryReceipt && {
				dsn: { ret: 'HDRS', notify: ['SUCCESS', 'FAILURE', 'DELAY'] },
			}),
		};
		try {
			const info = await step<SMTPConnectionSendInfo>(session, (done) =>
				session.connection.send(envelope, content, done),
			);
			session.hasSent = true;
			return sentMail(info, { from: envelope.from, to }, messageId);
		} catch (error) {
			content.destroy();
			// After a refusal the server waits for the next command; after anything else nobody knows.
			if (!isReply(error)) leave(session);
			else
				await step<unknown>(session, (done) => session.connection.reset(done)).catch(() =>
					leave(session),
				);
			throw new StepError(phase, error, session);
		}
	}

	const explain = (error: unknown, sender?: string): Error => {
		if (signal?.aborted) return new CancelledError();
		if (!(error instanceof StepError)) {
			return error instanceof Error ? error : new Error(String(error));
		}
		const { phase, cause, token } = error;
		return toSmtpError(cause, {
			login,
			phase,
			nowMs: clock.now(),
			...(token !== undefined && { token }),
			...(sender !== undefined && { sender }),
		});
	};

	/** Does it again where the server said "not now", or had closed an idle session. */
	async function patiently<T>(work: () => Promise<T>, sender?: string): Promise<T> {
		for (let tries = 0; ; tries++) {
			try {
				return await work();
			} catch (error) {
				const delayMs = delayBefore(error, tries);
				if (delayMs === undefined || signal?.aborted) throw explain(error, sender);
				if (delayMs > 0) {
					onRetry?.(
						`${explain(error, sender).message}. Trying again in ${delayMs / 1000} seconds.`,
					);
					await clock.sleep(delayMs, signal);
				}
			}
		}
	}

	return {
		async verify() {
			await patiently(openSession);
			const { host, port, security } = login.server;
			return { host, port, security, mailbox: login.mailbox };
		},
		async send(mail) {
			const messageId = `<${randomUUID()}@${mail.from.address.split('@').at(-1) ?? 'localhost'}>`;
			return await patiently(async () => await attempt(mail, messageId), mail.from.address);
		},
		async close() {
			const session = current;
			current = undefined;
			if (!session || session.isOver) return;
			const ended = session.broken.catch(() => undefined);
			session.connection.quit();
			await Promise.race([ended, clock.sleep(quitTimeoutMs).catch(() => undefined)]);
			session.connection.close();
		},
	};
}

interface SignInOptions {
	readonly timeoutMs: number;
	readonly signal?: AbortSignal;
}

async function connect(login: MailLogin, { timeoutMs, signal }: SignInOptions): Promise<Session> {
	const { default: Connection } = await import('nodemailer/lib/smtp-connection');
	const { server } = login;
	const connection = new Connection({
		host: server.host,
		port: server.port,
		secure: server.security === 'tls',
		// Never in the clear, whatever the server offers.
		requireTLS: server.security === 'starttls',
		tls: { minVersion: 'TLSv1.2' },
		connectionTimeout: Math.min(timeoutMs, connectTimeoutMs),
		greetingTimeout: Math.min(timeoutMs, connectTimeoutMs),
		socketTimeout: timeoutMs,
		logger: false,
	});
	const broken = new Promise<never>((_resolve, reject) => {
		connection.on('error', reject);
		connection.once('end', () => {
			session.isOver = true;
			reject(Object.assign(new Error('The server closed the connection'), { code: 'ECONNRESET' }));
		});
	});
	broken.catch(() => undefined);
	const session: Session = { connection, broken, hasSent: false, isOver: false };
	signal?.addEventListener('abort', () => leave(session), { once: true });
	try {
		await step<unknown>(session, (done) => connection.connect((error) => done(error ?? null)));
		return session;
	} catch (error) {
		leave(session);
		throw new StepError('connect', error, session);
	}
}

async function signIn(login: MailLogin, token: string, options: SignInOptions): Promise<Session> {
	const session = await connect(login, options);
	const { default: XOAuth2 } = await import('nodemailer/lib/xoauth2');
	const oauth2 = new XOAuth2({
		user: login.mailbox,
		provisionCallback: (_user, _renew, done) => done(null, token),
	});
	try {
		await step<unknown>(session, (done) =>
			session.connection.login({ user: login.mailbox, method: 'XOAUTH2', oauth2 }, done),
		);
		return session;
	} catch (error) {
		leave(session);
		throw new StepError('signIn', error, session, token);
	}
}

type Done<T> = (error: Error | null, result?: T) => void;

/** One step, or the end of the connection, whichever comes first. */
async function step<T>({ broken }: Session, begin: (done: Done<T>) => void): Promise<T> {
	const answered = new Promise<T>((resolve, reject) => {
		begin((error, result) => {
			if (error) reject(error);
			else resolve(result as T);
		});
	});
	return await Promise.race([answered, broken]);
}

function leave(session: Session): void {
	session.isOver = true;
	session.connection.close();
}

const replyCodeOf = (error: unknown): number | undefined =>
	error instanceof Error ? (error as SmtpFault).responseCode : undefined;

const isReply = (error: unknown): boolean => replyCodeOf(error) !== undefined;

/** Worth a new token: the server didn't like this one, and says nothing else that explains it. */
function isTokenRefusal(error: unknown): boolean {
	if (!(error instanceof StepError) || error.phase !== 'signIn') return false;
	const { response = '' } = error.cause as SmtpFault;
	return replyCodeOf(error.cause) === 535 && !response.includes('5.7.139');
}

/** @returns how long to wait before another attempt; `undefined` where there must be none */
function delayBefore(error: unknown, tries: number): number | undefined {
	if (!(error instanceof StepError)) return undefined;
	const { phase, cause, session } = error;
	const code = replyCodeOf(cause);
	if (code !== undefined) return code < 500 ? retryDelaysMs[tries] : undefined;
	// Servers close sessions that were idle. Nothing of this message was taken, and a new one may work.
	const wasIdle = phase === 'message' && session.hasSent && (cause as SmtpFault).code !== 'ESTREAM';
	return wasIdle && tries === 0 ? 0 : undefined;
}

function sentMail(
	info: SMTPConnectionSendInfo,
	envelope: SentMail['envelope'],
	messageId: string,
): SentMail {
	const { accepted, rejected, rejectedErrors = [], response, serverMessageId } = info;
	return {
		messageId: serverMessageId ?? messageId,
		envelope,
		accepted,
		rejected: rejected.map((address, place) => ({
			address,
			response: rejectedErrors[place]?.response ?? '',
		})),
		response,
		sizeBytes: info.messageSize,
	};
}
