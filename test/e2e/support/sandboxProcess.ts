import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

/** What `npm run sandbox -- --json` prints when all is ready. */
export interface SandboxLine {
	readonly n8nUrl: string;
	readonly n8nOwner: { readonly email: string; readonly password: string };
	readonly loginUrl: string;
	readonly graphUrl: string;
	/** Absent without Dovecot. */
	readonly imap: SandboxMailServer | null;
	readonly smtp: SandboxMailServer;
	/** What tests do to the mail servers: see the table in sandbox/mailServers/control.ts. */
	readonly mailControlUrl: string;
	readonly clientId: string;
	readonly clientSecret: string;
	readonly tenantId: string;
	readonly users: ReadonlyArray<{
		readonly id: string;
		readonly displayName: string;
		readonly userPrincipalName: string;
		readonly password: string | null;
		readonly isSharedMailbox: boolean;
	}>;
	readonly recordFile: string;
	readonly caFile: string;
}

interface SandboxMailServer {
	readonly host: string;
	readonly port: number;
	readonly security: 'tls' | 'starttls';
}

export interface SandboxProcess {
	readonly line: SandboxLine;
	stop(): Promise<void>;
}

const projectFolder = resolve(__dirname, '../../..');

/** The suite's own data folder and free ports: a sandbox that somebody uses is not disturbed. */
const options = ['--json', '--port', '0', '--data', '.sandbox/e2e'];

/** Builds, packs and starts everything; its progress goes to standard error. */
export async function startSandboxProcess(): Promise<SandboxProcess> {
	const child = spawn(process.execPath, ['scripts/sandbox.mjs', ...options], {
		cwd: projectFolder,
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const line = await readyLine(child);
	return {
		line,
		stop: async () => {
			if (child.exitCode !== null) return;
			child.kill('SIGTERM');
			await once(child, 'close');
		},
	};
}

async function readyLine(child: ChildProcess & { stdout: NodeJS.ReadableStream }) {
	for await (const text of createInterface({ input: child.stdout })) {
		if (text.startsWith('{')) {
			child.stdout.resume();
			return JSON.parse(text) as SandboxLine;
		}
	}
	throw new Error('The sandbox ended before it was ready; what it said is above');
}
