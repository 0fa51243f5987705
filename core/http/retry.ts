import { NetworkError, OutcomeUnknownError } from '../graph/errors';
import { type Clock, systemClock } from './clock';
import { nextDelayMs, parseRetryAfterMs, RETRY_LIMITS, type RetryLimits } from './retryTiming';
import type { HttpRequest, HttpResponse, Middleware } from './types';

export interface RetryOptions {
	readonly clock?: Clock;
	/** In [0, 1). */
	readonly random?: () => number;
	readonly limits?: RetryLimits;
	readonly onRetry?: (request: HttpRequest, reason: string, delayMs: number) => void;
}

/** Answers that a gateway or a throttle gives; a plain 500 is the service's own and repeats itself. */
const TRANSIENT = new Set([429, 502, 503, 504]);

/** Whether the server turned the request away before it did anything. */
export function wasTurnedAway({
	status,
	headers,
}: Pick<HttpResponse, 'status' | 'headers'>): boolean {
	return status === 429 || (status === 503 && headers['retry-after'] !== undefined);
}

/** Whether a repeat of this request may help and can't do harm. */
export function mayRepeat(
	{ repeatable }: Pick<HttpRequest, 'repeatable'>,
	response: Pick<HttpResponse, 'status' | 'headers'>,
): boolean {
	return TRANSIENT.has(response.status) && (repeatable || wasTurnedAway(response));
}

/**
 * Repeats what failed for a passing reason; otherwise, or when the limits are used up, the last
 * answer is the caller's to read. Every body can be sent again: a stream's is opened anew.
 *
 * @throws {NetworkError} the last one, for a request that may be repeated
 * @throws {OutcomeUnknownError} for one that may not, once it may have reached the server
 */
export function retry(options: RetryOptions = {}): Middleware {
	const { clock = systemClock, random = Math.random, limits = RETRY_LIMITS, onRetry } = options;
	return (next) => async (request) => {
		let waitedMs = 0;
		for (let attempt = 1; ; attempt++) {
			const result = await settle(next(request));
			let retryAfterMs: number | undefined;
			if (result instanceof NetworkError) {
				if (result.isPermanent) throw result;
				if (!request.repeatable && !result.wasNeverSent) throw outcomeUnknown(result);
			} else {
				if (!mayRepeat(request, result)) return result;
				retryAfterMs = parseRetryAfterMs(result.headers['retry-after'], clock.now());
			}
			const delayMs = nextDelayMs({ attempt, waitedMs, retryAfterMs }, limits, random);
			if (delayMs === undefined) {
				if (result instanceof NetworkError) throw result;
				return result;
			}
			const reason = result instanceof NetworkError ? result.fault : String(result.status);
			onRetry?.(request, reason, delayMs);
			await clock.sleep(delayMs, request.signal);
			waitedMs += delayMs;
		}
	};
}

async function settle(response: Promise<HttpResponse>): Promise<HttpResponse | NetworkError> {
	try {
		return await response;
	} catch (error) {
		if (error instanceof NetworkError) return error;
		throw error;
	}
}

function outcomeUnknown(fault: NetworkError): OutcomeUnknownError {
	return new OutcomeUnknownError(
		'No whole answer came back from Microsoft 365: the request may have been carried out',
		{
			code: 'outcomeUnknown',
			nextStep: 'Check in Microsoft 365 whether it was, before you run it again.',
			cause: fault,
		},
	);
}
