import type { Clock } from '../../../core/http/clock';

export interface AttentionOptions {
	/** Never throws; looks one after the other. */
	readonly look: () => Promise<void>;
	/** How long without a look is long enough; asked anew each time. */
	readonly floorMs: () => number;
	/** Before each look that only time has caused. */
	readonly onFloor: () => Promise<void>;
	readonly clock: Clock;
}

/** When to look: at each sign of a change, and regularly, whatever signs there are. */
export interface Attention {
	/** Begins, with a look soon. */
	readonly start: () => void;
	readonly lookSoon: () => void;
	/** At once and a little later: Microsoft may tell of a change before it shows it. */
	readonly lookTwice: () => void;
	/** What `floorMs` answers is another now. */
	readonly reconsider: () => void;
	readonly stop: () => void;
}

/** Soon, but not before n8n has the workflow as active. */
const firstLookMs = 1_000;
const secondLookMs = 15_000;

export function createAttention({ look, floorMs, onFloor, clock }: AttentionOptions): Attention {
	const life = new AbortController();
	let alarm = new AbortController();
	let lastLookAt = clock.now();
	/** When looks are due that were asked for; milliseconds since 1970. */
	let askedAt = Infinity;
	/** Of `lookTwice`, the second one; each further sign puts it off, having its own first one. */
	let againAt = Infinity;

	const askFor = (at: number) => {
		askedAt = Math.min(askedAt, at);
		alarm.abort();
	};

	const run = async () => {
		while (!life.signal.aborted) {
			const now = clock.now();
			const isAsked = askedAt <= now || againAt <= now;
			if (isAsked || now >= lastLookAt + floorMs()) {
				if (askedAt <= now) askedAt = Infinity;
				if (againAt <= now) againAt = Infinity;
				lastLookAt = now;
				if (!isAsked) await onFloor();
				await look();
				continue;
			}
			alarm = new AbortController();
			const signal = AbortSignal.any([life.signal, alarm.signal]);
			const wakeAt = Math.min(lastLookAt + floorMs(), askedAt, againAt);
			await clock.sleep(Math.max(1, wakeAt - now), signal).catch(() => undefined);
		}
	};

	return {
		start: () => {
			askFor(clock.now() + firstLookMs);
			void run();
		},
		lookSoon: () => {
			askFor(clock.now());
		},
		lookTwice: () => {
			againAt = clock.now() + secondLookMs;
			askFor(clock.now());
		},
		reconsider: () => {
			alarm.abort();
		},
		stop: () => {
			life.abort();
		},
	};
}
