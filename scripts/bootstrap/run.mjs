import { spawn } from 'node:child_process';
import { say } from './say.mjs';

const heartbeatMs = 20_000;

/** Runs a program to its end; its output goes to standard error. Rejects when it fails. */
export async function run(command, args, { cwd, env, label, quiet = false, shell = false }) {
	const startedAt = Date.now();
	const beat = label
		? setInterval(() => say(`${label}: ${seconds(startedAt)} so far`), heartbeatMs)
		: undefined;
	let kept = '';
	try {
		await new Promise((resolve, reject) => {
			const child = spawn(command, args, {
				cwd,
				env: env ?? process.env,
				shell,
				stdio: ['ignore', 'pipe', 'pipe'],
			});
			const take = (chunk) => {
				if (quiet) kept = (kept + chunk).slice(-20_000);
				else process.stderr.write(chunk);
			};
			child.stdout.on('data', take);
			child.stderr.on('data', take);
			child.on('error', reject);
			child.on('close', (code, signal) =>
				code === 0
					? resolve()
					: reject(new Error(`${command} ${args.join(' ')} ended with ${signal ?? code}\n${kept}`)),
			);
		});
	} finally {
		clearInterval(beat);
	}
	return { tookMs: Date.now() - startedAt };
}

/** npm, by the way that started this process if there is one. */
export async function npm(args, options) {
	const cli = process.env.npm_execpath;
	const env = withoutNpmRunVariables(options.env ?? process.env);
	return cli?.endsWith('.js')
		? await run(process.execPath, [cli, ...args], { ...options, env })
		: await run('npm', args, { ...options, env, shell: process.platform === 'win32' });
}

/**
 * `npm run` hands its own settings (this project's ignore-scripts among them) to its children as
 * variables, where they would outrank the flags' absence. The registry and the proxies stay.
 */
export function withoutNpmRunVariables(env) {
	const keep = /^npm_config_(registry|cache|proxy|https_proxy|noproxy|cafile|userconfig|nodedir)$/;
	return Object.fromEntries(
		Object.entries(env).filter(([name]) => !/^(npm_|INIT_CWD$)/.test(name) || keep.test(name)),
	);
}

export function seconds(sinceMs) {
	return `${((Date.now() - sinceMs) / 1000).toFixed(1)} s`;
}
