import { ThrottledError } from '../graph/errors';
import { type Clock, systemClock } from './clock';
import { wasTurnedAway } from './retry';
import { parseRetryAfterMs, RETRY_LIMITS } from './retryTiming';
import { Semaphore } from './semaphore';
import type { Middleware } from './types';

/** Some services answer 429 without `Retry-After`; a second of quiet is what others ask for at least. */
const DEFAULT_BACK_OFF_MS = 1_000;

interface Gate {
	readonly semaphore: Semaphore;
	closedUntilMs: number;
}

/** What is in flight, and what has been told to wait, by key. One a process. */
export interface ThrottleRegistry {
	/**
	 * Waits for free slots and for the end of a back-off, then answers the function that frees them.
	 * @throws {ThrottledError} at once when the back-off is longer than a retry may wait
	 * @throws {CancelledError}
	 */
	enter(key: string, entry: ThrottleEntry): Promise<() => void>;
	/** Nothing with this key is sent for so long. */
	backOff(key: string, limit: number, delayMs: number): void;
}

export interface ThrottleEntry {
	/** Slots that the key has. */
	readonly limit: number;
	readonly slots: number;
	readonly signal?: AbortSignal | undefined;
}

export function createThrottleRegistry(clock: Clock = systemClock): ThrottleRegistry {
	const gates = new Map<string, Gate>();

	const gateOf = (key: string, limit: number): Gate => {
		const existing = gates.get(key);
		if (existing) return existing;
		const gate = { semaphore: new Semaphore(limit), closedUntilMs: 0 };
		gates.set(key, gate);
		return gate;
	};
	const closedForMs = (gate: Gate): number => gate.closedUntilMs - clock.now();

	return {
		enter: async (key, { limit, slots, signal }) => {
			for (;;) {
				const gate = gateOf(key, limit);
				const delayMs = closedForMs(gate);
				if (delayMs > RETRY_LIMITS.maxTotalWaitMs) throw stillThrottled(delayMs, clock.now());
				if (delayMs > 0) {
					await clock.sleep(delayMs, signal);
					continue;
				}
				const taken = Math.min(slots, gate.semaphore.limit);
				await gate.semaphore.acquire(taken, signal);
				const leave = () => {
					gate.semaphore.release(taken);
					// Keys are ids; without this the map would grow for the life of the process.
					if (gate.semaphore.isIdle && closedForMs(gate) <= 0) gates.delete(key);
				};
				if (closedForMs(gate) <= 0) return leave;
				// Somebody was told to wait while this one queued.
				leave();
			}
		},
		backOff: (key, limit, delayMs) => {
			const gate = gateOf(key, limit);
			gate.closedUntilMs = Math.max(gate.closedUntilMs, clock.now() + delayMs);
		},
	};
}

export interface ThrottleOptions {
	readonly registry: ThrottleRegistry;
	/** Before each key: limits hold for an app in a tenant. */
	readonly scope: string;
	readonly limitOf: (throttleKey: string) => number;
	readonly clock?: Clock;
}

/** Holds requests back so that no more are in flight than the service bears. */
export function throttle({
	registry,
	scope,
	limitOf,
	clock = systemClock,
}: ThrottleOptions): Middleware {
	return (next) => async (request) => {
		const key = `${scope} ${request.throttleKey}`;
		const limit = limitOf(request.throttleKey);
		const slots = request.throttleSlots ?? 1;
		const leave = await registry.enter(key, { limit, slots, signal: request.signal });
		try {
			const response = await next(request);
			if (wasTurnedAway(response)) {
				const retryAfterMs = parseRetryAfterMs(response.headers['retry-after'], clock.now()) ?? 0;
				registry.backOff(key, limit, retryAfterMs > 0 ? retryAfterMs : DEFAULT_BACK_OFF_MS);
			}
			return response;
		} finally {
			leave();
		}
	};
}

function stillThrottled(retryAfterMs: number, nowMs: number): ThrottledError {
	const at = new Date(nowMs + retryAfterMs).toISOString();
	return new ThrottledError(`Microsoft 365 asked for no more requests of this kind before ${at}`, {
		code: 'throttled',
		nextStep: 'Run it again after that time, with fewer items or less often.',
		retryAfterMs,
	});
}
