import { setTimeout as delay } from 'node:timers/promises';

/** Waits for what happens at another end of the wire. @throws when it doesn't happen in time */
export async function until(
	isMet: () => boolean | Promise<boolean>,
	{ patienceMs = 3_000, pauseMs = 2 } = {},
): Promise<void> {
	const endMs = Date.now() + patienceMs;
	while (!(await isMet())) {
		if (Date.now() > endMs) throw new Error(`Waited in vain for ${isMet.toString()}`);
		await delay(pauseMs);
	}
}
