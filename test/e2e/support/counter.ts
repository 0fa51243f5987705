import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What a workflow does at its end: it calls here once a run. */
export interface Counter {
	readonly url: string;
	/** The bodies that came, in their order. */
	readonly calls: string[];
	close(): Promise<void>;
}

export async function startCounter(): Promise<Counter> {
	const calls: string[] = [];
	const server = createServer((request, response) => {
		void text(request).then((body) => {
			calls.push(body);
			response.setHeader('content-type', 'application/json');
			response.end('{}');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/`,
		calls,
		close: async () => {
			await new Promise<void>((resolve) => {
				server.close(() => {
					resolve();
				});
				server.closeAllConnections();
			});
		},
	};
}
