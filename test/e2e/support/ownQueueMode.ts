import { mkdir, rm, symlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import {
	type QueueMode,
	type QueueModeOptions,
	startQueueMode,
} from '../../../sandbox/n8n/queueMode';
import {
	createN8nRest,
	setUpOwner,
	type N8nRest,
	type SavedCredential,
} from '../../../sandbox/n8n/rest';
import { sandboxOwner } from '../../../sandbox/n8n/start';
import { newCredential } from './n8n';
import { sandbox } from './sandbox';

/** A scaled-out n8n of a test's own, with the package of the suite's. */
export interface OwnQueueMode extends QueueMode {
	readonly rest: N8nRest;
	readonly credential: SavedCredential;
}

/** @param folder below `.sandbox`; emptied */
export async function startOwnQueueMode(
	folder: string,
	options: Pick<QueueModeOptions, 'workers' | 'webhookProcesses' | 'environment'> = {},
): Promise<OwnQueueMode> {
	const { caFile } = sandbox();
	const userFolder = resolve(__dirname, '../../../.sandbox', folder);
	await rm(userFolder, { recursive: true, force: true });
	await mkdir(join(userFolder, '.n8n'), { recursive: true });
	await symlink(join(dirname(caFile), '.n8n', 'nodes'), join(userFolder, '.n8n', 'nodes'));
	const binary = resolve(__dirname, '../../../.cache/n8n-host/node_modules/n8n/bin/n8n');
	const queue = await startQueueMode({ binary, userFolder, caFile, ...options });
	try {
		const rest = createN8nRest(queue.url);
		await setUpOwner(rest, sandboxOwner);
		const credential = await newCredential(rest, 'microsoft365AppOnlyApi', 'App');
		return { ...queue, rest, credential };
	} catch (error) {
		await queue.close();
		throw error;
	}
}
