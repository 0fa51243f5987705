import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { MailServer } from '../../core/clouds';
import type { Clock } from '../clock';
import type { SandboxDirectory } from '../directory';
import type { MailAccess } from '../login/mailAccess';
import { freePort } from '../ports';
import type { SandboxTls } from '../tls';
import { type Account, dovecotConfig, oauth2Config } from './dovecotConfig';
import { createExchangeFront, type ExchangeFront } from './exchangeFront';
import { findDovecot } from './findDovecot';
import { type Delivery, Maildir, type Owner } from './maildir';
import { seedMessages } from './seeds';

export interface ImapOptions {
	readonly tls: SandboxTls;
	/** 0 or absent: any free one. */
	readonly port?: number;
	readonly directory: SandboxDirectory;
	readonly clock: Clock;
	/** The login's; Dovecot asks it at each sign-in. */
	readonly introspectionUrl: string;
	/** The same for who may open which mailbox, and until when. */
	readonly introspect: (token: string) => Promise<MailAccess>;
	readonly withSeeds?: boolean;
	/**
	 * Signs anybody in by LOGIN, beside tokens; it may not need quoting. Exchange takes no passwords
	 * any more, but n8n's own IMAP node knows nothing else, and the benchmark compares with it.
	 */
	readonly password?: string;
}

export interface RunningImap extends Pick<
	ExchangeFront,
	'cut' | 'freeze' | 'limit' | 'openMailboxes'
> {
	readonly server: MailServer;
	/** @throws {Error} where nobody has this address */
	deliver(mailbox: string, delivery: Omit<Delivery, 'folder'> & { folder?: string }): Promise<void>;
	hasMailbox(address: string): boolean;
	/** Stops the server and keeps the mail; its port is then closed. */
	down(): Promise<void>;
	up(): Promise<void>;
	/** How many messages a folder has; Dovecot knows all of them from then on. */
	count(mailbox: string, folder: string): Promise<{ messages: number; unseen: number }>;
	/** Removes all messages of a folder. */
	empty(mailbox: string, folder: string): Promise<void>;
	/** Gives a folder another UIDVALIDITY, as when Exchange moves a mailbox. */
	renumber(mailbox: string, folder: string): Promise<void>;
	log(): Promise<string>;
	close(): Promise<void>;
}

const startTimeoutMs = 20_000;

/** Dovecot in the foreground with a folder of its own, or why there is none. */
export async function startImap(options: ImapOptions): Promise<RunningImap | { reason: string }> {
	const dovecot = findDovecot();
	if (dovecot.reason !== undefined) return { reason: dovecot.reason };
	const { account, owner } = accountToRunAs();
	const port = options.port === undefined || options.port === 0 ? await freePort() : options.port;
	// Not below the project: the path of a socket has to be short, and root's own folders are closed to others.
	const folder = await mkdtemp(join(tmpdir(), 'm365-imap-'));
	const dovecotPort = await freePort();
	const configFile = await writeFiles(folder, { ...options, dovecotPort, account, owner });
	const front = createExchangeFront({ ...options, port, dovecotPort });
	const mailboxes = new Map(
		options.directory.users.map(({ userPrincipalName }) => {
			const address = userPrincipalName.toLowerCase();
			return [address, new Maildir(join(folder, 'mail', address, 'Maildir'), owner)];
		}),
	);
	const find = (address: string): Maildir => {
		const found = mailboxes.get(address.toLowerCase());
		if (!found) throw new Error(`There is no mailbox "${address}"`);
		return found;
	};
	const run = promisify(execFile);
	const doveadm = async (...args: string[]): Promise<string> =>
		(await run(dovecot.doveadm, ['-c', configFile, ...args])).stdout;
	// Above what Dovecot itself gives, which is the time of a folder's making.
	let uidValidity = Math.floor(Date.now() / 1000) + 1_000_000;
	let child: ChildProcess | undefined;
	const imap: RunningImap = {
		cut: (mailbox) => front.cut(mailbox),
		freeze: (mailbox) => front.freeze(mailbox),
		limit: (sessions) => front.limit(sessions),
		openMailboxes: () => front.openMailboxes(),
		server: { host: '127.0.0.1', port, security: 'tls' },
		hasMailbox: (address) => mailboxes.has(address.toLowerCase()),
		deliver: async (mailbox, { folder: name = 'INBOX', ...delivery }) => {
			await find(mailbox).deliver({ ...delivery, folder: name });
		},
		async down() {
			if (!child) return;
			await front.close();
			const ending = child;
			child = undefined;
			// A terminal's Ctrl-C has ended it before.
			if (ending.exitCode !== null || ending.signalCode !== null) return;
			const ended = once(ending, 'exit');
			// It ends Dovecot when its input ends, also when this process is killed.
			ending.stdin?.end();
			await ended;
		},
		async up() {
			if (child) return;
			child = spawn('/bin/sh', ['-c', supervisor, 'sh', dovecot.binary, configFile], {
				cwd: folder,
				stdio: ['pipe', 'ignore', 'inherit'],
				...owner,
			});
			await untilListening(dovecotPort, child, join(folder, 'dovecot.log'));
			await front.listen();
		},
		count: async (mailbox, name) => {
			find(mailbox);
			const user = ['-u', mailbox.toLowerCase()];
			const printed = await doveadm('mailbox', 'status', ...user, 'messages unseen', name);
			const field = (label: string) =>
				Number(new RegExp(`${label}=(\\d+)`).exec(printed)?.[1] ?? 0);
			return { messages: field('messages'), unseen: field('unseen') };
		},
		empty: async (mailbox, name) => {
			find(mailbox);
			await doveadm('expunge', '-u', mailbox.toLowerCase(), 'mailbox', name, 'all');
		},
		renumber: async (mailbox, name) => {
			find(mailbox);
			uidValidity += 1;
			const user = ['-u', mailbox.toLowerCase()];
			await doveadm('mailbox', 'update', ...user, '--uid-validity', String(uidValidity), name);
		},
		log: async () => await readFile(join(folder, 'dovecot.log'), 'utf8').catch(() => ''),
		async close() {
			await imap.down();
			await rm(folder, { recursive: true, force: true });
		},
	};
	try {
		if (options.withSeeds) await seedMessages(options.directory, imap);
		await imap.up();
	} catch (error) {
		await imap.close();
		throw error;
	}
	return imap;
}

