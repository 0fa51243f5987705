// npm run test:long: the tests that take long. What follows `--` goes to jest.
import { ensurePackages } from './bootstrap/packages.mjs';
import { jest } from './jest.mjs';

await ensurePackages();
const result = await jest({
	label: 'jest-long',
	config: 'jest.long.config.js',
	args: process.argv.slice(2),
});
console.log(result.closingLine);
process.exitCode = result.isGood ? 0 : 1;
