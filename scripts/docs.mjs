// npm run docs: writes docs/operations.md from the built package.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ensurePackages } from './bootstrap/packages.mjs';
import { root } from './bootstrap/paths.mjs';
import { say } from './bootstrap/say.mjs';
import { compiled } from './bundle.mjs';
import { build } from './checks.mjs';

await ensurePackages();
if (!(await build())) process.exit(1);
const require = createRequire(import.meta.url);
const { operationsPage } = require('./operationTables.js');
const { cloudFeatures } = require(join(compiled, 'core/availability.js'));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const nodes = manifest.n8n.nodes.map((file) => {
	const module = join(compiled, file.replace(/^dist/, ''));
	const [NodeClass] = Object.values(require(module));
	const { resources } = require(join(dirname(module), 'resources'));
	return { displayName: new NodeClass().description.displayName, resources };
});
const page = join(root, 'docs', 'operations.md');
mkdirSync(dirname(page), { recursive: true });
writeFileSync(page, operationsPage(nodes, cloudFeatures));
say(`docs: ${page} is up to date`);
