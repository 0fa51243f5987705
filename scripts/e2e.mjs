// npm run e2e: the packed package in a real n8n, in Chromium, against the embedded Microsoft 365.
// What follows `--` goes to jest.
import { existsSync } from 'node:fs';
import { ensureN8nHost } from './bootstrap/n8nHost.mjs';
import { ensureNode24 } from './bootstrap/node24.mjs';
import { ensurePackages } from './bootstrap/packages.mjs';
import { node24 } from './bootstrap/paths.mjs';
import { say } from './bootstrap/say.mjs';
import { jest } from './jest.mjs';

const chromium = [
	process.env.CHROMIUM,
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
].find((path) => path && existsSync(path));

if (!chromium) {
	say(
		'No Chromium or Chrome is installed. Name one in CHROMIUM; in Debian: apt-get install chromium',
	);
	console.log('0 passed, 1 failed');
	process.exit(1);
}
await ensurePackages();
await ensureNode24();
await ensureN8nHost();
const result = await jest({
	label: 'e2e',
	config: 'test/e2e/jest.config.js',
	args: process.argv.slice(2),
	node: node24.binary,
	env: { ...process.env, CHROMIUM: chromium },
});
console.log(result.closingLine);
process.exitCode = result.isGood && result.passed > 0 ? 0 : 1;
