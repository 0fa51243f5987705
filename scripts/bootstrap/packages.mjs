import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { cache, root } from './paths.mjs';
import { npm, seconds } from './run.mjs';
import { say } from './say.mjs';

/** The project's own packages, exactly as package-lock.json has them. */
export async function ensurePackages() {
	if (areInstalled()) return;
	await withLock(join(cache, 'packages.lock'), async () => {
		if (areInstalled()) return;
		const startedAt = Date.now();
		say('packages: installing');
		// Not `npm ci`: it refuses a lock file that lacks a native build for another platform, and npm
		// leaves out of the lock file what a registry does not serve. `--no-save` keeps the file as is.
		await npm(['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], {
			cwd: root,
			label: 'packages',
		});
		say(`packages: ready after ${seconds(startedAt)}`);
	});
}

/** npm writes node_modules/.package-lock.json when an install is complete: that is the stamp. */
function areInstalled() {
	const wanted = readPackages(join(root, 'package-lock.json'));
	const installed = readPackages(join(root, 'node_modules', '.package-lock.json'));
	if (!wanted || !installed) return false;
	return Object.entries(wanted).every(
		([path, { version, optional }]) =>
			path === '' || optional || installed[path]?.version === version,
	);
}

function readPackages(file) {
	try {
		return JSON.parse(readFileSync(file, 'utf8')).packages;
	} catch {
		return undefined;
	}
}
