// How much longer n8n's start takes with the package: a fresh Node loads every file that package.json
// names to n8n, and makes each class once, as n8n does. n8n-workflow is loaded before, as in n8n.
//
//   node scripts/measure-load.mjs [FOLDER] [--runs N]   one JSON line: {"medianMs", "runsMs"}
//
// FOLDER holds the built or the installed package (default: this project).
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, delimiter, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { n8nHost, node24, root } from './bootstrap/paths.mjs';

const { positionals, values } = parseArgs({
	allowPositionals: true,
	options: { runs: { type: 'string', default: '7' }, once: { type: 'boolean', default: false } },
});
const folder = resolve(positionals[0] ?? root);

if (values.once) {
	console.log(loadMs());
} else {
	const runsMs = Array.from({ length: Number(values.runs) }, loadInFreshProcess);
	const sorted = runsMs.toSorted((a, b) => a - b);
	console.log(JSON.stringify({ medianMs: sorted[Math.floor(sorted.length / 2)], runsMs }));
}

function loadInFreshProcess() {
	const node = existsSync(node24.binary) ? node24.binary : process.execPath;
	// n8n puts its own packages in NODE_PATH, so that n8n-workflow is found from anywhere.
	const paths = [join(n8nHost.folder, 'node_modules'), process.env.NODE_PATH].filter(Boolean);
	const output = execFileSync(node, [import.meta.filename, folder, '--once'], {
		env: { ...process.env, NODE_PATH: paths.join(delimiter) },
		encoding: 'utf8',
	});
	return Number(output);
}

function loadMs() {
	const require = createRequire(join(folder, 'package.json'));
	require('n8n-workflow');
	const { n8n } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	const startedAt = performance.now();
	for (const file of [...n8n.nodes, ...n8n.credentials]) {
		const [className] = basename(file).split('.');
		new (require(join(folder, file))[className])();
	}
	return Math.round((performance.now() - startedAt) * 10) / 10;
}
