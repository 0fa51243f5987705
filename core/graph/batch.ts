import { mayRepeat, wasTurnedAway } from '../http/retry';
import { nextDelayMs, parseRetryAfterMs } from '../http/retryTiming';
import type { HttpRequest, HttpResponse } from '../http/types';
import type { Channel } from './channel';
import { GraphError, OutcomeUnknownError } from './errors';
import { path } from './path';
import { bodyOf, headersOf, relativeUrl } from './requests';
import { batchSlotsOf } from './throttleKeys';
import type { BatchOutcome, GraphRequest } from './types';

/** learn.microsoft.com/graph/json-batching#batch-size-limitations */
const REQUESTS_PER_BATCH = 20;
/** Graph refuses bodies above 4 MB; a little is left for the envelope. */
const BATCH_BODY_BYTES = 3_500_000;
/** More would only wait for each other at the throttle. */
const GROUPS_AT_ONCE = 8;

interface Entry {
	readonly index: number;
	readonly request: GraphRequest;
	readonly http: HttpRequest;
}

type Settle = (entry: Entry, outcome: BatchOutcome) => void;

/** See `GraphClient.batch`. */
export async function sendBatch<T>(
	channel: Channel,
	requests: readonly GraphRequest[],
): Promise<Array<BatchOutcome<T>>> {
	const outcomes = new Array<BatchOutcome<T>>(requests.length);
	const settle: Settle = ({ index }, outcome) => {
		outcomes[index] = outcome as BatchOutcome<T>;
	};
	const targets = byTarget(
		requests.map((request, index) => ({ index, request, http: channel.toHttpRequest(request) })),
	);
	const groups = inTurn([...targets.values()].map(groupsOf));
	const work = async () => {
		for (const group of groups) await sendGroup(channel, group, settle);
	};
	await Promise.all(Array.from({ length: GROUPS_AT_ONCE }, work));
	return outcomes;
}

/** One of each in turn, so that a mailbox with many requests does not keep the others waiting. */
function* inTurn<T>(lists: ReadonlyArray<Iterator<T>>): Generator<T, void, void> {
	let left = [...lists];
	while (left.length > 0) {
		const still: Array<Iterator<T>> = [];
		for (const list of left) {
			const next = list.next();
			if (next.done === true) continue;
			still.push(list);
			yield next.value;
		}
		left = still;
	}
}

/** What may share an envelope: the throttle counts it together, and a batch has one version. */
function byTarget(entries: readonly Entry[]): Map<string, Entry[]> {
	const byKey = new Map<string, Entry[]>();
	for (const entry of entries) {
		const key = `${entry.request.version ?? ''} ${entry.http.throttleKey}`;
		const sameKey = byKey.get(key);
		if (sameKey) sameKey.push(entry);
		else byKey.set(key, [entry]);
	}
	return byKey;
}

function* groupsOf(entries: readonly Entry[]): Generator<Entry[]> {
	let group: Entry[] = [];
	let groupBytes = 0;
	for (const entry of entries) {
		const { body } = entry.http;
		if (body && body.kind !== 'json') {
			yield [entry];
			continue;
		}
		const bytes = body ? Buffer.byteLength(JSON.stringify(body.value)) : 0;
		if (group.length === REQUESTS_PER_BATCH || groupBytes + bytes > BATCH_BODY_BYTES) {
			if (group.length > 0) yield group;
			group = [];
			groupBytes = 0;
		}
		group.push(entry);
		groupBytes += bytes;
	}
	if (group.length > 0) yield group;
}

