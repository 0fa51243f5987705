import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { transform } from '@swc/core';

const root = resolve(__dirname, '../../..');
const buildFolder = join(root, '.cache', `login-test-${process.pid}`);

/** The login in a process of its own: its libraries need a newer Node than jest may run under. */
export interface StandaloneLogin {
	readonly url: string;
	readonly caFile: string;
	/** One line of `standalone.ts`: `{verify, resource?}` or `{issue}`. */
	ask(question: unknown): Promise<Record<string, unknown>>;
	stop(): Promise<void>;
}

/** A Node that oidc-provider supports: this one, or the sandbox's own, installed if need be. */
function nodeForSandbox(): string {
	const major = Number(process.versions.node.split('.')[0]);
	if (major >= 22) return process.execPath;
	const script = `
		const { ensureNode24 } = await import('./scripts/bootstrap/node24.mjs');
		const { node24 } = await import('./scripts/bootstrap/paths.mjs');
		await ensureNode24();
		console.log('\\n' + node24.binary);`;
	const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
		cwd: root,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	return printed.trim().split('\n').at(-1) ?? process.execPath;
}

/** Types are stripped file by file, which takes a second instead of the compiler's twenty. */
async function compile(sources: readonly string[], into: string): Promise<void> {
	for (const source of sources) {
		const { code } = await transform(await readFile(join(root, source), 'utf8'), {
			filename: source,
			jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
			// Dynamic imports stay as they are: they load what is an ES module.
			module: { type: 'commonjs', ignoreDynamic: true },
		});
		const target = join(into, source.replace(/\.ts$/, '.js'));
		await mkdir(dirname(target), { recursive: true });
		await writeFile(target, code);
	}
}

export async function startStandalone(): Promise<StandaloneLogin> {
	const login = (await readdir(join(root, 'sandbox/login')))
		.filter((name) => name.endsWith('.ts'))
		.map((name) => `sandbox/login/${name}`);
	const shared = ['clock', 'directory', 'tls', 'accessToken'].map((name) => `sandbox/${name}.ts`);
	await compile([...login, ...shared], buildFolder);
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
