import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../ports';

export interface Redis {
	readonly port: number;
	close(): Promise<void>;
}

const startTimeoutMs = 10_000;
const pollMs = 50;

/** A Redis that keeps nothing, for n8n's queue. @throws {Error} where none is installed */
export async function startRedis(folder: string): Promise<Redis> {
	const port = await freePort();
	const child = spawn(
		process.env['REDIS_SERVER'] ?? 'redis-server',
		['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
		{ cwd: folder, stdio: 'ignore' },
	);
	let failure: unknown;
	child.once('error', (error) => (failure = error));
	const deadline = performance.now() + startTimeoutMs;
	while (!(await isListening(port))) {
		if (failure !== undefined || child.exitCode !== null || performance.now() > deadline) {
			child.kill();
			throw new Error(
				`redis-server did not start: ${failure instanceof Error ? failure.message : 'no answer'}. ` +
					'Queue mode needs it; in Debian: apt-get install redis-server',
			);
		}
		await sleep(pollMs);
	}
	return {
		port,
		close: async () => {
			if (child.exitCode !== null || child.signalCode !== null) return;
			const ended = once(child, 'exit');
			child.kill();
			await ended;
		},
	};
}

async function isListening(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1', () => {
			socket.destroy();
			resolve(true);
		});
		socket.once('error', () => {
			resolve(false);
		});
	});
}
