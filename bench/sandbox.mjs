import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import tls from 'node:tls';
import { root } from '../scripts/bootstrap/paths.mjs';

/**
 * The embedded Microsoft 365 and, unless an option says otherwise, a real n8n.
 *
 * @param options of `npm run sandbox`
 * @returns the line that `npm run sandbox -- --json` prints, with what the benchmark needs around it
 */
export async function startSandbox(options = ['--data', '.sandbox/bench']) {
	const child = spawn(
		process.execPath,
		['scripts/sandbox.mjs', '--json', '--port', '0', ...options],
		{ cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
	);
	const line = await readyLine(child);
	// The sandbox's authority is made at its start, too late for NODE_EXTRA_CA_CERTS.
	tls.setDefaultCACertificates([
		...tls.getCACertificates('default'),
		readFileSync(line.caFile, 'utf8'),
	]);
	return {
		...line,
		pid: line.n8nUrl ? n8nProcess(new URL(line.n8nUrl).port) : undefined,
		control: async (method, action, body) =>
			await control(`${line.graphUrl}/__sandbox__/${action}`, method, body),
		mailControl: async (method, action, body) =>
			await control(`${line.mailControlUrl}/${action}`, method, body),
		/** How many requests Graph has answered so far. */
		position: () => (existsSync(line.recordFile) ? statSync(line.recordFile).size : 0),
		requestsSince: (position) => recorded(line.recordFile, position),
		async stop() {
			if (child.exitCode !== null) return;
			child.kill('SIGTERM');
			await once(child, 'close');
		},
	};
}

async function readyLine(child) {
	for await (const text of createInterface({ input: child.stdout })) {
		if (!text.startsWith('{')) continue;
		child.stdout.resume();
		return JSON.parse(text);
	}
	throw new Error('The sandbox ended before it was ready; what it said is above');
}

async function control(url, method, body) {
	const answer = await fetch(url, {
		method,
		headers: { 'content-type': 'application/json' },
		...(body && { body: JSON.stringify(body) }),
	});
	if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
	return await answer.json();
}

function recorded(file, position) {
	if (!existsSync(file)) return [];
	return readFileSync(file)
		.subarray(position)
		.toString('utf8')
		.split('\n')
		.filter(Boolean)
		.map((line) => JSON.parse(line));
}

/** n8n's own process: the one with its port in its environment that is no child of such a one. */
function n8nProcess(port) {
	if (process.platform !== 'linux') return undefined;
	const found = readdirSync('/proc').filter((name) => {
		try {
			if (!/^\d+$/.test(name)) return false;
			const environment = readFileSync(join('/proc', name, 'environ'), 'utf8').split('\0');
			const command = readFileSync(join('/proc', name, 'cmdline'), 'utf8').split('\0');
			return environment.includes(`N8N_PORT=${port}`) && command.includes('start');
		} catch {
			return false;
		}
	});
	return found[0] === undefined ? undefined : Number(found[0]);
}
