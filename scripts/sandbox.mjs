// npm run sandbox: installs what is missing, builds, and runs sandbox/main.ts under Node 24.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { n8nHost, node24, root, cache } from './bootstrap/paths.mjs';
import { ensureN8nHost } from './bootstrap/n8nHost.mjs';
import { ensureNode24 } from './bootstrap/node24.mjs';
import { ensurePackages } from './bootstrap/packages.mjs';
import { withoutNpmRunVariables } from './bootstrap/run.mjs';
import { build, tool } from './checks.mjs';

const args = process.argv.slice(2);
const isBare = args.includes('--no-n8n') || args.includes('--help');

await ensurePackages();
await ensureNode24();
if (!isBare) {
	await ensureN8nHost();
	if (!(await build())) process.exit(1);
}
if (!(await tool('sandbox', 'typescript/bin/tsc', ['-p', 'sandbox/tsconfig.json'])))
	process.exit(1);

const child = spawn(node24.binary, [join(cache, 'sandbox-build', 'sandbox', 'main.js'), ...args], {
	cwd: root,
	stdio: 'inherit',
	env: { ...withoutNpmRunVariables(process.env), N8N_BINARY: n8nHost.binary },
});
// A terminal's Ctrl-C reaches the child by itself; this process only has to outlive it.
process.on('SIGINT', () => {});
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill('SIGTERM'));
child.on('close', (code) => {
	process.exitCode = code ?? 1;
});
