import {
	createServer as createHttpServer,
	type IncomingMessage,
	type Server,
	type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { pipeline } from 'node:stream/promises';
import type { AddressInfo } from 'node:net';
import type { GraphAnswer, IncomingCall } from './call';

export interface TlsOptions {
	readonly key: string | Buffer;
	readonly cert: string | Buffer;
	/** The authority that signed it, in PEM: trusted where notifications go, too. */
	readonly ca?: string;
}

export interface ListenerOptions {
	readonly host: string;
	/** 0: any that is free. */
	readonly port: number;
	readonly tls?: TlsOptions;
	/** The largest body in bytes by method and URL; a larger one is refused with 413. */
	readonly largestBody: (method: string, url: string) => number;
	readonly answer: (incoming: IncomingCall) => Promise<GraphAnswer>;
}

export interface Listener {
	/** `https://host:port` */
	readonly origin: string;
	close(): Promise<void>;
}

/** Turns HTTP into calls and answers into HTTP; nothing of Graph lives here. */
export async function listen(options: ListenerOptions): Promise<Listener> {
	const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
		handle(options, request, response).catch(() => {
			request.destroy();
		});
	};
	const server: Server =
		options.tls === undefined
			? createHttpServer(onRequest)
			: createHttpsServer({ key: options.tls.key, cert: options.tls.cert }, onRequest);
	// A test that fills a store may keep this process busy for longer than the default five seconds;
	// its next request would meet a connection that is just being closed.
	server.keepAliveTimeout = 60_000;
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(options.port, options.host, () => {
			server.off('error', reject);
			resolve();
		});
	});
	const { port } = server.address() as AddressInfo;
	return {
		origin: `${options.tls === undefined ? 'http' : 'https'}://${options.host}:${port}`,
		close: () =>
			new Promise((resolve) => {
				server.close(() => {
					resolve();
				});
				server.closeAllConnections();
			}),
	};
}

async function handle(
	options: ListenerOptions,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const { method = 'GET', url = '/' } = request;
	const bytes = await readBody(request, options.largestBody(method, url));
	if (bytes === undefined) {
		write(response, {
			status: 413,
			json: {
				error: {
					code: 'RequestEntityTooLarge',
					message: 'Maximum request length exceeded.',
				},
			},
		});
		return;
	}
	const scheme = options.tls === undefined ? 'http' : 'https';
	const answer = await options.answer({
		method,
		url,
		origin: `${scheme}://${request.headers.host ?? options.host}`,
		headers: Object.fromEntries(
			Object.entries(request.headers).map(([name, value]) => [
				name,
				Array.isArray(value) ? value.join(', ') : (value ?? ''),
			]),
		),
		bytes,
	});
	if (answer.drop === true) request.socket.destroy();
	else write(response, answer);
}

/** Reads to the end even what is too large, so that the client gets to read the answer. */
async function readBody(request: IncomingMessage, largest: number): Promise<Buffer | undefined> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of request as AsyncIterable<Buffer>) {
		size += chunk.length;
		if (size <= largest) chunks.push(chunk);
	}
	return size > largest ? undefined : Buffer.concat(chunks);
}

function write(response: ServerResponse, answer: GraphAnswer): void {
	const body =
		answer.bytes ??
		(answer.json === undefined ? undefined : Buffer.from(JSON.stringify(answer.json)));
	response.statusCode = answer.status;
	for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
	if (answer.json !== undefined) {
		response.setHeader(
			'Content-Type',
			'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
		);
	}
	response.setHeader('Content-Length', answer.stream?.length ?? body?.length ?? 0);
	if (answer.stream === undefined) {
		response.end(body);
		return;
	}
	// A client that goes away in the middle is no failure of the sandbox.
	pipeline(answer.stream.open(), response).catch(() => response.destroy());
}
