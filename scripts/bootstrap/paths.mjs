import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const cache = join(root, '.cache');

export const nodePlatform = process.platform === 'win32' ? 'win' : process.platform;
const nodeBinary = process.platform === 'win32' ? 'node.exe' : 'node';

/** The npm package that carries Node 24's binary and headers for this machine. */
export const node24 = {
	packageName: `node-${nodePlatform}-${process.arch}`,
	folder: join(cache, 'node24'),
	get home() {
		return join(this.folder, 'node_modules', this.packageName);
	},
	get binFolder() {
		return join(this.home, 'bin');
	},
	get binary() {
		return join(this.binFolder, nodeBinary);
	},
};

export const n8nHost = {
	manifest: join(root, 'sandbox', 'n8n', 'host', 'package.json'),
	folder: join(cache, 'n8n-host'),
	get binary() {
		return join(this.folder, 'node_modules', 'n8n', 'bin', 'n8n');
	},
};
