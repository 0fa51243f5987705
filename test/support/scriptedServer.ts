import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { buffer as readBuffer } from 'node:stream/consumers';
import { isDeepStrictEqual } from 'node:util';

export interface ReceivedRequest {
	readonly method: string;
	/** Path and query as they came over the wire. */
	readonly path: string;
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, string | undefined>>;
	readonly bytes: Buffer;
	/** Parsed where the content type is JSON. */
	readonly json: unknown;
}

export interface Expectation {
	readonly method: string;
	/** Exact, with the query. */
	readonly path: string;
	/** Exact value, pattern, or `null` for one that must be absent. Others aren't looked at. */
	readonly headers?: Readonly<Record<string, string | RegExp | null>>;
	/** The exact JSON value or bytes; without it the body must be empty. */
	readonly body?: unknown;
}

export interface Reply {
	/** Default: 200. */
	readonly status?: number;
	readonly headers?: Readonly<Record<string, string>>;
	readonly json?: unknown;
	readonly body?: string | Buffer;
	readonly delayMs?: number;
	/** Breaks the connection in place of an answer. */
	readonly drop?: true;
	/** Announces the whole body and breaks the connection after so many bytes of it. */
	readonly cutAfterBytes?: number;
}

export type Respond = (request: ReceivedRequest) => Reply | Promise<Reply>;

/**
 * A real HTTP server that expects certain requests in a certain order. Anything else is a finding,
 * and so is an expectation that nothing met: `finish` throws them all.
 */
export class ScriptedServer {
	/** Those that came whole; one that its client breaks off is as if it had never been made. */
	readonly received: ReceivedRequest[] = [];
	readonly #script: Array<{ readonly expectation: Expectation; readonly reply: Reply }> = [];
	readonly #findings: string[] = [];
	readonly #server: Server;
	#respond: Respond | undefined;

	private constructor() {
		this.#server = createServer((request, response) => {
			this.#handle(request, response).catch((error: unknown) => {
				this.#findings.push(`The server itself failed: ${String(error)}`);
				response.destroy();
			});
		});
	}

	static async start(): Promise<ScriptedServer> {
		const scripted = new ScriptedServer();
		await new Promise<void>((resolve) => {
			scripted.#server.listen(0, '127.0.0.1', resolve);
		});
		return scripted;
	}

	/** `http://127.0.0.1:port` */
	get origin(): string {
		return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
	}

	/** Of clients, idle ones included. */
	async countConnections(): Promise<number> {
		return await new Promise((resolve, reject) => {
			this.#server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
		});
	}

	expect(expectation: Expectation, reply: Reply = {}): this {
		this.#script.push({ expectation, reply });
		return this;
	}

	/** Answers every request by a function, for tests of many; no expectations then. */
	respondWith(respond: Respond): this {
		this.#respond = respond;
		return this;
	}

	/** Closes the server. @throws when something was unexpected, or expected in vain. */
	async finish(): Promise<void> {
		await new Promise<void>((resolve) => {
			this.#server.close(() => resolve());
			this.#server.closeAllConnections();
		});
		const unmet = this.#script.map(
			({ expectation: { method, path } }) => `Expected but never came: ${method} ${path}`,
		);
		const findings = [...this.#findings, ...unmet];
		if (findings.length > 0) throw new Error(findings.join('\n'));
	}

	async #handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
		const request = await receive(message).catch((error: unknown) => {
			if (message.complete) throw error;
		});
		if (!request) return;
		this.received.push(request);
		await send(response, await this.#replyTo(request));
	}

	async #replyTo(request: ReceivedRequest): Promise<Reply> {
		if (this.#respond) return await this.#respond(request);
		const title = `${request.method} ${request.path}`;
		const next = this.#script.shift();
		if (!next) {
			this.#findings.push(`Unexpected: ${title}`);
			return { status: 599 };
		}
		const mismatch = mismatchOf(request, next.expectation);
		if (mismatch === undefined) return next.reply;
		this.#findings.push(`${title}: ${mismatch}`);
		return { status: 599 };
	}
}

/** A server a test, made anew and finished around each. */
export function scriptedServers(): { start(): Promise<ScriptedServer> } {
	let servers: ScriptedServer[] = [];
	afterEach(async () => {
		const ending = servers;
		servers = [];
		const results = await Promise.allSettled(ending.map((server) => server.finish()));
		const failed = results.find((result) => result.status === 'rejected');
		if (failed) throw failed.reason;
	});
	return {
		start: async () => {
			const server = await ScriptedServer.start();
			servers.push(server);
			return server;
		},
	};
}

async function receive(message: IncomingMessage): Promise<ReceivedRequest> {
	const bytes = await readBuffer(message);
	const headers = Object.fromEntries(
		Object.entries(message.headers).map(([name, value]) => [
			name,
			Array.isArray(value) ? value.join(', ') : value,
		]),
	);
	const isJson = headers['content-type']?.startsWith('application/json') ?? false;
	return {
		method: message.method ?? '',
		path: message.url ?? '',
		headers,
		bytes,
		json: isJson && bytes.length > 0 ? JSON.parse(bytes.toString()) : undefined,
	};
}

function mismatchOf(request: ReceivedRequest, expected: Expectation): string | undefined {
	if (request.method !== expected.method || request.path !== expected.path) {
		return `expected ${expected.method} ${expected.path}`;
	}
	for (const [name, value] of Object.entries(expected.headers ?? {})) {
		const actual = request.headers[name.toLowerCase()];
		const isMet =
			value === null
				? actual === undefined
				: value instanceof RegExp
					? actual !== undefined && value.test(actual)
					: actual === value;
		if (!isMet) return `expected the header ${name} to be ${String(value)}, not ${String(actual)}`;
	}
	const { body } = expected;
	const isBodyMet =
		body === undefined
			? request.bytes.length === 0
			: Buffer.isBuffer(body)
				? body.equals(request.bytes)
				: isDeepStrictEqual(request.json, body);
	return isBodyMet ? undefined : `unexpected body ${request.bytes.toString().slice(0, 500)}`;
}

async function send(response: ServerResponse, reply: Reply): Promise<void> {
	if (reply.delayMs !== undefined) await delay(reply.delayMs);
	if (reply.drop) {
		response.destroy();
		return;
	}
	const body =
		reply.json === undefined
			? Buffer.from(reply.body ?? '')
			: Buffer.from(JSON.stringify(reply.json));
	response.writeHead(reply.status ?? 200, {
		...(reply.json !== undefined && { 'content-type': 'application/json' }),
		'content-length': String(body.length),
		...reply.headers,
	});
	if (reply.cutAfterBytes === undefined) {
		response.end(body);
		return;
	}
	response.write(body.subarray(0, reply.cutAfterBytes), () => response.destroy());
}
