import type { Readable } from 'node:stream';
import { parseRetryAfterMs } from '../http/retryTiming';
import type { HttpRequest, HttpResponse } from '../http/types';
import type { Channel } from './channel';
import { NetworkError, OutcomeUnknownError, UploadError } from './errors';
import { assertSafeAddress } from './preauthorised';

/** Time for the largest chunk, 60 MiB, at 2 Mbit/s. */
const CHUNK_TIMEOUT_MS = 5 * 60_000;
const STATUS_TIMEOUT_MS = 30_000;
/** Nobody waits long for tidying up. */
const CANCEL_TIMEOUT_MS = 10_000;

/** Where a session stands after a request to it. */
export type Step =
	| { readonly kind: 'next'; readonly offset: number }
	| { readonly kind: 'done'; readonly body: unknown }
	/** The chunk may or may not have arrived; the session's status tells. */
	| { readonly kind: 'unsure'; readonly retryAfterMs: number | undefined; readonly error: Error };

export interface Chunk {
	readonly open: () => Readable;
	/** In bytes. */
	readonly length: number;
	readonly offset: number;
	readonly totalBytes: number;
}

export interface UploadSession {
	put(chunk: Chunk): Promise<Step>;
	/** After a `put` that left us unsure for this reason. */
	status(chunk: Chunk, reason: Error): Promise<Exclude<Step, { kind: 'unsure' }>>;
	/** Never throws: what Microsoft 365 doesn't hear now, it forgets by itself after some days. */
	cancel(): Promise<void>;
}

/**
 * A session's address is pre-authorised: it gets no token, and no error tells it.
 * Drives answer 202 while they expect more, then 200 or 201 with the item; Outlook answers 200,
 * then 201 with `Location` and no body.
 *
 * @param session the answer to `createUploadSession`
 */
export function openSession(channel: Channel, session: unknown): UploadSession {
	const url = uploadUrlOf(session);
	const base = {
		url,
		headers: {},
		responseType: 'json',
		repeatable: true,
		throttleKey: 'upload',
	} as const;
	const cancellable = channel.signal ? { signal: channel.signal } : {};
	return {
		put: async (chunk) => {
			const end = chunk.offset + chunk.length;
			const request: HttpRequest = {
				...base,
				...cancellable,
				method: 'PUT',
				headers: { 'content-range': `bytes ${chunk.offset}-${end - 1}/${chunk.totalBytes}` },
				body: {
					kind: 'stream',
					open: () => Promise.resolve(chunk.open()),
					contentType: 'application/octet-stream',
					contentLength: chunk.length,
				},
				timeoutMs: CHUNK_TIMEOUT_MS,
			};
			try {
				return readAnswer(channel, chunk, await channel.sendBare(request));
			} catch (error) {
				if (!(error instanceof NetworkError) || error.isPermanent) throw error;
				return { kind: 'unsure', retryAfterMs: undefined, error };
			}
		},
		status: async (chunk, reason) => {
			const request: HttpRequest = {
				...base,
				...cancellable,
				method: 'GET',
				timeoutMs: STATUS_TIMEOUT_MS,
			};
			return readStatus(channel, chunk, reason, await channel.sendBareWithRetry(request));
		},
		cancel: async () => {
			const request: HttpRequest = { ...base, method: 'DELETE', timeoutMs: CANCEL_TIMEOUT_MS };
			await channel.sendBare(request).catch(() => undefined);
		},
	};
}

function readAnswer(channel: Channel, chunk: Chunk, response: HttpResponse): Step {
	const { status, headers, body } = response;
	const end = chunk.offset + chunk.length;
	if (status < 300) {
		const offset = nextOffset(body);
		if (offset !== undefined && status !== 201) return { kind: 'next', offset };
		if (end === chunk.totalBytes) return { kind: 'done', body };
		return { kind: 'next', offset: end };
	}
	const error = errorFor(channel, response);
	// 416: it has other ranges than we think, e.g. because an answer got lost. 507 is a full drive.
	const isUnsure = status === 416 || status === 429 || (status >= 500 && status !== 507);
	if (!isUnsure) throw error;
	const retryAfterMs = parseRetryAfterMs(headers['retry-after'], channel.clock.now());
	return { kind: 'unsure', retryAfterMs, error };
}

function readStatus(
	channel: Channel,
	{ length, offset: start, totalBytes }: Chunk,
	reason: Error,
	response: HttpResponse,
): Exclude<Step, { kind: 'unsure' }> {
	const { status, body } = response;
	const offset = status < 300 ? nextOffset(body) : undefined;
	if (offset !== undefined) return { kind: 'next', offset };
	if (status < 300 && isItem(body)) return { kind: 'done', body };
	// A session ends with its last chunk, so that its absence may mean success.
	const mayBeComplete = start + length === totalBytes;
	if (mayBeComplete && (status < 300 || isGone(status))) {
		throw new OutcomeUnknownError(
			'The answer to the last part of the upload got lost: it may be complete',
			{
				code: 'uploadOutcomeUnknown',
				nextStep: 'Check in Microsoft 365 whether the file is there, before you upload it again.',
				cause: reason,
			},
		);
	}
	throw errorFor(channel, response);
}

/** `"26-"` and `"26-99"` from drives, `"26"` from Outlook. */
function nextOffset(body: unknown): number | undefined {
	const { nextExpectedRanges } = (body ?? {}) as { nextExpectedRanges?: unknown };
	if (!Array.isArray(nextExpectedRanges) || nextExpectedRanges.length === 0) return undefined;
	const offset = Number.parseInt(String(nextExpectedRanges[0]), 10);
	return Number.isSafeInteger(offset) && offset >= 0 ? offset : undefined;
}

function isItem(body: unknown): boolean {
	return typeof body === 'object' && body !== null && 'id' in body;
}

function isGone(status: number): boolean {
	return status === 404 || status === 410;
}

function errorFor(channel: Channel, response: HttpResponse): Error {
	const { status, headers } = response;
	const details = { status, requestId: headers['request-id'] };
	if (status === 401 || status === 403 || isGone(status)) {
		return new UploadError('The upload session has expired or was ended by somebody else', {
			...details,
			code: 'uploadSessionGone',
			nextStep: 'Upload the file again.',
		});
	}
	if (status < 300 || status === 416) {
		return new UploadError('The upload session lost track of what has been sent', {
			...details,
			code: 'uploadOutOfStep',
			nextStep: 'Upload the file again.',
		});
	}
	return channel.errorFor(response, true);
}

function uploadUrlOf(session: unknown): string {
	const { uploadUrl } = (session ?? {}) as { uploadUrl?: unknown };
	if (typeof uploadUrl !== 'string') {
		throw new UploadError('Microsoft Graph opened no upload session', {
			code: 'noUploadSession',
			nextStep: 'Run it again.',
		});
	}
	assertSafeAddress(uploadUrl, 'upload');
	return uploadUrl;
}
