import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TokenProvider } from '../../core/auth/TokenProvider';
import type { MailServer } from '../../core/clouds';
import type { MailLogin } from '../../core/mail/types';
import type { SandboxDirectory } from '../../sandbox/directory';
import { findDovecot } from '../../sandbox/imap/findDovecot';
import type { SmtpRefusal } from '../../sandbox/smtp/refusals';
import { compile, nodeForSandbox, root, sourcesIn } from './nodeForSandbox';
import { trust } from './trust';

const found = findDovecot();

/** Without Dovecot the tests that need it are left out, and it is said so. */
export const hasDovecot = found.reason === undefined;
if (found.reason !== undefined) console.warn(`IMAP tests are left out. ${found.reason}`);

export const describeWithDovecot = hasDovecot ? describe : describe.skip;

export interface MailServersOptions {
	/** Default: true. Without Dovecot `imap` then is absent. */
	readonly imap?: boolean;
	/** A few messages in Ana's and the support mailbox; default: none. */
	readonly seed?: boolean;
}

export interface ReceivedMail {
	/** The mailbox that signed in. */
	readonly user: string;
	readonly from: string;
	readonly to: readonly string[];
	readonly sizeBytes: number;
	/** Hexadecimal, of the message as it came. */
	readonly sha256: string;
	readonly file: string;
	/** What the sender wants to be told of by DSN. */
	readonly dsn: readonly string[];
	readonly attachments: ReadonlyArray<{
		readonly fileName: string;
		readonly sizeBytes: number;
		readonly sha256: string;
	}>;
	/** Byte for byte as latin1; `null` above 1 MB. */
	readonly raw: string | null;
}

export interface TokenOptions {
	/** Absent: the app's own. */
	readonly user?: string;
	/** Default: both mail permissions. */
	readonly scopes?: readonly string[];
	readonly resource?: 'graph' | 'outlook';
	readonly lifetimeSeconds?: number;
}

export interface LoginOptions extends Omit<TokenOptions, 'user'> {
	/** Who signed in; default: Ana. `app`: the app itself. */
	readonly user?: string;
	/** Default: the user's own. */
	readonly mailbox?: string;
	/** Seconds that renewed tokens last, where not as the first. */
	readonly renewedLifetimeSeconds?: number;
}

export interface TestTokens extends TokenProvider {
	/** How often a token was asked for, and how often a new one after a refusal. */
	readonly asked: { getToken: number; renew: number };
}

/** The sandbox's login, IMAP and SMTP servers in a process of their own. */
export interface MailServers {
	/** @throws {Error} where there is none */
	readonly imap: MailServer;
	readonly smtp: MailServer;
	readonly controlUrl: string;
	readonly loginUrl: string;
	readonly caFile: string;
	readonly directory: SandboxDirectory;
	token(options?: TokenOptions): Promise<string>;
	/** Its provider keeps a token until `renew`. */
	login(
		protocol: 'imap' | 'smtp',
		options?: LoginOptions,
	): MailLogin & { readonly tokens: TestTokens };
	/** Puts a message into a mailbox as a delivery does; default folder INBOX. */
	deliver(
		mailbox: string,
		mime: string | Buffer,
		options?: { readonly folder?: string; readonly flags?: readonly string[] },
	): Promise<void>;
	/** IMAP stops; its port is closed and the mail stays. */
	down(): Promise<void>;
	up(): Promise<void>;
	restart(): Promise<void>;
	/** Connections of a mailbox, or all, end without a word. */
	cut(mailbox?: string): Promise<void>;
	/** They stay open and nothing passes any more. */
	freeze(mailbox?: string): Promise<void>;
	/** How many IMAP sessions a mailbox may have; 20 unless told. */
	limitSessions(count: number): Promise<void>;
	/** The mailbox of each open IMAP session. */
	sessions(): Promise<string[]>;
	newUidValidity(mailbox: string, folder?: string): Promise<void>;
	/** Moves the servers' time on: tokens run out, and sessions with them. */
	advanceClock(ms: number): Promise<void>;
	received(): Promise<ReceivedMail[]>;
	signIns(): Promise<Array<{ mailbox: string; outcome: string }>>;
	/** SMTP refuses the next ones that come to the refusal's step. */
	refuse(refusal: SmtpRefusal, times?: number): Promise<void>;
	/** Ends all SMTP connections without a word. */
	cutSmtp(): Promise<void>;
	/** Forgets what SMTP received, signed in, and is to refuse. */
	reset(): Promise<void>;
	/** This process takes their certificates, or no longer does. */
	trust(): void;
	distrust(): void;
	/** Dovecot's own log, for finding out why. */
	log(): Promise<string>;
	close(): Promise<void>;
}

interface ReadyLine {
	readonly imap?: MailServer;
	readonly imapReason?: string;
	readonly smtp: MailServer;
	readonly controlUrl: string;
	readonly loginUrl: string;
	readonly caFile: string;
	readonly ca: string;
	readonly directory: SandboxDirectory;
}

