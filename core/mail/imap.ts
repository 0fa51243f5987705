import type { ImapFlow, ImapFlowError } from 'imapflow';
import { CancelledError } from '../graph/errors';
import { toImapError } from './imapErrors';
import { MailServerError } from './MailServerError';
import type { MailLogin } from './types';

export type {
	FetchMessageObject,
	ImapFlow,
	ListResponse,
	MailboxObject,
	MessageStructureObject,
	SearchObject,
} from 'imapflow';

export interface ImapOptions {
	/** Ends the session. */
	readonly signal?: AbortSignal;
	/** For the connection until the mailbox is open. Default: 30 seconds. */
	readonly connectTimeoutMs?: number;
	/** How long the server may be silent in the middle of an answer. Default: 2 minutes. */
	readonly silenceTimeoutMs?: number;
	/** IDLE while nothing else is done, with the folder that is open. Default: none. */
	readonly idle?: {
		/** How long after the last command it begins. */
		readonly afterMs: number;
		/** How long one IDLE lasts; servers end those of 30 minutes. */
		readonly restartMs: number;
	};
	/** Lines for a log: never what a message or token holds. */
	readonly log?: (text: string) => void;
}

/** A signed-in IMAP connection. Every failure is a `MailServerError`, or an `AuthError` of the token. */
export interface ImapSession {
	/** For events, and for state such as `mailbox`. Commands go through `run`. */
	readonly client: ImapFlow;
	readonly isOpen: boolean;
	/** Settles when the session is over: with the reason, or `undefined` where `close` or the signal ended it. Never rejects. */
	readonly ended: Promise<Error | undefined>;
	/**
	 * Runs commands. imapflow answers `false` or `undefined` where the server refused, and so an answer of
	 * these is a failure here; wrap it where it is none.
	 * @param folder for the error's text
	 */
	run<T>(
		work: (client: ImapFlow) => Promise<T | false | undefined>,
		folder?: string,
	): Promise<Exclude<T, false | undefined>>;
	/** Any failure as an error that says what to do, for what was not done by `run`. */
	explain(error: unknown, folder?: string): Error;
	/** Logs out, within moments and without ever failing. */
	close(): Promise<void>;
}

const defaultConnectTimeoutMs = 30_000;
const defaultSilenceTimeoutMs = 120_000;
const logoutTimeoutMs = 2_000;

/** What a fresh token may mend. */
const tokenCodes = new Set(['authentication_failed', 'token_expired', 'session_expired']);

/**
 * Opens a session with a good token (XOAUTH2, or OAUTHBEARER where the server offers it); one that
 * the server refuses is renewed once.
 * @throws {MailServerError | AuthError | CancelledError}
 */
export async function openImap(login: MailLogin, options: ImapOptions = {}): Promise<ImapSession> {
	const token = await login.tokens.getToken();
	try {
		return await signIn(login, token, options);
	} catch (error) {
		if (!(error instanceof MailServerError) || !tokenCodes.has(error.code)) throw error;
		const renewed = await login.tokens.renew(token);
		if (renewed === token) throw error;
		return await signIn(login, renewed, options);
	}
}

/** A session for as long as `work` takes. */
export async function withImap<T>(
	login: MailLogin,
	options: ImapOptions,
	work: (session: ImapSession) => Promise<T>,
): Promise<T> {
	const session = await openImap(login, options);
	try {
		return await work(session);
	} finally {
		await session.close();
	}
}

