// npm test: packages → types → lint → jest. Every step runs even if an earlier one failed, so that
// one run shows all there is to mend. What follows `--` goes to jest.
import { ensurePackages } from './bootstrap/packages.mjs';
import { jest } from './jest.mjs';
import { lint, typecheck } from './checks.mjs';
import { say } from './bootstrap/say.mjs';

await ensurePackages();
const failedSteps = [];
for (const [name, step] of [
	['types', typecheck],
	['lint', lint],
]) {
	if (!(await step())) failedSteps.push(name);
}
const result = await jest({ config: 'jest.config.js', args: process.argv.slice(2) });
if (!result.isGood) failedSteps.push('jest');
if (failedSteps.length > 0) say(`failed: ${failedSteps.join(', ')}`);
console.log(result.closingLine);
process.exitCode = failedSteps.length > 0 ? 1 : 0;