const folders = ['imap', 'smtp', 'login', 'mailServers'].map((name) => `sandbox/${name}`);
const files = ['clock', 'directory', 'tls', 'accessToken', 'ports'].map(
	(name) => `sandbox/${name}.ts`,
);

/** Call `close()` in the end. This process trusts the servers until then. */
export async function startMailServers(options: MailServersOptions = {}): Promise<MailServers> {
	const buildFolder = join(root, '.cache', `mail-servers-${process.pid}-${Date.now()}`);
	const sources = (await Promise.all(folders.map(sourcesIn))).flat();
	await compile([...sources, ...files, 'core/clouds.ts'], buildFolder);
	const args = [
		join(buildFolder, 'sandbox/mailServers/standalone.js'),
		...(options.imap === false ? ['--no-imap'] : []),
		...(options.seed === true ? ['--seed'] : []),
	];
	const child = spawn(nodeForSandbox(), args, { stdio: ['pipe', 'pipe', 'inherit'] });
	const ready = await new Promise<ReadyLine>((resolve, reject) => {
		child.once('exit', () => reject(new Error('The mail servers ended by themselves')));
		createInterface({ input: child.stdout }).once('line', (line) => {
			resolve(JSON.parse(line) as ReadyLine);
		});
	});
	let distrust = trust(ready.ca);
	// `imap` says why it isn't there when it is asked for, which a spread would do at once.
	return Object.assign(mailServers(ready), {
		trust: () => void (distrust = trust(ready.ca)),
		distrust: () => distrust(),
		close: async () => {
			distrust();
			child.stdin.end();
			if (child.exitCode === null) await once(child, 'exit');
			await rm(buildFolder, { recursive: true, force: true });
		},
	});
}

function mailServers(ready: ReadyLine): Omit<MailServers, 'close' | 'trust' | 'distrust'> {
	const call = async <T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> => {
		const answer = await fetch(`${ready.controlUrl}${path}`, {
			method,
			...(body && { body: JSON.stringify(body) }),
		});
		if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`);
		return (await answer.json()) as T;
	};
	const post = async (path: string, body?: object): Promise<void> => {
		await call('POST', path, body);
	};
	const token = async ({
		scopes = ['IMAP.AccessAsUser.All', 'SMTP.Send'],
		...rest
	}: TokenOptions = {}): Promise<string> =>
		(await call<{ token: string }>('POST', '/token', { scopes, ...rest })).token;
	const { smtp, controlUrl, loginUrl, caFile, directory } = ready;
	return {
		get imap() {
			if (!ready.imap) throw new Error(ready.imapReason ?? 'There is no IMAP server');
			return ready.imap;
		},
		smtp,
		controlUrl,
		loginUrl,
		caFile,
		directory,
		token,
		login(protocol, { user = `ana@${directory.domain}`, mailbox, ...rest } = {}) {
			const server = protocol === 'imap' ? this.imap : smtp;
			return { server, mailbox: mailbox ?? user, tokens: testTokens(token, user, rest) };
		},
		deliver: async (mailbox, mime, { folder, flags } = {}) => {
			const text = Buffer.from(mime).toString('base64');
			await post('/deliver', { mailbox, mime: text, base64: true, folder, flags });
		},
		down: async () => await post('/imap/down'),
		up: async () => await post('/imap/up'),
		restart: async () => await post('/imap/restart'),
		cut: async (mailbox) => await post('/imap/cut', { mailbox }),
		freeze: async (mailbox) => await post('/imap/freeze', { mailbox }),
		limitSessions: async (sessions) => await post('/imap/limit', { sessions }),
		sessions: async () => await call('GET', '/imap/sessions'),
		newUidValidity: async (mailbox, folder) => await post('/imap/renumber', { mailbox, folder }),
		advanceClock: async (advanceMs) => await post('/clock', { advanceMs }),
		received: async () => await call('GET', '/smtp/received'),
		signIns: async () => await call('GET', '/smtp/signins'),
		refuse: async (refusal, times) => await post('/smtp/refuse', { refusal, times }),
		cutSmtp: async () => await post('/smtp/cut'),
		reset: async () => await post('/smtp/reset'),
		log: async () => (await call<{ log: string }>('GET', '/imap/log')).log,
	};
}

function testTokens(
	issue: MailServers['token'],
	user: string,
	{ renewedLifetimeSeconds, ...options }: Omit<LoginOptions, 'user' | 'mailbox'>,
): TestTokens {
	const asked = { getToken: 0, renew: 0 };
	const whose = user === 'app' ? {} : { user };
	let current: Promise<string> | undefined;
	return {
		kind: user === 'app' ? 'application' : 'delegated',
		asked,
		async getToken() {
			asked.getToken += 1;
			current ??= issue({ ...options, ...whose });
			return await current;
		},
		async renew(refusedToken) {
			asked.renew += 1;
			if (current !== undefined && (await current) !== refusedToken) return await current;
			const lifetimeSeconds = renewedLifetimeSeconds ?? options.lifetimeSeconds;
			current = issue({
				...options,
				...whose,
				...(lifetimeSeconds !== undefined && { lifetimeSeconds }),
			});
			return await current;
		},
	};
}
