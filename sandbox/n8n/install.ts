import { execFile } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const runFile = promisify(execFile);
const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];

/**
 * Packs the project as `npm publish` would and installs the tarball where n8n keeps community
 * packages: n8n loads every `n8n-nodes-*` folder that it finds there.
 * @param projectFolder holds the built `dist/`.
 */
export async function installPackage(projectFolder: string, userFolder: string): Promise<void> {
	const nodesFolder = join(userFolder, '.n8n', 'nodes');
	await mkdir(nodesFolder, { recursive: true });
	await writeFile(
		join(nodesFolder, 'package.json'),
		JSON.stringify({ name: 'installed-nodes', private: true, dependencies: {} }),
	);
	await npm(['pack', '--silent', '--pack-destination', userFolder], projectFolder);
	const tarball = (await readdir(userFolder)).find((name) => name.endsWith('.tgz'));
	if (tarball === undefined) throw new Error('npm pack made no tarball');
	// Without peers: n8n-workflow is n8n's own, found through its NODE_PATH.
	await npm(
		['install', join(userFolder, tarball), '--legacy-peer-deps', '--prefer-offline', ...quiet],
		nodesFolder,
	);
}

async function npm(args: readonly string[], cwd: string): Promise<void> {
	const allArgs = [...args, '--ignore-scripts'];
	const windows = process.platform === 'win32';
	try {
		await runFile(windows ? 'npm.cmd' : 'npm', allArgs, { cwd, shell: windows });
	} catch (error) {
		const { stderr } = error as { stderr?: string };
		throw new Error(`npm ${args.join(' ')} failed: ${stderr ?? String(error)}`, { cause: error });
	}
}
