// This package, n8n's own nodes and a bare client on the same work, in one n8n, against one sandbox.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../scripts/bootstrap/paths.mjs';
import { checkCounts } from './counts.mjs';
import { openContext } from './context.mjs';
import { measureGrowth } from './growth.mjs';
import { measureLayers } from './layers.mjs';
import { runFloor, runSide } from './measure.mjs';
import { drawTable } from './svg.mjs';
import { rowOf, printTable } from './table.mjs';
import { works } from './works/index.mjs';

const usage = `npm run bench -- [options]
  --only A,B     only these works: ${works.map(({ value }) => value).join(', ')}
  --rounds N     how often each side does each work, in turn (default 3)
  --latency MS   what each Graph request takes on top of its work (default 40)
  --short        small sizes, one round, ours alone: compares the numbers of requests with bench/counts.json
  --update       with --short: writes bench/counts.json anew
  --growth       instead: 1,000, 10,000 and 100,000 messages and files, time and memory`;

const { values } = parseArgs({
	options: {
		only: { type: 'string' },
		rounds: { type: 'string', default: '3' },
		latency: { type: 'string', default: '40' },
		short: { type: 'boolean', default: false },
		update: { type: 'boolean', default: false },
		growth: { type: 'boolean', default: false },
		help: { type: 'boolean', default: false },
	},
});
if (values.help) {
	console.log(usage);
	process.exit(0);
}

const chosen = values.only?.split(',');
const selected = works.filter(({ value }) => chosen?.includes(value) ?? true);
const context = await openContext();
try {
	if (values.growth) await measureGrowth(context);
	else if (values.short) process.exitCode = await checkCounts(context, selected, values.update);
	else await compare(context, selected);
} finally {
	await context.close();
}

async function compare({ sandbox }, list) {
	const rows = [];
	for (const work of list) {
		const size = work.count.full;
		const reason = work.cannotRun?.(context);
		if (reason !== undefined) {
			console.log(`${work.name(size)}: left out. ${reason}`);
			continue;
		}
		const rounds = Number(values.rounds);
		const results = { ours: [], theirs: [], floor: [] };
		// The first run of a side loads code; a small one before takes that out of the comparison.
		const warmUp = work.warmUp ?? work.count.short;
		await runSide(context, work, 'ours', warmUp);
		await runSide(context, work, 'theirs', warmUp);
		for (let round = 0; round < rounds; round++) {
			for (const side of ['ours', 'theirs', 'floor']) {
				await sandbox.control('POST', 'latency', { ms: 0 });
				const slow = { ...work, prepare: async (...all) => await prepareThenSlow(work, all) };
				const result =
					side === 'floor'
						? await runFloor(context, slow, size)
						: await runSide(context, slow, side, size);
				if (result) results[side].push(result);
				console.error(`${work.name(size)}, ${side}: ${JSON.stringify(result ?? 'none')}`);
			}
		}
		rows.push(rowOf(work, size, results));
		console.log(printTable(rows.slice(-1)));
	}
	console.log(`\n${printTable(rows)}`);
	if (!chosen) await printOverheads();
	const folder = join(root, 'artifacts', 'bench');
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'results.json'), JSON.stringify(rows, undefined, '\t'));
	writeFileSync(join(folder, 'table.md'), printTable(rows));
	writeFileSync(join(folder, 'benchmark.svg'), drawTable(rows));
	console.log(`\nartifacts/bench has the table, the figures and the picture.`);
}

/** Filling the mailbox needs no latency, and resetting the sandbox clears it. */
async function prepareThenSlow(work, all) {
	await work.prepare(...all);
	await context.sandbox.control('POST', 'latency', { ms: Number(values.latency) });
}

/** What every request and every start of n8n pays. */
async function printOverheads() {
	const { medianDifferenceMs } = await measureLayers();
	console.log(
		`\nOur layers cost ${medianDifferenceMs.toFixed(2)} ms a request over the HTTP library.`,
	);
	const measured = execFileSync(process.execPath, ['scripts/measure-load.mjs'], { cwd: root });
	const { medianMs } = JSON.parse(measured.toString());
	console.log(`n8n's start takes ${medianMs.toFixed(0)} ms longer with the package.`);
}
