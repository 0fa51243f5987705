import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { root } from './bootstrap/paths.mjs';

/** Where tsc puts the compiled modules, one by one. */
export const compiled = join(root, '.cache', 'build');
const bundleFile = join(root, 'dist', 'package.js');

/**
 * Puts all modules into one file. n8n loads every node at its start, and reading a thousand small
 * files takes several times as long as reading one large one. It is one for all nodes, so that
 * they go on sharing what there is one of in a process: the throttle, sockets, tokens.
 * It is made from the sources, not from what tsc has compiled: their modules become one scope, a
 * quarter faster to load than a thousand wrapped ones. Dependencies stay outside, and those that
 * are imported on first use stay so.
 */
export async function bundle() {
	const { build } = await import('esbuild');
	const { n8n } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	const entries = [...n8n.credentials, ...n8n.nodes].map((file) => ({
		file: join(root, file),
		module: `./${file.replace(/^dist\//, '').replace(/\.js$/, '')}`,
		className: basename(file).split('.')[0],
	}));
	await build({
		stdin: {
			contents: entries
				.map(({ className, module }) => `export { ${className} } from '${module}';`)
				.join('\n'),
			resolveDir: root,
			loader: 'ts',
		},
		outfile: bundleFile,
		bundle: true,
		packages: 'external',
		platform: 'node',
		format: 'cjs',
		target: 'node20',
		logLevel: 'warning',
	});
	for (const { file, className } of entries) {
		mkdirSync(dirname(file), { recursive: true });
		const path = relative(dirname(file), bundleFile).replaceAll('\\', '/');
		writeFileSync(file, `exports.${className} = require('${path}').${className};\n`);
	}
}
