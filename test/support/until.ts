import { setTimeout as delay } from 'node:timers/promises';

const PATIENCE_MS = 3_000;

/** Waits for what happens at another end of the wire. @throws when it doesn't happen in three seconds */
export async function until(isMet: () => boolean | Promise<boolean>): Promise<void> {
	const endMs = Date.now() + PATIENCE_MS;
	while (!(await isMet())) {
		if (Date.now() > endMs) throw new Error(`Waited in vain for ${isMet.toString()}`);
		await delay(2);
	}
}
