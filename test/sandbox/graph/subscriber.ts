import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';

export interface ReceivedNotification {
	readonly subscriptionId: string;
	readonly subscriptionExpirationDateTime: string;
	readonly changeType?: string;
	readonly lifecycleEvent?: string;
	readonly clientState?: string;
	readonly resource?: string;
	readonly resourceData?: Readonly<Record<string, string>>;
	readonly tenantId: string;
}

export interface Subscriber {
	readonly url: string;
	/** In the order of arrival. */
	readonly received: ReceivedNotification[];
	/** How many notifications each request brought. */
	readonly requests: number[];
	/** To the next notifications; 202 when empty. */
	readonly statuses: number[];
	/** What the handshake gets instead of the token as plain text. */
	handshake: { status?: number; text?: string; contentType?: string; delayMs?: number };
	/** What came, and how it was to answer. */
	forget(): void;
	close(): Promise<void>;
}

/** An endpoint for notifications, as an application would have it. */
export async function startSubscriber(tls?: {
	readonly key: string;
	readonly cert: string;
}): Promise<Subscriber> {
	const received: ReceivedNotification[] = [];
	const requests: number[] = [];
	const statuses: number[] = [];
	const answer = (request: IncomingMessage, response: ServerResponse): void => {
		const token = new URL(request.url ?? '/', 'http://subscriber').searchParams.get(
			'validationToken',
		);
		let text = '';
		request.on('data', (chunk: Buffer) => {
			text += chunk.toString('utf8');
		});
		request.on('end', () => {
			if (token !== null) {
				const { status = 200, contentType = 'text/plain', delayMs = 0 } = subscriber.handshake;
				setTimeout(() => {
					response.writeHead(status, { 'Content-Type': contentType });
					response.end(subscriber.handshake.text ?? token);
				}, delayMs);
				return;
			}
			const status = statuses.shift() ?? 202;
			if (status < 300) {
				const { value } = JSON.parse(text) as { value: ReceivedNotification[] };
				requests.push(value.length);
				received.push(...value);
			}
			response.writeHead(status).end();
		});
	};
	const server: Server = tls ? createSecureServer(tls, answer) : createServer(answer);
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const { port } = server.address() as AddressInfo;
	const subscriber: Subscriber = {
		url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}/hook`,
		received,
		requests,
		statuses,
		handshake: {},
		forget: () => {
			received.length = requests.length = statuses.length = 0;
			subscriber.handshake = {};
		},
		close: () =>
			new Promise((resolve) => {
				server.close(() => {
					resolve();
				});
				server.closeAllConnections();
			}),
	};
	return subscriber;
}
