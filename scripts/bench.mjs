// npm run bench: this package and n8n's own nodes, side by side in one n8n; see docs/performance.md.
// npm run scale-out: n8n's queue mode; see docs/scaling.md. What follows `--` goes to the script.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureN8nHost } from './bootstrap/n8nHost.mjs';
import { ensureNode24 } from './bootstrap/node24.mjs';
import { ensurePackages } from './bootstrap/packages.mjs';
import { node24, root } from './bootstrap/paths.mjs';

const [script = 'main.mjs', ...args] = process.argv.slice(2);

await ensurePackages();
await ensureNode24();
await ensureN8nHost();
const child = spawn(node24.binary, [join(root, 'bench', script), ...args], {
	cwd: root,
	stdio: 'inherit',
});
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('close', (code) => {
	process.exitCode = code ?? 1;
});
