// npm run lint: eslint and Prettier. `--fix` mends what can be mended.
import { ensurePackages } from './bootstrap/packages.mjs';
import { lint, tool } from './checks.mjs';

await ensurePackages();
const fix = process.argv.includes('--fix');
const isLintGood = await lint(fix ? ['--fix'] : []);
const isFormatGood = await tool('format', 'prettier/bin/prettier.cjs', [
	fix ? '--write' : '--check',
	'--log-level=warn',
	'.',
]);
process.exitCode = isLintGood && isFormatGood ? 0 : 1;