async function signIn(login: MailLogin, token: string, options: ImapOptions): Promise<ImapSession> {
	const { signal, log } = options;
	if (signal?.aborted) throw new CancelledError();
	if (login.server.host === '') throw noHost();
	const refusals = new Refusals();
	const client = await createClient(login, token, options, refusals);
	let isClosing = false;
	let failure: unknown;
	const explain = (error: unknown, folder?: string): Error =>
		signal?.aborted
			? new CancelledError()
			: toImapError(error, {
					login,
					token,
					byeReason: client.byeReason,
					...(folder !== undefined && { folder }),
				});
	const abort = () => {
		isClosing = true;
		client.close();
	};
	signal?.addEventListener('abort', abort, { once: true });
	// Without a listener an 'error' event would end the process.
	client.on('error', (error) => (failure ??= error));
	const ended = new Promise<Error | undefined>((resolve) => {
		client.once('close', () => {
			signal?.removeEventListener('abort', abort);
			const reason = isClosing ? undefined : explain(failure ?? lost());
			if (reason) log?.(`The IMAP session of ${login.mailbox} ended: ${reason.message}`);
			resolve(reason);
		});
	});
	try {
		await client.connect();
	} catch (error) {
		isClosing = true;
		client.close();
		throw explain(error);
	}
	return {
		client,
		ended,
		explain,
		get isOpen() {
			return client.usable && !isClosing;
		},
		run: async <T>(work: (client: ImapFlow) => Promise<T | false | undefined>, folder?: string) => {
			refusals.forget();
			try {
				const answer = await work(client);
				if (answer === false || answer === undefined) throw refusals.last ?? lost(client);
				return answer as Exclude<T, false | undefined>;
			} catch (error) {
				throw explain(error, folder);
			}
		},
		close: async () => {
			if (isClosing) return;
			isClosing = true;
			// A server that is gone does not answer; the socket is closed then.
			const timer = setTimeout(() => client.close(), logoutTimeoutMs);
			await client.logout().catch(() => undefined);
			clearTimeout(timer);
			client.close();
		},
	};
}

async function createClient(
	{ server, mailbox }: MailLogin,
	token: string,
	options: ImapOptions,
	refusals: Refusals,
): Promise<ImapFlow> {
	const { connectTimeoutMs = defaultConnectTimeoutMs, idle } = options;
	// Loaded by those who use it: it brings a logger and character sets.
	const { ImapFlow: Client } = await import('imapflow');
	return new Client({
		host: server.host,
		port: server.port,
		secure: server.security === 'tls',
		// Refuses to go on in clear text where the server has no STARTTLS.
		...(server.security === 'starttls' && { doSTARTTLS: true }),
		auth: { user: mailbox, accessToken: token },
		clientInfo: { name: 'n8n-nodes-microsoft365' },
		connectionTimeout: connectTimeoutMs,
		greetingTimeout: connectTimeoutMs,
		socketTimeout: options.silenceTimeoutMs ?? defaultSilenceTimeoutMs,
		disableCompression: true,
		...(idle
			? { autoIdleDelay: idle.afterMs, maxIdleTime: idle.restartMs }
			: { disableAutoIdle: true }),
		logger: refusals.logger,
	});
}

/** imapflow tells the server's refusal of a command to its logger alone, and its caller `false`. */
class Refusals {
	last: ImapFlowError | undefined;

	readonly logger = {
		debug: () => undefined,
		info: () => undefined,
		warn: (entry: unknown) => this.#keep(entry),
		error: (entry: unknown) => this.#keep(entry),
	};

	forget(): void {
		this.last = undefined;
	}

	#keep(entry: unknown): void {
		if (typeof entry !== 'object' || entry === null || !('err' in entry)) return;
		const { err } = entry;
		if (err instanceof Error && 'responseStatus' in err) this.last = err as ImapFlowError;
	}
}

function lost(client?: ImapFlow): Error {
	const isOpen = client?.usable ?? false;
	return Object.assign(new Error(isOpen ? 'It answered nothing' : 'Connection not available'), {
		code: isOpen ? 'no_answer' : 'NoConnection',
	});
}

function noHost(): MailServerError {
	return new MailServerError('The credential names no IMAP server', {
		code: 'no_host',
		nextStep: 'Enter the IMAP host in the credential.',
		whoCanFix: 'user',
	});
}
