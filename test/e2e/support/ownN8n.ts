import { mkdir, rm, symlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { startN8nProcess, type N8nProcess } from '../../../sandbox/n8n/process';
import {
	createN8nRest,
	setUpOwner,
	type N8nRest,
	type SavedCredential,
} from '../../../sandbox/n8n/rest';
import { sandboxOwner } from '../../../sandbox/n8n/start';
import { freePort } from '../../../sandbox/ports';
import { newCredential } from './n8n';
import { sandbox } from './sandbox';

/** An n8n of a test's own, with the package of the suite's, that it may kill and start again. */
export interface OwnN8n {
	readonly rest: N8nRest;
	readonly credential: SavedCredential;
	readonly logFile: string;
	/** Starts it where it was left. */
	start(): Promise<void>;
	kill(): Promise<void>;
	/** As a service manager stops it. */
	stop(): Promise<void>;
	close(): Promise<void>;
}

export interface OtherServers {
	readonly caFile: string;
	/** Goes over what the suite's credential has. */
	readonly credential: Readonly<Record<string, unknown>>;
}

/**
 * @param folder below `.sandbox`; emptied
 * @param others in the place of the suite's login and Graph
 */
export async function startOwnN8n(folder: string, others?: OtherServers): Promise<OwnN8n> {
	const suite = sandbox();
	const suiteFolder = dirname(suite.caFile);
	const caFile = others?.caFile ?? suite.caFile;
	const userFolder = resolve(__dirname, '../../../.sandbox', folder);
	await rm(userFolder, { recursive: true, force: true });
	await mkdir(join(userFolder, '.n8n'), { recursive: true });
	await symlink(join(suiteFolder, '.n8n', 'nodes'), join(userFolder, '.n8n', 'nodes'));
	const port = await freePort();
	const binary = resolve(__dirname, '../../../.cache/n8n-host/node_modules/n8n/bin/n8n');
	let running: N8nProcess | undefined;
	const start = async (): Promise<void> => {
		for (let attempt = 1; ; attempt++) {
			try {
				running = await startN8nProcess({ binary, userFolder, port, caFile });
				return;
			} catch (error) {
				// n8n 2.40 may end while it recovers runs that were killed before they began
				// ("reading 'getTime'"); whatever supervises it starts it again.
				if (attempt === 3) throw error;
			}
		}
	};
	await start();
	const rest = createN8nRest(`http://localhost:${port}`);
	await setUpOwner(rest, sandboxOwner);
	const credential = await newCredential(rest, 'microsoft365AppOnlyApi', 'App', others?.credential);
	return {
		rest,
		credential,
		logFile: join(userFolder, 'n8n.log'),
		start,
		kill: async () => await running?.kill(),
		stop: async () => await running?.close(),
		close: async () => await running?.close(),
	};
}
