// npm test: packages → types → lint → jest. Every step runs even if an earlier one failed, so that
// one run shows all there is to mend. What follows `--` goes to jest.
import { ensurePackages } from './bootstrap/packages.mjs';
import { jest } from './jest.mjs';
import { lint, typecheck } from './checks.mjs';
import { say } from './bootstrap/say.mjs';

await ensurePackages();
const failedSteps = [];
// Side by side: each takes one core, and jest all of them.
const checks = { types: typecheck(), lint: lint() };
for (const [name, check] of Object.entries(checks)) {
	if (!(await check)) failedSteps.push(name);
}
const result = await jest({ config: 'jest.config.js', args: process.argv.slice(2) });
if (!result.isGood) failedSteps.push('jest');
if (failedSteps.length > 0) say(`failed: ${failedSteps.join(', ')}`);
console.log(result.closingLine);
process.exitCode = failedSteps.length > 0 ? 1 : 0;
