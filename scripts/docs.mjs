// npm run docs: writes the pages of docs/ that are made from the built package's definitions.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ensurePackages } from './bootstrap/packages.mjs';
import { root } from './bootstrap/paths.mjs';
import { say } from './bootstrap/say.mjs';
import { compiled } from './bundle.mjs';
import { build } from './checks.mjs';

await ensurePackages();
if (!(await build())) process.exit(1);
const require = createRequire(import.meta.url);
const { docsPages } = require('./docs/index.js');
const readJson = (...path) => JSON.parse(readFileSync(join(root, ...path), 'utf8'));
const examples = readdirSync(join(root, 'examples'))
	.filter((file) => file.endsWith('.json'))
	.map((file) => [file, readJson('examples', file)]);
const pages = docsPages(
	(file) => require(join(compiled, file)),
	readJson('package.json').n8n.nodes,
	Object.fromEntries(examples),
);
const folder = join(root, 'docs');
mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(pages)) writeFileSync(join(folder, name), text);
say(`docs: ${Object.keys(pages).join(', ')} are up to date`);
