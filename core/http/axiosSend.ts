import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { Readable } from 'node:stream';
import { text as readText } from 'node:stream/consumers';
import type { AxiosResponse } from 'axios';
import { CancelledError, NetworkError } from '../graph/errors';
import { networkErrorFrom } from './networkFaults';
import type { HeaderMap, HttpRequest, HttpResponse, RequestBody, Send } from './types';

/**
 * Idle sockets are closed before Graph's gateways close them (they do after two minutes or more):
 * a request on a socket that is being closed breaks, and then nobody knows whether it was carried out.
 */
const IDLE_SOCKET_MS = 30_000;

const agentOptions = { keepAlive: true, timeout: IDLE_SOCKET_MS };
// One pair a process, so that runs share connections.
const httpAgent = new HttpAgent(agentOptions);
const httpsAgent = new HttpsAgent(agentOptions);

/**
 * The end of every chain, and the only place that knows axios. Redirects aren't followed: the
 * request may carry a token. Proxies are taken from the environment, as axios does.
 *
 * @throws {NetworkError} when no whole answer came
 * @throws {CancelledError}
 */
export const axiosSend: Send = async (request) => {
	// At first use: loading axios takes longer than the rest of the package.
	const { default: axios } = await import('axios');
	const content = await contentOf(request.body);
	try {
		const response = await axios.request<unknown>({
			method: request.method,
			url: request.url,
			headers: headersFor(request, content),
			data: content?.data,
			responseType: request.responseType === 'stream' ? 'stream' : 'arraybuffer',
			// What we send and get is taken as it is; parsing is below.
			transformRequest: [(data: unknown) => data],
			transformResponse: [(data: unknown) => data],
			validateStatus: null,
			maxRedirects: 0,
			// No limits. With any number axios would pass streams through one more to count them.
			maxBodyLength: -1,
			maxContentLength: -1,
			httpAgent,
			httpsAgent,
			...(request.signal && { signal: request.signal }),
		});
		return await read(response, request);
	} catch (error) {
		if (content?.failure()) throw content.failure();
		if (axios.isCancel(error) || request.signal?.aborted) throw new CancelledError();
		throw error instanceof NetworkError ? error : networkErrorFrom(error);
	} finally {
		content?.close();
	}
};

interface Content {
	readonly data: Buffer | Readable;
	readonly type: string;
	readonly length?: number;
	/** Why the source itself failed, which is no fault of the network. */
	failure(): unknown;
	close(): void;
}

async function contentOf(body: RequestBody | undefined): Promise<Content | undefined> {
	if (!body) return undefined;
	if (body.kind === 'json') {
		return bufferContent(Buffer.from(JSON.stringify(body.value)), 'application/json');
	}
	if (body.kind === 'bytes') return bufferContent(body.value, body.contentType);
	const source = await body.open();
	let failure: unknown;
	source.once('error', (error) => {
		failure = error;
	});
	return {
		data: source,
		type: body.contentType,
		...(body.contentLength !== undefined && { length: body.contentLength }),
		failure: () => failure,
		close: () => source.destroy(),
	};
}

function bufferContent(data: Buffer, type: string): Content {
	return { data, type, length: data.length, failure: () => undefined, close: () => undefined };
}

function headersFor(request: HttpRequest, content: Content | undefined): Record<string, string> {
	return {
		accept: request.responseType === 'json' ? 'application/json' : '*/*',
		...(content && { 'content-type': content.type }),
		...(content?.length !== undefined && { 'content-length': String(content.length) }),
		...request.headers,
	};
}

async function read(response: AxiosResponse<unknown>, request: HttpRequest): Promise<HttpResponse> {
	const { status, data } = response;
	const headers = lowerCased(response.headers);
	if (status >= 400) {
		const text = data instanceof Readable ? await readText(data) : textOf(data);
		return { status, headers, body: parsedOrText(text) };
	}
	if (request.responseType !== 'json') return { status, headers, body: data };
	const text = textOf(data);
	if (text === '') return { status, headers, body: undefined };
	try {
		return { status, headers, body: JSON.parse(text) as unknown };
	} catch {
		// Cut short by something in between, or another's page in place of the answer.
		throw new NetworkError('unreadableAnswer', 'The answer was cut short or is not JSON', {
			status,
			requestId: headers['request-id'],
		});
	}
}

function lowerCased(headers: Record<string, unknown>): HeaderMap {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
	);
}

function textOf(data: unknown): string {
	if (Buffer.isBuffer(data)) return data.toString('utf8');
	return typeof data === 'string' ? data : '';
}

function parsedOrText(text: string): unknown {
	try {
		return text === '' ? undefined : (JSON.parse(text) as unknown);
	} catch {
		return text;
	}
}
