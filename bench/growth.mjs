// How time and memory grow: 1,000, 10,000 and 100,000 messages and files, listed in n8n.
//   npm run bench -- --growth
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../scripts/bootstrap/paths.mjs';
import { runSide } from './measure.mjs';
import { drawGrowth } from './growthSvg.mjs';
import { listFolder } from './works/files.mjs';
import { getMessages } from './works/mail.mjs';

const sizes = [1_000, 10_000, 100_000];

/** @returns a point a work and size; also written to artifacts/bench */
export async function measureGrowth(context) {
	const series = [];
	for (const [name, work] of [
		['messages', getMessages],
		['files', listFolder],
	]) {
		const points = [];
		for (const size of sizes) {
			const { wallMs, beforeMiB, peakMiB, requests, error } = await runSide(
				context,
				work,
				'ours',
				size,
			);
			const point = { size, wallMs, overIdleMiB: peakMiB - beforeMiB, requests, error };
			console.log(`${size} ${name}: ${JSON.stringify(point)}`);
			points.push(point);
		}
		series.push({ name, points });
	}
	const folder = join(root, 'artifacts', 'bench');
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'growth.json'), JSON.stringify(series, undefined, '\t'));
	writeFileSync(join(folder, 'growth.svg'), drawGrowth(series));
	return series;
}
