import axios from 'axios';
import { path } from '../../../core/graph/path';
import { createGraphHarness } from '../../support/graphHarness';
import { scriptedServers } from '../../support/scriptedServer';

const servers = scriptedServers();
const ROUNDS = 100;
const PATIENCE_MS = 30_000;

async function millisecondsEach(send: () => Promise<unknown>): Promise<number> {
	for (let round = 0; round < ROUNDS / 4; round++) await send();
	const startMs = performance.now();
	for (let round = 0; round < ROUNDS; round++) await send();
	return (performance.now() - startMs) / ROUNDS;
}

it(
	'measures what the chain costs above a bare axios call, and asserts only the answers',
	async () => {
		const server = await servers.start();
		server.respondWith(() => ({ json: { id: '1' } }));
		const { graph } = createGraphHarness(server.origin);
		const url = `${server.origin}/v1.0/me`;
		const bareMs = await millisecondsEach(() => axios.get(url));
		const chainMs = await millisecondsEach(() => graph.request({ method: 'GET', path: path`/me` }));
		process.stdout.write(
			`axios ${bareMs.toFixed(2)} ms, chain ${chainMs.toFixed(2)} ms a request\n`,
		);
		expect(await graph.request({ method: 'GET', path: path`/me` })).toEqual({ id: '1' });
		expect(server.received).toHaveLength(2 * (ROUNDS + ROUNDS / 4) + 1);
	},
	PATIENCE_MS,
);
