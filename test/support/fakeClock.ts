import { CancelledError } from '../../core/graph/errors';
import type { Clock } from '../../core/http/clock';

export interface FakeClock extends Clock {
	/** Every wait so far, in milliseconds. */
	readonly sleeps: number[];
	advance(ms: number): void;
}

/** A clock that sleeps no longer than the event loop takes to turn, but says it did. */
export function createFakeClock(startMs = Date.UTC(2026, 0, 1)): FakeClock {
	let nowMs = startMs;
	const sleeps: number[] = [];
	return {
		sleeps,
		now: () => nowMs,
		advance: (ms) => {
			nowMs += ms;
		},
		sleep: async (delayMs, signal) => {
			if (signal?.aborted) throw new CancelledError();
			sleeps.push(delayMs);
			const wakeMs = nowMs + delayMs;
			await new Promise((resolve) => setImmediate(resolve));
			if (signal?.aborted) throw new CancelledError();
			nowMs = Math.max(nowMs, wakeMs);
		},
	};
}