/** Runs Dovecot, and ends it when its own input ends, also where that is because the sandbox was killed. */
const supervisor = `
exec 3<&0
"$1" -F -c "$2" </dev/null 3<&- &
server=$!
( cat <&3 >/dev/null; kill "$server" 2>/dev/null ) &
exec 3<&-
wait "$server"
`;

interface RunAs {
	readonly account: Account;
	/** Where it is not this process's own. */
	readonly owner: Owner | undefined;
}

/** Root may not own mail: an account without rights takes its place. */
function accountToRunAs(): RunAs {
	const isRoot = process.getuid?.() === 0;
	const user = isRoot ? 'nobody' : userInfo().username;
	const id = (option: string) => execFileSync('id', [option, user], { encoding: 'utf8' }).trim();
	return {
		account: { user, group: id('-gn') },
		owner: isRoot ? { uid: Number(id('-u')), gid: Number(id('-g')) } : undefined,
	};
}

async function writeFiles(
	folder: string,
	{
		tls,
		introspectionUrl,
		dovecotPort,
		account,
		owner,
		password,
	}: ImapOptions & RunAs & { dovecotPort: number },
): Promise<string> {
	const file = (name: string) => join(folder, name);
	const settings = {
		folder,
		port: dovecotPort,
		account,
		caFile: file('ca.pem'),
		oauth2File: file('oauth2.conf'),
		introspectionUrl,
		password,
	};
	const configFile = file('dovecot.conf');
	const contents = {
		[settings.caFile]: tls.ca,
		[settings.oauth2File]: oauth2Config(settings),
		[configFile]: dovecotConfig(settings),
	};
	await mkdir(file('mail'));
	for (const [path, content] of Object.entries(contents)) await writeFile(path, content);
	if (owner) {
		for (const path of [folder, file('mail'), ...Object.keys(contents)]) {
			await chown(path, owner.uid, owner.gid);
		}
	}
	return configFile;
}

async function untilListening(port: number, child: ChildProcess, logFile: string): Promise<void> {
	const deadline = performance.now() + startTimeoutMs;
	while (performance.now() < deadline && child.exitCode === null) {
		if (await isListening(port)) return;
		await sleep(50);
	}
	const log = await readFile(logFile, 'utf8').catch(() => '');
	throw new Error(`Dovecot did not start; the end of its log:\n${log.slice(-2000)}`);
}

async function isListening(port: number): Promise<boolean> {
	const socket = connect(port, '127.0.0.1');
	try {
		await once(socket, 'connect');
		return true;
	} catch {
		return false;
	} finally {
		socket.destroy();
	}
}
