export interface RetryLimits {
	/** Attempts in all, the first one included. */
	readonly maxAttempts: number;
	/** The sum of all waits between attempts; also the longest `Retry-After` that is honoured. */
	readonly maxTotalWaitMs: number;
	/** The first backoff is a random part of this; each further one of twice as much. */
	readonly backoffBaseMs: number;
	readonly backoffCapMs: number;
}

/**
 * Six attempts ride out the usual two minutes of a service's failover with full-jitter backoff.
 * Ten minutes: `Retry-After` values of 315 s have been seen for mailboxes
 * (learn.microsoft.com/answers/questions/648796), and two of them should fit.
 */
export const RETRY_LIMITS: RetryLimits = {
	maxAttempts: 6,
	maxTotalWaitMs: 10 * 60_000,
	backoffBaseMs: 1_000,
	backoffCapMs: 30_000,
};

// RFC 9110 §5.6.7: the only form that a sender may generate.
const IMF_FIXDATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** Milliseconds to wait by a `Retry-After` in seconds or as an HTTP date; `undefined` if it is neither. */
export function parseRetryAfterMs(value: string | undefined, nowMs: number): number | undefined {
	const text = value?.trim();
	if (!text) return undefined;
	if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1_000);
	if (!IMF_FIXDATE.test(text)) return undefined;
	const atMs = Date.parse(text);
	return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs);
}

/** Full jitter (aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter): spreads clients best. */
export function backoffMs(attempt: number, limits: RetryLimits, random: () => number): number {
	const ceilingMs = Math.min(limits.backoffCapMs, limits.backoffBaseMs * 2 ** (attempt - 1));
	return Math.round(random() * ceilingMs);
}

export interface RetryState {
	/** Attempts made so far; 1 after the first. */
	readonly attempt: number;
	readonly waitedMs: number;
	readonly retryAfterMs: number | undefined;
}

/** How long to wait before the next attempt; `undefined` when the limits are used up. */
export function nextDelayMs(
	state: RetryState,
	limits: RetryLimits,
	random: () => number,
): number | undefined {
	if (state.attempt >= limits.maxAttempts) return undefined;
	// A "0" would turn six attempts into one burst, hence the backoff as its floor.
	const backoff = backoffMs(state.attempt, limits, random);
	const { retryAfterMs = 0 } = state;
	const delayMs = retryAfterMs > 0 ? retryAfterMs : backoff;
	return state.waitedMs + delayMs > limits.maxTotalWaitMs ? undefined : delayMs;
}
