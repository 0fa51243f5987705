import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../ports';

export interface N8nProcess {
	/** Without a trailing slash. */
	readonly url: string;
	readonly logFile: string;
	/** Resolves when n8n ends, however it does. */
	readonly ended: Promise<void>;
	close(): Promise<void>;
	/** As a power cut ends it: nothing is finished or stored any more. */
	kill(): Promise<void>;
}

export interface N8nProcessOptions {
	/** n8n's entry file. */
	readonly binary: string;
	readonly userFolder: string;
	readonly port: number;
	/** The authority that signed login's and Graph's certificates. */
	readonly caFile?: string;
	/** Default: `start`, the main process. The others are of queue mode. */
	readonly command?: 'start' | 'webhook' | 'worker';
	/** Goes over what the sandbox sets. */
	readonly environment?: Readonly<Record<string, string>>;
	/** Default: n8n.log, in the user folder. */
	readonly logName?: string;
}

const startTimeoutMs = 180_000;
const pollMs = 250;
const stopTimeoutMs = 15_000;

/** Starts n8n with this process's Node and resolves when it answers. */
export async function startN8nProcess(options: N8nProcessOptions): Promise<N8nProcess> {
	const { command = 'start' } = options;
	const logFile = join(options.userFolder, options.logName ?? 'n8n.log');
	const log = openSync(logFile, 'a');
	const child = spawn(process.execPath, [options.binary, command], {
		cwd: options.userFolder,
		env: await environment(options),
		stdio: ['ignore', log, log],
		// A group of its own, so that its task runner can be stopped with it.
		detached: process.platform !== 'win32',
	});
	const ended = once(child, 'close').then(() => undefined);
	const n8n: N8nProcess = {
		url: `http://localhost:${options.port}`,
		logFile,
		ended,
		close: async () => {
			await stop(child, ended);
		},
		kill: async () => {
			signal(child, 'SIGKILL');
			await ended;
		},
	};
	try {
		await waitUntilReady(n8n, child, command === 'start' ? isReady : isHealthy);
	} catch (error) {
		await n8n.close();
		throw error;
	}
	return n8n;
}

async function environment(options: N8nProcessOptions): Promise<NodeJS.ProcessEnv> {
	return {
		...process.env,
		// As in n8n's own images; and a test runner's `test` would keep n8n from starting.
		NODE_ENV: 'production',
		N8N_USER_FOLDER: options.userFolder,
		N8N_PORT: String(options.port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		// Two sandboxes at once must not meet at the default port.
		N8N_RUNNERS_BROKER_PORT: String(await freePort()),
		N8N_COMMUNITY_PACKAGES_ENABLED: 'true',
		// n8n is on plain http here, where a browser keeps no secure cookie.
		N8N_SECURE_COOKIE: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		GENERIC_TIMEZONE: 'UTC',
		...(options.caFile !== undefined && { NODE_EXTRA_CA_CERTS: options.caFile }),
		...options.environment,
	};
}

async function waitUntilReady(
	n8n: N8nProcess,
	child: ChildProcess,
	isUp: (url: string) => Promise<boolean>,
): Promise<void> {
	const deadline = performance.now() + startTimeoutMs;
	while (performance.now() < deadline) {
		if (child.exitCode !== null || child.signalCode !== null) break;
		if (await isUp(n8n.url)) return;
		await sleep(pollMs);
	}
	const log = await readFile(n8n.logFile, 'utf8').catch(() => '');
	const end = child.signalCode ?? child.exitCode;
	const how = end === null ? `in ${startTimeoutMs / 1000} s` : `and ended with ${end}`;
	throw new Error(`n8n did not start ${how}; the end of its log:\n${log.slice(-4000)}`);
}

/** The database is migrated, and the editor's interface answers, which comes a little later. */
async function isReady(url: string): Promise<boolean> {
	try {
		const health = await fetch(`${url}/healthz/readiness`);
		const settings = await fetch(`${url}/rest/settings`);
		return health.ok && settings.ok && isJson(settings);
	} catch {
		return false;
	}
}

/** Of a process without an editor. */
async function isHealthy(url: string): Promise<boolean> {
	try {
		return (await fetch(`${url}/healthz/readiness`)).ok;
	} catch {
		return false;
	}
}

function isJson(answer: Response): boolean {
	return answer.headers.get('content-type')?.includes('application/json') ?? false;
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
	signal(child, 'SIGTERM');
	const patience = new AbortController();
	const late = sleep(stopTimeoutMs, true, { signal: patience.signal }).catch(() => false);
	if (await Promise.race([ended.then(() => false), late])) signal(child, 'SIGKILL');
	await ended;
	patience.abort();
	// What the group still has, if n8n left something behind.
	signal(child, 'SIGKILL');
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
	if (child.pid === undefined) return;
	try {
		if (process.platform === 'win32') child.kill(name);
		else process.kill(-child.pid, name);
	} catch {
		// It is gone already.
	}
}
