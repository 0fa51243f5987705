import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below the ports that systems give to outgoing connections: from there, one that is free now could
 * be a connection's by the time that n8n, which takes seconds to start, listens on it.
 */
const firstPort = 20_000;
const lastPort = 31_999;

/** How many the sandbox's servers need, in a row. */
const portCount = 5;

/** Which ports the sandbox's servers get: five in a row from `first`, or any when it is zero. */
export async function choosePorts(first: number) {
	const [n8n, login, graph, imap, smtp] =
		first === 0 ? await anyPorts(portCount) : await reserveRow(first, portCount);
	if (!n8n || !login || !graph || !imap || !smtp) throw new Error('No port is free');
	return { n8n, login, graph, imap, smtp };
}

export async function freePort(): Promise<number> {
	const [port] = await anyPorts(1);
	if (!port) throw new Error('No port is free');
	return port;
}

async function anyPorts(count: number): Promise<number[]> {
	for (let attempt = 1; ; attempt++) {
		try {
			return await reserveRow(randomInt(firstPort, lastPort - count), count);
		} catch (error) {
			if (attempt === 20) throw error;
		}
	}
}

async function reserveRow(first: number, count: number): Promise<number[]> {
	const ports = Array.from({ length: count }, (_, offset) => first + offset);
	return await Promise.all(ports.map(reserve));
}

/** Takes the port and gives it back: whoever gets it next is quick to use it. */
async function reserve(port: number): Promise<number> {
	const server = createServer();
	return await new Promise((resolve, reject) => {
		server.once('error', (error: NodeJS.ErrnoException) => {
			reject(
				error.code === 'EADDRINUSE'
					? new Error(`Port ${port} is taken; choose others with --port N, or --port 0`)
					: error,
			);
		});
		server.listen(port, '127.0.0.1', () => {
			server.close(() => {
				resolve(port);
			});
		});
	});
}
