import { setImmediate as turn } from 'node:timers/promises';
import { CancelledError } from '../../core/graph/errors';
import type { Clock } from '../../core/http/clock';

export interface SteppedClock extends Clock {
	/** Lets time pass, waking who sleeps in the order of their times. */
	advance(ms: number): Promise<void>;
}

interface Sleeper {
	readonly wakeMs: number;
	readonly wake: () => void;
}

/**
 * A clock that stands still until the test moves it: for what goes on by itself for days.
 * @param isBusy whether requests are under way, which time waits for
 */
export function createSteppedClock(
	isBusy: () => boolean,
	startMs = Date.UTC(2026, 0, 1),
): SteppedClock {
	const settle = async () => {
		for (let quietTurns = 0; quietTurns < 3; quietTurns = isBusy() ? 0 : quietTurns + 1) {
			await turn();
		}
	};
	let nowMs = startMs;
	const sleepers = new Set<Sleeper>();
	return {
		now: () => nowMs,
		sleep: async (delayMs, signal) =>
			await new Promise<void>((resolve, reject) => {
				const end = (finish: () => void) => {
					sleepers.delete(sleeper);
					signal?.removeEventListener('abort', cancel);
					finish();
				};
				const cancel = () => {
					end(() => {
						reject(new CancelledError());
					});
				};
				const sleeper: Sleeper = {
					wakeMs: nowMs + delayMs,
					wake: () => {
						end(resolve);
					},
				};
				if (signal?.aborted) {
					reject(new CancelledError());
					return;
				}
				sleepers.add(sleeper);
				signal?.addEventListener('abort', cancel, { once: true });
			}),
		async advance(ms) {
			const endMs = nowMs + ms;
			await settle();
			for (;;) {
				const next = [...sleepers].sort((a, b) => a.wakeMs - b.wakeMs)[0];
				if (!next || next.wakeMs > endMs) break;
				nowMs = Math.max(nowMs, next.wakeMs);
				next.wake();
				await settle();
			}
			nowMs = endMs;
		},
	};
}
