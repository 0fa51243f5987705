import { setImmediate as turn } from 'node:timers/promises';
import { type Attention, createAttention } from '../../../../nodes/Trigger/instant/attention';
import { createSteppedClock } from '../../../support/steppedClock';

const minuteMs = 60_000;
let attention: Attention;

/** Looks that are under way until they are let go, where `isSlow`. */
function begin({ floorMs = () => 10 * minuteMs, isSlow = false } = {}) {
	const clock = createSteppedClock(() => false);
	const startedAt = clock.now();
	/** Seconds since the beginning, and whether only time has caused the look. */
	const looks: string[] = [];
	let isFloor = false;
	let letGo: () => void = () => undefined;
	attention = createAttention({
		clock,
		floorMs,
		onFloor: async () => {
			isFloor = true;
			await Promise.resolve();
		},
		look: async () => {
			looks.push(`${(clock.now() - startedAt) / 1000}${isFloor ? ' floor' : ''}`);
			isFloor = false;
			if (isSlow) await new Promise<void>((resolve) => (letGo = resolve));
		},
	});
	return {
		clock,
		looks,
		letGo: async () => {
			letGo();
			await turn();
		},
	};
}
afterEach(() => {
	attention.stop();
});

it('looks a second after the start, then as often as the floor says', async () => {
	const { clock, looks } = begin();
	attention.start();
	await clock.advance(31 * minuteMs);
	expect(looks).toEqual(['1', '601 floor', '1201 floor', '1801 floor']);
});

it('looks at each sign at once and once more after the last one; the floor counts from there', async () => {
	const { clock, looks } = begin();
	attention.start();
	await clock.advance(60_000);
	attention.lookTwice();
	await clock.advance(5_000);
	attention.lookTwice();
	await clock.advance(11 * minuteMs);
	expect(looks).toEqual(['1', '60', '65', '80', '680 floor']);
});

it('makes one look of all signs that come while it looks', async () => {
	const { clock, looks, letGo } = begin({ isSlow: true });
	attention.start();
	await clock.advance(1_000);
	for (let sign = 0; sign < 20; sign++) attention.lookSoon();
	await clock.advance(3_000);
	expect(looks).toEqual(['1']);
	await letGo();
	await clock.advance(0);
	expect(looks).toEqual(['1', '4']);
	await letGo();
	await clock.advance(60_000);
	expect(looks).toEqual(['1', '4']);
});

it('takes up another floor when told', async () => {
	let floor = 10 * minuteMs;
	const { clock, looks } = begin({ floorMs: () => floor });
	attention.start();
	await clock.advance(2 * minuteMs);
	floor = minuteMs;
	attention.reconsider();
	await clock.advance(minuteMs);
	expect(looks).toEqual(['1', '120 floor', '180 floor']);
});

it('looks no more once stopped', async () => {
	const { clock, looks } = begin();
	attention.start();
	await clock.advance(1_000);
	attention.stop();
	attention.lookSoon();
	await clock.advance(60 * minuteMs);
	expect(looks).toEqual(['1']);
});
