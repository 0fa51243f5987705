import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cache, root } from './bootstrap/paths.mjs';
import { tool } from './checks.mjs';

/** Runs jest and counts: `closingLine` is 'N passed, N failed, N skipped'. */
export async function jest({ config, args = [], node, env, label = 'jest' }) {
	const outputFile = join(cache, `${label}-result.json`);
	mkdirSync(cache, { recursive: true });
	rmSync(outputFile, { force: true });
	const isGood = await tool(
		label,
		'jest/bin/jest.js',
		[
			`--config=${join(root, config)}`,
			`--rootDir=${root}`,
			'--json',
			`--outputFile=${outputFile}`,
			...args,
		],
		{ node, env },
	);
	const { passed, failed, skipped, notRun } = count(outputFile);
	for (const name of notRun) console.log(`skipped: ${name}`);
	return {
		isGood: isGood && failed === 0,
		passed,
		closingLine: `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`,
	};
}

/** A test file that could not run at all counts as one failed test. */
function count(outputFile) {
	try {
		const result = JSON.parse(readFileSync(outputFile, 'utf8'));
		return {
			passed: result.numPassedTests,
			failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
			skipped: result.numPendingTests + result.numTodoTests,
			notRun: result.testResults
				.flatMap((file) => file.assertionResults)
				.filter(({ status }) => status === 'pending' || status === 'todo')
				.map(({ fullName }) => fullName),
		};
	} catch {
		return { passed: 0, failed: 1, skipped: 0, notRun: [] };
	}
}
