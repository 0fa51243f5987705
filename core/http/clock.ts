import { setTimeout as delay } from 'node:timers/promises';
import { CancelledError } from '../graph/errors';

/** Time as the chain sees it, so that tests needn't wait. */
export interface Clock {
	/** Milliseconds since 1970. */
	now(): number;
	/** @throws {CancelledError} when the signal fires first. */
	sleep(delayMs: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
	now: () => Date.now(),
	sleep: async (delayMs, signal) => {
		try {
			await delay(delayMs, undefined, { ...(signal && { signal }) });
		} catch {
			throw new CancelledError();
		}
	},
};
