import { withImap } from '../../../core/mail/imap';
import type { ImapCursor } from '../../../core/mail/imapCursor';
import type { FetchedMessage } from '../../../core/mail/imapDownload';
import {
	type ImapTiming,
	type ImapWatch,
	watchImap,
	type ImapWatchOptions,
} from '../../../core/mail/imapWatch';
import { type MailServers, startMailServers } from '../../support/mailServers';
import { until } from '../../support/until';

export const ana = 'ana@contoso.example';

/** Short waits; what a test is about is set in the test. */
const quick: ImapTiming = {
	heartbeatMs: 60_000,
	answerMs: 500,
	silenceMs: 5_000,
	floorMs: 60_000,
	backoffBaseMs: 50,
	backoffCapMs: 400,
	permanentBackoffMs: 100,
	goodSessionMs: 1_000,
	renewBeforeMs: 1_000,
	graceMs: 60_000,
	reminderMs: 3_600_000,
};

/** What n8n keeps: runs by key, and the state as it was when the last run was started. */
export interface Installation {
	readonly runs: Map<string, string>;
	/** Keys that came a second time. */
	readonly refused: string[];
	saved: ImapCursor | undefined;
}

export const createInstallation = (): Installation => ({
	runs: new Map(),
	refused: [],
	saved: undefined,
});

export interface WatchedFolder {
	readonly watch: ImapWatch;
	readonly subjects: string[];
	readonly messages: FetchedMessage[];
	readonly logs: string[];
	readonly reports: unknown[];
	readonly outages: unknown[];
	cursor(): ImapCursor;
}

interface HarnessOptions extends Omit<Partial<ImapWatchOptions>, 'timing'> {
	readonly timing?: Partial<ImapTiming>;
	readonly installation?: Installation;
	/** What becomes of a run that was started; default: recorded at once. */
	readonly record?: (key: string) => Promise<void>;
	/** Called before a message is taken; may throw. */
	readonly onDeliver?: (message: FetchedMessage) => void;
	/** Whether the process dies here, so that nothing of what follows happens. */
	readonly diesAt?: (step: HandOverStep) => boolean;
}

/** What n8n does in this order with a message that is handed over. */
export const handOverSteps = ['save', 'run', 'confirm'] as const;
export type HandOverStep = (typeof handOverSteps)[number];

export function watchFolder(
	servers: MailServers,
	folder: string,
	{
		timing,
		installation = createInstallation(),
		record,
		onDeliver,
		diesAt = () => false,
		...rest
	}: HarnessOptions = {},
): WatchedFolder {
	let current = installation.saved;
	let isDead = false;
	const subjects: string[] = [];
	const messages: FetchedMessage[] = [];
	const logs: string[] = [];
	const reports: unknown[] = [];
	const outages: unknown[] = [];
	const login = servers.login('imap');
	const watch = watchImap({
		login: async () => login,
		folder,
		store: {
			read: () => current,
			write: (cursor) => {
				current = cursor;
				// n8n saves at activation.
				installation.saved ??= cursor;
			},
		},
		matches: () => true,
		portion: { part: 'whole', maxBytes: 1_000_000 },
		after: { action: 'nothing' },
		deliver: async (message) => {
			const live = (step: HandOverStep) => {
				isDead ||= diesAt(step);
				if (isDead) throw new Error('Killed');
			};
			onDeliver?.(message);
			live('save');
			installation.saved = current;
			live('run');
			const { key } = message;
			if (installation.runs.has(key)) installation.refused.push(key);
			else {
				installation.runs.set(key, message.summary.subject);
				subjects.push(message.summary.subject);
				messages.push(message);
			}
			isDead ||= diesAt('confirm');
			if (isDead) return { recorded: new Promise<void>(() => undefined) };
			return { recorded: record?.(key) ?? Promise.resolve() };
		},
		log: (text) => logs.push(text),
		report: (error) => reports.push(error),
		reportOutage: (error) => outages.push(error),
		...rest,
		timing: { ...quick, ...timing },
	});
	return {
		watch,
		subjects,
		messages,
		logs,
		reports,
		outages,
		cursor: () => {
			if (!current) throw new Error('There is no cursor yet');
			return current;
		},
	};
}

export interface WatchTools {
	readonly servers: MailServers;
	/** The test's own folder. */
	readonly folder: string;
	/** Watches it, or `place`; ends with the test. The folder is open unless said otherwise. */
	watch(options?: HarnessOptions, place?: string): Promise<WatchedFolder>;
	/** The same without waiting. */
	begin(options?: HarnessOptions, place?: string): WatchedFolder;
	deliver(subject: string, body?: string): Promise<void>;
	sessionsOf(mailbox: string): Promise<number>;
	/** Of each message of a folder. */
	flagsOf(folder: string): Promise<string[][]>;
}

/** Mail servers for the tests of a `describe`, and a new folder for each. */
export function useWatching(): WatchTools {
	let servers: MailServers;
	let folder: string;
	const watching: WatchedFolder[] = [];
	beforeAll(async () => {
		servers = await startMailServers();
	});
	afterAll(async () => {
		await servers.close();
	});
	beforeEach(async () => {
		folder = await newFolder(servers);
	});
	afterEach(async () => {
		await Promise.all(watching.splice(0).map(async ({ watch }) => await watch.stop()));
	});
	const tools: WatchTools = {
		get servers() {
			return servers;
		},
		get folder() {
			return folder;
		},
		begin: (options, place = folder) => {
			const watched = watchFolder(servers, place, options);
			watching.push(watched);
			return watched;
		},
		watch: async (options, place) => {
			const watched = tools.begin(options, place);
			await watched.watch.begun;
			return watched;
		},
		deliver: async (subject, body) => {
			await servers.deliver(ana, mime(subject, body), { folder });
		},
		sessionsOf: async (mailbox) =>
			(await servers.sessions()).filter((one) => one === mailbox).length,
		flagsOf: async (place) =>
			await withImap(servers.login('imap'), {}, async (session) => {
				await session.run(async (client) => await client.mailboxOpen(place));
				const found = await session.run(
					async (client) => await client.fetchAll('1:*', { flags: true }),
				);
				return found.map(({ flags }) => [...(flags ?? [])].filter((flag) => flag !== '\\Recent'));
			}),
	};
	return tools;
}

let folderCount = 0;

/** A folder of the test's own. */
export async function newFolder(servers: MailServers): Promise<string> {
	folderCount += 1;
	const name = `Watched${folderCount}`;
	await withImap(servers.login('imap'), {}, async (session) => {
		await session.run(async (client) => await client.mailboxCreate(name));
	});
	return name;
}

let messageCount = 0;

export function mime(subject: string, body = 'Hello'): string {
	messageCount += 1;
	return [
		'From: Ben Nowak <ben@contoso.example>',
		`To: Ana <${ana}>`,
		`Subject: ${subject}`,
		`Message-ID: <${messageCount}.${subject.replaceAll(/\W/g, '')}@contoso.example>`,
		'Date: Mon, 12 Jan 2026 10:00:00 +0000',
		'MIME-Version: 1.0',
		'Content-Type: text/plain; charset=utf-8',
		'',
		body,
		'',
	].join('\r\n');
}

/** `until`, with the patience that servers which restart need. */
export async function eventually(isMet: () => boolean | Promise<boolean>, ms = 15_000) {
	await until(isMet, { patienceMs: ms, pauseMs: 10 });
}

export const pause = async (ms: number): Promise<void> => {
	await new Promise((resolve) => setTimeout(resolve, ms));
};
