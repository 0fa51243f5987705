import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../scripts/bootstrap/paths.mjs';
import { runSide } from './measure.mjs';

const file = join(root, 'bench', 'counts.json');

/**
 * The short form: each work once, small, and as many Graph requests as are written down, or fewer.
 * A number of requests is the same on every machine, a time is not.
 *
 * @returns the exit code
 */
export async function checkCounts(context, works, isUpdate) {
	const known = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
	const found = { ...known };
	let failed = 0;
	let passed = 0;
	for (const work of works.filter(({ count }) => count.short > 0)) {
		const { requests, batched, error } = await runSide(context, work, 'ours', work.count.short);
		found[work.value] = { size: work.count.short, requests, batched };
		const allowed = known[work.value];
		const problem =
			error ??
			(isUpdate ? undefined : allowed ? tooMany(requests, allowed) : 'is not in bench/counts.json');
		if (problem === undefined) passed++;
		else failed++;
		const verdict = problem === undefined ? 'ok' : `FAILED: ${problem}`;
		console.log(
			`${work.name(work.count.short)}: ${requests} requests, ${batched} batched: ${verdict}`,
		);
	}
	if (isUpdate && failed === 0) writeFileSync(file, `${JSON.stringify(found, undefined, '\t')}\n`);
	console.log(`${passed} passed, ${failed} failed`);
	return failed === 0 ? 0 : 1;
}

function tooMany(requests, allowed) {
	if (requests <= allowed.requests) return undefined;
	return `${requests} requests instead of ${allowed.requests}; if that is meant: npm run bench -- --short --update`;
}
