import { setTimeout as delay } from 'node:timers/promises';
import { path } from '../../../core/graph/path';
import type { GraphRequest } from '../../../core/graph/types';
import { createGraphHarness } from '../../support/graphHarness';
import { scriptedServers } from '../../support/scriptedServer';

const servers = scriptedServers();
const atBatch = { method: 'POST', path: '/v1.0/$batch' };

interface Inner {
	id: string;
	method: string;
	url: string;
}

const markRead = (id: number): GraphRequest => ({
	method: 'PATCH',
	path: path`/me/messages/${String(id)}`,
	body: { isRead: true },
});
const innersOf = (json: unknown) => (json as { requests: Inner[] }).requests;

describe('batches at once', () => {
	it('takes all that a mailbox bears: nothing else is in flight there meanwhile', async () => {
		const server = await servers.start();
		const inFlight: string[] = [];
		const together: string[][] = [];
		server.respondWith(async ({ path: where, json }) => {
			inFlight.push(where);
			await delay(5);
			together.push([...inFlight]);
			inFlight.splice(inFlight.indexOf(where), 1);
			if (where !== atBatch.path) return { json: {} };
			return { json: { responses: innersOf(json).map(({ id }) => ({ id, status: 200 })) } };
		});
		const { graph } = createGraphHarness(server.origin);
		await Promise.all([
			graph.batch(Array.from({ length: 60 }, (_, id) => markRead(id))),
			graph.batch(Array.from({ length: 20 }, (_, id) => markRead(id))),
			...Array.from({ length: 8 }, (_, id) => graph.request(markRead(id))),
		]);
		expect(server.received).toHaveLength(12);
		for (const paths of together) {
			expect(paths.includes(atBatch.path) ? paths.length : 1).toBe(1);
		}
	});

	it('takes a quarter of the time for 500 updates, with four at once in the mailbox', async () => {
		const server = await servers.start();
		const updateMs = 10;
		let inFlight = 0;
		let most = 0;
		const update = async () => {
			most = Math.max(most, ++inFlight);
			await delay(updateMs);
			inFlight--;
		};
		server.respondWith(async ({ json }) => {
			const inner = innersOf(json);
			const queue = inner.values();
			const work = async () => {
				while (queue.next().done !== true) await update();
			};
			await Promise.all([work(), work(), work(), work()]);
			return { json: { responses: inner.map(({ id }) => ({ id, status: 200 })) } };
		});
		const { graph } = createGraphHarness(server.origin);
		const started = performance.now();
		const outcomes = await graph.batch(Array.from({ length: 500 }, (_, id) => markRead(id)));
		const tookMs = performance.now() - started;
		expect(outcomes.every(({ ok }) => ok)).toBe(true);
		expect(server.received).toHaveLength(25);
		expect(most).toBe(4);
		// One after the other they need 500 times the latency at least; half leaves room for a busy machine.
		expect(tookMs).toBeLessThan((500 * updateMs) / 2);
	});

	it('sends four batches at a time to one site, whose limit is none of requests at once', async () => {
		const server = await servers.start();
		let inFlight = 0;
		let most = 0;
		server.respondWith(async ({ json }) => {
			most = Math.max(most, ++inFlight);
			await delay(20);
			inFlight--;
			return { json: { responses: innersOf(json).map(({ id }) => ({ id, status: 201 })) } };
		});
		const { graph } = createGraphHarness(server.origin);
		const create = (id: number): GraphRequest => ({
			method: 'POST',
			path: path`/sites/finance/lists/invoices/items`,
			body: { fields: { Title: String(id) } },
		});
		const outcomes = await graph.batch(Array.from({ length: 200 }, (_, id) => create(id)));
		expect(outcomes.every(({ ok }) => ok)).toBe(true);
		expect(server.received).toHaveLength(10);
		expect(most).toBe(4);
	});
});
