// What our layers cost for one request: the Graph client over its own HTTP library, both against the
// same server on the loopback, in turn, in one process.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cache } from '../scripts/bootstrap/paths.mjs';

const require = createRequire(import.meta.url);
const built = (file) => require(join(cache, 'build', 'core', file));

const requests = 2000;
const rounds = 5;

/** @returns milliseconds a request, of each side and round, and the median difference */
export async function measureLayers() {
	const answer = JSON.stringify({ id: 'x', subject: 'Hello' });
	const server = createServer((call, response) => {
		response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	const origin = `http://127.0.0.1:${server.address().port}`;
	try {
		const graph = createClient(origin);
		const { path } = built('graph/path.js');
		const { axiosSend } = built('http/axiosSend.js');
		const bare = { method: 'GET', url: `${origin}/v1.0/me/messages/x`, headers: {} };
		const sides = {
			ours: async () => await graph.request({ method: 'GET', path: path`/me/messages/${'x'}` }),
			bare: async () => await axiosSend({ ...bare, responseType: 'json' }),
		};
		for (const work of Object.values(sides)) await time(work);
		const found = { ours: [], bare: [] };
		for (let round = 0; round < rounds; round++) {
			for (const [side, work] of Object.entries(sides)) found[side].push(await time(work));
		}
		const differences = found.ours.map((ms, round) => ms - found.bare[round]);
		return { ...found, medianDifferenceMs: differences.toSorted((a, b) => a - b)[2] };
	} finally {
		server.closeAllConnections();
		server.close();
	}
}

function createClient(origin) {
	const { createGraphClient } = built('graph/createGraphClient.js');
	const { createThrottleRegistry } = built('http/throttle.js');
	const { clouds } = built('clouds.js');
	return createGraphClient({
		cloud: { ...clouds.global, graphOrigin: origin },
		tokens: { kind: 'delegated', getToken: async () => 'token', renew: async () => 'token' },
		throttle: createThrottleRegistry(),
		throttleScope: 'bench',
	});
}

async function time(work) {
	const startedAt = performance.now();
	for (let count = 0; count < requests; count++) await work();
	return (performance.now() - startedAt) / requests;
}

if (process.argv[1] === import.meta.filename) {
	const { ours, bare, medianDifferenceMs } = await measureLayers();
	const list = (times) => times.map((ms) => ms.toFixed(3)).join(', ');
	console.log(`A request through our layers: ${list(ours)} ms`);
	console.log(`The same by the HTTP library: ${list(bare)} ms`);
	console.log(`Median difference:            ${medianDifferenceMs.toFixed(3)} ms`);
}
