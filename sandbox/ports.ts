import { createServer, type AddressInfo } from 'node:net';

/** Which ports the sandbox's servers get: five in a row from `first`, or any when it is zero. */
export async function choosePorts(first: number) {
	const [n8n, login, graph, imap, smtp] = await Promise.all(
		[0, 1, 2, 3, 4].map((offset) => reserve(first === 0 ? 0 : first + offset)),
	);
	if (!n8n || !login || !graph || !imap || !smtp) throw new Error('No port is free');
	return { n8n, login, graph, imap, smtp };
}

export async function freePort(): Promise<number> {
	return await reserve(0);
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
			const { port: taken } = server.address() as AddressInfo;
			server.close(() => {
				resolve(taken);
			});
		});
	});
}
