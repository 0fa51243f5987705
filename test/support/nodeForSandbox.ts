import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { transform } from '@swc/core';

export const root = resolve(__dirname, '../..');

/** A Node that oidc-provider supports: this one, or the sandbox's own, installed if need be. */
export function nodeForSandbox(): string {
	const major = Number(process.versions.node.split('.')[0]);
	if (major >= 22) return process.execPath;
	const script = `
		const { ensureNode24 } = await import('./scripts/bootstrap/node24.mjs');
		const { node24 } = await import('./scripts/bootstrap/paths.mjs');
		await ensureNode24();
		console.log('\\n' + node24.binary);`;
	const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
		cwd: root,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	return printed.trim().split('\n').at(-1) ?? process.execPath;
}

/** The TypeScript files of a folder, as paths from the project's. */
export async function sourcesIn(folder: string): Promise<string[]> {
	const names = await readdir(join(root, folder));
	return names.filter((name) => name.endsWith('.ts')).map((name) => `${folder}/${name}`);
}

/** Types are stripped file by file, which takes a second instead of the compiler's twenty. */
export async function compile(sources: readonly string[], into: string): Promise<void> {
	for (const source of sources) {
		const { code } = await transform(await readFile(join(root, source), 'utf8'), {
			filename: source,
			jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
			// Dynamic imports stay as they are: they load what is an ES module.
			module: { type: 'commonjs', ignoreDynamic: true },
		});
		const target = join(into, source.replace(/\.ts$/, '.js'));
		await mkdir(dirname(target), { recursive: true });
		await writeFile(target, code);
	}
}
