import { copyFileSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { n8nHost, node24 } from './paths.mjs';
import { npm } from './run.mjs';
import { say } from './say.mjs';
import { ensureFolder } from './stamp.mjs';

/** A real n8n, beside Node 24 (which must be there). About 2.7 GB. */
export async function ensureN8nHost() {
	const manifest = readFileSync(n8nHost.manifest, 'utf8');
	await ensureFolder({
		label: 'n8n (2.7 GB, a few minutes, once)',
		folder: n8nHost.folder,
		madeFrom: [JSON.parse(manifest), process.platform, process.arch],
		install: async (folder) => {
			copyFileSync(n8nHost.manifest, join(folder, 'package.json'));
			const env = { ...process.env, npm_config_nodedir: node24.home };
			env.PATH = [node24.binFolder, env.PATH].join(delimiter);
			const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
			// One dependency downloads its sources in an install script, from a host that many networks
			// refuse; n8n does not need it here. The two native modules that it needs are built after.
			await npm(['install', '--ignore-scripts', ...quiet], { cwd: folder, env, label: 'n8n' });
			say('n8n: building its native modules');
			await npm(['rebuild', 'sqlite3', 'isolated-vm', '--ignore-scripts=false', ...quiet], {
				cwd: folder,
				env,
				label: 'n8n, native modules',
			});
		},
	});
}