async function sendGroup(channel: Channel, group: readonly Entry[], settle: Settle): Promise<void> {
	let pending = group;
	try {
		const [first, ...others] = group;
		// No envelope for one: the chain does all that is needed, for every kind of body.
		if (first && others.length === 0) {
			settle(first, outcomeOf(channel, first, await channel.send(first.http)));
			return;
		}
		let waitedMs = 0;
		for (let attempt = 1; ; attempt++) {
			const answers = await exchange(channel, pending);
			const nowMs = channel.clock.now();
			const again: Entry[] = [];
			let retryAfterMs: number | undefined;
			for (const entry of pending) {
				const answer = answers.get(String(entry.index));
				if (answer && mayRepeat(entry.http, answer)) {
					again.push(entry);
					const askedMs = parseRetryAfterMs(answer.headers['retry-after'], nowMs);
					if (askedMs !== undefined) retryAfterMs = Math.max(askedMs, retryAfterMs ?? 0);
				} else {
					settle(entry, outcomeOf(channel, entry, answer));
				}
			}
			if (again.length === 0) return;
			const state = { attempt, waitedMs, retryAfterMs };
			const delayMs = nextDelayMs(state, channel.retryLimits, channel.random);
			const turnedAway = again.find((entry) => {
				const answer = answers.get(String(entry.index));
				return answer && wasTurnedAway(answer);
			});
			if (turnedAway) channel.backOff(turnedAway.http.throttleKey, delayMs ?? retryAfterMs ?? 0);
			pending = again;
			if (delayMs === undefined) {
				for (const entry of again) {
					settle(entry, outcomeOf(channel, entry, answers.get(String(entry.index))));
				}
				return;
			}
			await channel.clock.sleep(delayMs, channel.signal);
			waitedMs += delayMs;
		}
	} catch (error) {
		const failure = error instanceof Error ? error : new Error(String(error));
		for (const entry of pending) settle(entry, { ok: false, error: failure });
	}
}

function outcomeOf(
	channel: Channel,
	{ http }: Entry,
	answer: HttpResponse | undefined,
): BatchOutcome {
	if (!answer) return { ok: false, error: unanswered(http.repeatable) };
	if (answer.status >= 300) return { ok: false, error: channel.errorFor(answer, http.repeatable) };
	const { status, headers, body } = answer;
	return { ok: true, status, headers, body };
}

/** The inner answers by id, which come in any order. */
async function exchange(
	channel: Channel,
	entries: readonly Entry[],
): Promise<ReadonlyMap<string, HttpResponse>> {
	const { http, request } = entries[0] as Entry;
	const { throttleKey, signal } = http;
	const repeatable = entries.every((entry) => entry.http.repeatable);
	const envelope = channel.toHttpRequest({
		method: 'POST',
		path: path`/$batch`,
		...(request.version && { version: request.version }),
		body: { requests: entries.map(innerRequest) },
		repeatable,
	});
	const response = await channel.send({
		...envelope,
		throttleKey,
		throttleSlots: batchSlotsOf(throttleKey, entries.length),
		...(signal && { signal }),
	});
	if (response.status >= 300) throw channel.errorFor(response, repeatable);
	const { responses } = (response.body ?? {}) as { responses?: readonly InnerResponse[] };
	return new Map((responses ?? []).map((inner) => [inner.id, toResponse(inner)]));
}

function innerRequest({ index, request }: Entry): Record<string, unknown> {
	const body = bodyOf(request);
	const headers = {
		...(body && { 'content-type': 'application/json' }),
		...headersOf(request),
	};
	return {
		id: String(index),
		method: request.method,
		url: relativeUrl(request),
		headers: Object.fromEntries(
			Object.entries(headers).map(([name, value]) => [titleCased(name), value]),
		),
		...(body?.kind === 'json' && { body: body.value }),
	};
}

/** `Content-Type`: as in Microsoft's examples, should the names of inner headers be compared as they are. */
function titleCased(name: string): string {
	return name.replace(/(?<=^|-)[a-z]/g, (letter) => letter.toUpperCase());
}

interface InnerResponse {
	readonly id: string;
	readonly status: number;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: unknown;
}

function toResponse({ status, headers, body }: InnerResponse): HttpResponse {
	const lowerCased = Object.entries(headers ?? {}).map(([name, value]) => [
		name.toLowerCase(),
		String(value),
	]);
	return { status, headers: Object.fromEntries(lowerCased) as HttpResponse['headers'], body };
}

function unanswered(repeatable: boolean): Error {
	const text = 'Microsoft Graph answered the batch without this request';
	const code = 'batchAnswerMissing';
	if (repeatable) return new GraphError(text, { code, nextStep: 'Run it again.' });
	return new OutcomeUnknownError(`${text}, which may have been carried out`, {
		code,
		nextStep: 'Check in Microsoft 365 whether it was, before you run it again.',
	});
}
