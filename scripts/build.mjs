// npm run build: the compiled package in dist/, icons and codex files beside it.
import { ensurePackages } from './bootstrap/packages.mjs';
import { build } from './checks.mjs';

await ensurePackages();
process.exitCode = (await build()) ? 0 : 1;
