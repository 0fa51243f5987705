import { appendFileSync } from 'node:fs';
import type { IncomingCall } from './call';

export interface RecordedRequest {
	readonly cloud: string;
	readonly method: string;
	/** Path and query. */
	readonly url: string;
	/** Without Authorization. */
	readonly headers: Readonly<Record<string, string>>;
	/** Parsed JSON, or text; absent when empty. */
	readonly body?: unknown;
	readonly status: number;
	readonly ms: number;
}

export class Recorder {
	#requests: RecordedRequest[] = [];

	constructor(
		readonly cloud: string,
		readonly file: string | undefined,
	) {}

	get requests(): readonly RecordedRequest[] {
		return this.#requests;
	}

	add(incoming: IncomingCall, status: number, ms: number): void {
		const headers = Object.fromEntries(
			Object.entries(incoming.headers).filter(([name]) => name !== 'authorization'),
		);
		const line: RecordedRequest = {
			cloud: this.cloud,
			method: incoming.method,
			url: incoming.url,
			headers,
			...(incoming.bytes.length > 0 && { body: readableBody(incoming) }),
			status,
			ms: Math.round(ms),
		};
		this.#requests.push(line);
		if (this.file !== undefined) appendFileSync(this.file, `${JSON.stringify(line)}\n`);
	}

	clear(): void {
		this.#requests = [];
	}
}

function readableBody({ bytes, headers }: IncomingCall): unknown {
	const text = bytes.toString('utf8');
	if (!/json/i.test(headers['content-type'] ?? '')) return text;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}
