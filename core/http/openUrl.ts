import { Readable } from 'node:stream';
import { GraphError, NetworkError } from '../graph/errors';
import { axiosSend } from './axiosSend';
import type { HeaderMap, HttpResponse, Send } from './types';

const MAX_REDIRECTS = 5;
const TIMEOUT_MS = 100_000;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

export interface OpenUrlOptions {
	readonly offset?: number;
	readonly signal?: AbortSignal;
	readonly send?: Send;
}

export interface OpenedUrl {
	readonly headers: HeaderMap;
	/** From the offset on. */
	readonly body: Readable;
}

/**
 * A file of somebody's web server. Nothing of ours is sent along.
 * @throws {GraphError} when it doesn't answer with content
 */
export async function openUrl(
	address: string,
	{ offset = 0, signal, send = axiosSend }: OpenUrlOptions = {},
): Promise<OpenedUrl> {
	let url = address;
	for (let count = 0; ; count++) {
		const response = await send({
			method: 'GET',
			url,
			headers: {
				'accept-encoding': 'identity',
				...(offset > 0 && { range: `bytes=${offset}-` }),
			},
			responseType: 'stream',
			repeatable: true,
			throttleKey: 'other',
			timeoutMs: TIMEOUT_MS,
			...(signal && { signal }),
		});
		if (!REDIRECTS.has(response.status) || count >= MAX_REDIRECTS) {
			return readAnswer(response, offset);
		}
		if (response.body instanceof Readable) response.body.destroy();
		url = new URL(response.headers['location'] ?? '', url).href;
	}
}

function readAnswer({ status, headers, body }: HttpResponse, offset: number): OpenedUrl {
	if (status >= 300 || !(body instanceof Readable)) {
		throw new GraphError(`The web server answered with status ${status}`, {
			code: `http${status}`,
			status,
			nextStep: 'Open the address in a browser without being signed in, and check it.',
		});
	}
	if (offset === 0 || status === 206) return { headers, body };
	return { headers, body: withoutStart(body, offset) };
}

function withoutStart(body: Readable, offset: number): Readable {
	async function* rest(): AsyncGenerator<Buffer> {
		let toSkip = offset;
		for await (const piece of body as AsyncIterable<Buffer>) {
			if (toSkip < piece.length) yield piece.subarray(toSkip);
			toSkip = Math.max(0, toSkip - piece.length);
		}
		if (toSkip > 0)
			throw new NetworkError('connectionBroken', 'The web server sent less than before');
	}
	return Readable.from(rest());
}
