import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { node24 } from './paths.mjs';
import { npm } from './run.mjs';
import { ensureFolder } from './stamp.mjs';

const versionRange = '^24.21.0';

/** n8n 2.40 wants Node 24; npm carries its binary and headers as a package per platform. */
export async function ensureNode24() {
	const manifest = { private: true, dependencies: { [node24.packageName]: versionRange } };
	await ensureFolder({
		label: 'Node 24 (for n8n)',
		folder: node24.folder,
		madeFrom: manifest,
		install: async (folder) => {
			writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
			await npm(['install', '--no-audit', '--no-fund', '--loglevel=error'], {
				cwd: folder,
				label: 'Node 24',
			});
		},
	});
}
