import { badRequest } from '../refused';
import type { Engine } from './engine';
import type { GraphAnswer, IncomingCall } from './call';
import { concurrentPerMailbox } from './limits';

interface BatchItem {
	readonly id: string;
	readonly method: string;
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: unknown;
	readonly dependsOn: readonly string[];
}

interface BatchItemAnswer {
	readonly id: string;
	readonly status: number;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: unknown;
}

export const largestBatch = 20;

/**
 * JSON batching: at most 20 requests, relative URLs, outer 200 whatever happens inside; what
 * depends on a failed request fails with 424. Source: Microsoft's "Combine multiple requests in
 * one HTTP call using JSON batching".
 */
export async function answerBatch(engine: Engine, incoming: IncomingCall): Promise<GraphAnswer> {
	if (incoming.method !== 'POST') throw badRequest('Only POST is supported on $batch.');
	const items = readItems(incoming.bytes);
	const answers = new Map<string, Promise<BatchItemAnswer>>();
	const slots = new Slots(concurrentPerMailbox);
	// Dependencies are always earlier in the list, so their promises are there.
	for (const item of items) {
		answers.set(
			item.id,
			(async () => {
				const needed = item.dependsOn
					.map((id) => answers.get(id))
					.filter((each) => each !== undefined);
				const before = await Promise.all(needed);
				if (before.some(({ status }) => status >= 400)) {
					return failedDependency(item.id);
				}
				return await slots.use(mailboxOf(item.url), () => answerItem(engine, incoming, item));
			})(),
		);
	}
	return { status: 200, json: { responses: await Promise.all(answers.values()) } };
}

/** At most so many at once for each key; the rest wait. */
class Slots {
	readonly #used = new Map<string, number>();
	readonly #waiting: Array<() => void> = [];

	constructor(readonly size: number) {}

	async use<T>(key: string, work: () => Promise<T>): Promise<T> {
		while ((this.#used.get(key) ?? 0) >= this.size) {
			await new Promise<void>((resolve) => {
				this.#waiting.push(resolve);
			});
		}
		this.#used.set(key, (this.#used.get(key) ?? 0) + 1);
		try {
			return await work();
		} finally {
			this.#used.set(key, (this.#used.get(key) ?? 1) - 1);
			for (const wake of this.#waiting.splice(0)) wake();
		}
	}
}

function mailboxOf(url: string): string {
	const [root = '', key = ''] = url.replace(/^\//, '').split(/[/?]/);
	return root.toLowerCase() === 'users' ? `users/${key.toLowerCase()}` : root.toLowerCase();
}

async function answerItem(
	engine: Engine,
	outer: IncomingCall,
	item: BatchItem,
): Promise<BatchItemAnswer> {
	const { authorization } = outer.headers;
	const answer = await engine({
		method: item.method,
		url: `/v1.0/${item.url.replace(/^\//, '')}`,
		origin: outer.origin,
		headers: { ...item.headers, ...(authorization !== undefined && { authorization }) },
		bytes: bodyBytes(item.body),
	});
	return {
		id: item.id,
		status: answer.status,
		headers: {
			...answer.headers,
			...(answer.json !== undefined && {
				'Content-Type': 'application/json; odata.metadata=minimal; odata.streaming=true',
			}),
		},
		...(answer.json !== undefined && { body: answer.json }),
		// Other content comes as base64 in a JSON string.
		...(answer.bytes !== undefined && { body: answer.bytes.toString('base64') }),
	};
}

function bodyBytes(body: unknown): Buffer {
	if (body === undefined || body === null) return Buffer.alloc(0);
	return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

function readItems(bytes: Buffer): BatchItem[] {
	let parsed: { readonly requests?: unknown };
	try {
		parsed = JSON.parse(bytes.toString('utf8')) as typeof parsed;
	} catch {
		throw badRequest('Invalid batch payload format.');
	}
	if (!Array.isArray(parsed.requests)) throw badRequest('Invalid batch payload format.');
	if (parsed.requests.length > largestBatch) {
		throw badRequest(
			`Number of batch request steps exceeds the maximum value of ${largestBatch}.`,
			'MaximumValueExceeded',
		);
	}
	const earlier = new Set<string>();
	return parsed.requests.map((request) => {
		const item = readItem(request as Readonly<Record<string, unknown>>, earlier);
		earlier.add(item.id);
		return item;
	});
}

function readItem(
	request: Readonly<Record<string, unknown>>,
	earlier: ReadonlySet<string>,
): BatchItem {
	const { id, method, url, body, dependsOn = [] } = request;
	if (typeof id !== 'string' || id === '') throw badRequest('Invalid batch request id.');
	if (earlier.has(id)) throw badRequest(`Request ids must be unique: '${id}'.`);
	if (typeof method !== 'string' || typeof url !== 'string') {
		throw badRequest(`Request '${id}' needs a method and a url.`);
	}
	if (/^https?:/i.test(url) || /^\/?v1\.0\//.test(url)) {
		throw badRequest(`Invalid batch request url '${url}': it must be relative to the version.`);
	}
	const headers = Object.fromEntries(
		Object.entries((request.headers ?? {}) as Record<string, string>).map(([name, value]) => [
			name.toLowerCase(),
			value,
		]),
	);
	if (body !== undefined && body !== null && headers['content-type'] === undefined) {
		throw badRequest(
			'Write request id : ' + `${id} does not contain Content-Type header or body.`,
			'BadRequest',
		);
	}
	const needs = dependsOn as readonly string[];
	if (!Array.isArray(dependsOn) || needs.some((each) => !earlier.has(each))) {
		throw badRequest(`Request '${id}' depends on a request that isn't before it.`);
	}
	return { id, method: method.toUpperCase(), url, headers, body, dependsOn: needs };
}

function failedDependency(id: string): BatchItemAnswer {
	return {
		id,
		status: 424,
		body: { error: { code: 'FailedDependency', message: 'A dependency of this request failed.' } },
	};
}
