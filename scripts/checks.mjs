import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cache, root } from './bootstrap/paths.mjs';
import { run, seconds } from './bootstrap/run.mjs';
import { say } from './bootstrap/say.mjs';
import { bundle, compiled } from './bundle.mjs';

/** A tool of this project's packages, run by this Node. Returns whether it was content. */
export async function tool(label, entry, args, options = {}) {
	const startedAt = Date.now();
	mkdirSync(cache, { recursive: true });
	try {
		await run(
			options.node ?? process.execPath,
			[...(options.nodeArgs ?? []), join(root, 'node_modules', entry), ...args],
			{ cwd: root, env: options.env ?? process.env },
		);
		say(`${label}: good, ${seconds(startedAt)}`);
		return true;
	} catch {
		say(`${label}: FAILED, ${seconds(startedAt)}`);
		return false;
	}
}

export async function typecheck() {
	return await tool('types', 'typescript/bin/tsc', ['-p', 'tsconfig.all.json']);
}

export async function lint(args = []) {
	const cacheArgs = [
		'--cache',
		'--cache-location',
		'.cache/eslint/',
		'--cache-strategy',
		'content',
	];
	return await tool('lint', 'eslint/bin/eslint.js', [
		...cacheArgs,
		'--max-warnings=0',
		'.',
		...args,
	]);
}

export async function build() {
	// What was removed from the sources must not linger in the package, so neither may tsc's memory.
	for (const stale of [join(root, 'dist'), compiled, join(cache, 'tsc', 'package.tsbuildinfo')]) {
		rmSync(stale, { recursive: true, force: true });
	}
	const compile = ['-p', 'tsconfig.json', '--outDir', compiled];
	if (!(await tool('compile', 'typescript/bin/tsc', compile))) return false;
	await bundle();
	return await tool('icons', 'gulp/bin/gulp.js', ['build:icons', '--silent']);
}
