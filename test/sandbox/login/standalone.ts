import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { compile, nodeForSandbox, root, sourcesIn } from '../../support/nodeForSandbox';

const buildFolder = join(root, '.cache', `login-test-${process.pid}`);

/** The login in a process of its own: its libraries need a newer Node than jest may run under. */
export interface StandaloneLogin {
	readonly url: string;
	readonly caFile: string;
	/** One line of `standalone.ts`: `{verify, resource?}` or `{issue}`. */
	ask(question: unknown): Promise<Record<string, unknown>>;
	stop(): Promise<void>;
}

export async function startStandalone(): Promise<StandaloneLogin> {
	const login = await sourcesIn('sandbox/login');
	const shared = ['clock', 'directory', 'tls', 'accessToken'].map((name) => `sandbox/${name}.ts`);
	await compile([...login, ...shared, 'core/clouds.ts'], buildFolder);
	const child = spawn(nodeForSandbox(), [join(buildFolder, 'sandbox/login/standalone.js')], {
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	const lines = createInterface({ input: child.stdout });
	const ready = await nextLine(lines, child);
	return {
		url: String(ready['url']),
		caFile: String(ready['caFile']),
		async ask(question) {
			child.stdin.write(`${JSON.stringify(question)}\n`);
			return await nextLine(lines, child);
		},
		async stop() {
			child.stdin.end();
			if (child.exitCode === null) await once(child, 'exit');
			await rm(buildFolder, { recursive: true, force: true });
			await rm(dirname(String(ready['caFile'])), { recursive: true, force: true });
		},
	};
}

async function nextLine(lines: Interface, child: ChildProcess): Promise<Record<string, unknown>> {
	return await new Promise((answer, fail) => {
		const ended = (): void => fail(new Error('The login ended by itself.'));
		child.once('exit', ended);
		lines.once('line', (line) => {
			child.off('exit', ended);
			answer(JSON.parse(line) as Record<string, unknown>);
		});
	});
}
