import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { seconds } from './run.mjs';
import { say } from './say.mjs';

/**
 * A folder that is installed once and kept. Its stamp is written last and names what it was made
 * from, so an interrupted or outdated one is made anew.
 */
export async function ensureFolder({ label, folder, madeFrom, install }) {
	const stampFile = join(folder, 'stamp.json');
	const wanted = fingerprint(madeFrom);
	if (readStamp(stampFile) === wanted) return;
	await withLock(`${folder}.lock`, async () => {
		if (readStamp(stampFile) === wanted) return;
		const startedAt = Date.now();
		say(`${label}: installing${existsSync(folder) ? ' anew' : ''}`);
		rmSync(folder, { recursive: true, force: true });
		mkdirSync(folder, { recursive: true });
		await install(folder);
		writeFileSync(stampFile, `${JSON.stringify({ fingerprint: wanted })}\n`);
		say(`${label}: ready after ${seconds(startedAt)}`);
	});
}

/** `madeFrom`: JSON values and file contents that decide what is installed. */
export function fingerprint(madeFrom) {
	return createHash('sha256').update(JSON.stringify(madeFrom)).digest('hex');
}

function readStamp(file) {
	try {
		return JSON.parse(readFileSync(file, 'utf8')).fingerprint;
	} catch {
		return undefined;
	}
}
