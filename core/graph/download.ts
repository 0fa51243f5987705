import { Readable } from 'node:stream';
import { networkErrorFrom } from '../http/networkFaults';
import { backoffMs } from '../http/retryTiming';
import type { HeaderMap, HttpRequest, HttpResponse } from '../http/types';
import type { Channel } from './channel';
import { CancelledError, GraphError, NetworkError } from './errors';
import { assertSafeAddress } from './preauthorised';
import type { GraphRequest } from './types';

/** Graph needs one: to the storage host. */
const MAX_REDIRECTS = 3;
/** In a row without a single byte in between. */
const MAX_RESUMES = 5;
/** Without a byte while somebody waits for it; a consumer that is slow itself doesn't count. */
const STALL_MS = 60_000;

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

interface Opened {
	readonly headers: HeaderMap;
	readonly body: Readable;
	/** Whether the storage host answered, after a redirect. */
	readonly redirected: boolean;
}

/** See `GraphClient.stream`. A GET that breaks off is resumed where the server offers byte ranges. */
export async function download(
	channel: Channel,
	request: GraphRequest,
): Promise<{ readonly headers: HeaderMap; readonly body: Readable }> {
	const abandoned = new AbortController();
	const signal = channel.signal
		? AbortSignal.any([channel.signal, abandoned.signal])
		: abandoned.signal;
	const http = channel.toHttpRequest(request, { responseType: 'stream', signal });
	// A position in the middle of compressed bytes couldn't be resumed from.
	const plain = { ...http, headers: { ...http.headers, 'accept-encoding': 'identity' } };
	const first = await open(channel, plain);
	const pieces = resumed(channel, plain, first);
	// Not `Readable.from`, which would wait for a read that is under way before it ends the source.
	const body = new Readable({
		read() {
			pieces.next().then(
				({ done, value }) => this.push(done === true ? null : value),
				(error: Error) => this.destroy(error),
			);
		},
		destroy(error, callback) {
			abandoned.abort();
			pieces.return().then(() => callback(error), callback);
		},
	});
	return { headers: first.headers, body };
}

async function* resumed(
	channel: Channel,
	request: HttpRequest,
	first: Opened,
): AsyncGenerator<Buffer, void, void> {
	let { body } = first;
	let receivedBytes = 0;
	let resumes = 0;
	for (;;) {
		let failure: unknown;
		try {
			for await (const piece of withoutStall(body)) {
				receivedBytes += piece.length;
				resumes = 0;
				yield piece;
			}
			return;
		} catch (error) {
			failure = error;
		} finally {
			body.destroy();
		}
		if (request.signal?.aborted) throw new CancelledError();
		const fault = failure instanceof NetworkError ? failure : networkErrorFrom(failure);
		if (++resumes > MAX_RESUMES || !isResumable(request, first)) throw fault;
		const delayMs = backoffMs(resumes, channel.retryLimits, channel.random);
		await channel.clock.sleep(delayMs, request.signal);
		body = await reopen(channel, request, first, receivedBytes, fault);
	}
}

async function open(
	channel: Channel,
	request: HttpRequest,
	range: HeaderMap = {},
): Promise<Opened> {
	// The range is for the host that has the bytes; Graph's redirect would refuse or ignore it.
	let response = await channel.send(request);
	let { url } = request;
	let redirected = false;
	for (let count = 0; REDIRECTS.has(response.status) && count < MAX_REDIRECTS; count++) {
		discard(response);
		url = new URL(response.headers['location'] ?? '', url).href;
		assertSafeAddress(url, 'download');
		const { 'user-agent': userAgent, 'accept-encoding': acceptEncoding } = request.headers;
		const headers = {
			...(userAgent !== undefined && { 'user-agent': userAgent }),
			...(acceptEncoding !== undefined && { 'accept-encoding': acceptEncoding }),
			...range,
		};
		const { method, responseType, repeatable, throttleKey, timeoutMs, signal } = request;
		const bare = { method, responseType, repeatable, throttleKey, timeoutMs, url, headers };
		response = await channel.sendBareWithRetry({ ...bare, ...(signal && { signal }) });
		redirected = true;
	}
	if (response.status >= 300) {
		discard(response);
		throw channel.errorFor(response, request.repeatable);
	}
	return { headers: response.headers, body: response.body as Readable, redirected };
}

function isResumable({ method }: HttpRequest, { headers }: Opened): boolean {
	return method === 'GET' && headers['accept-ranges'] === 'bytes';
}

/** Download addresses are short-lived, hence from the start: Graph gives a new one. */
async function reopen(
	channel: Channel,
	request: HttpRequest,
	first: Opened,
	fromByte: number,
	fault: NetworkError,
): Promise<Readable> {
	// A strong tag only: with a weak one the range would be ignored (RFC 9110 §13.1.5).
	const { etag } = first.headers;
	const range = {
		range: `bytes=${fromByte}-`,
		...(etag?.startsWith('"') && { 'if-range': etag }),
	};
	const source = first.redirected
		? await open(channel, request, range)
		: await open(channel, { ...request, headers: { ...request.headers, ...range } });
	const contentRange = source.headers['content-range'] ?? '';
	if (contentRange.startsWith(`bytes ${fromByte}-`)) return source.body;
	source.body.destroy();
	throw new GraphError('The download broke off, and the file has changed since', {
		code: 'downloadNotResumable',
		nextStep: 'Run it again.',
		cause: fault,
	});
}

/** @throws {NetworkError} `timeout` */
async function* withoutStall(source: Readable): AsyncGenerator<Buffer, void, void> {
	const pieces = source[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>;
	for (;;) {
		const timer = setTimeout(() => {
			source.destroy(
				new NetworkError('timeout', `The download stood still for ${STALL_MS / 1_000} seconds`),
			);
		}, STALL_MS);
		const { done, value } = await pieces.next().finally(() => clearTimeout(timer));
		if (done === true) return;
		yield value;
	}
}

function discard({ body }: HttpResponse): void {
	if (body instanceof Readable) body.destroy();
}
