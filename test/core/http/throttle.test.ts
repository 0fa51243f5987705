import { setTimeout as delay } from 'node:timers/promises';
import { CancelledError, ThrottledError } from '../../../core/graph/errors';
import { path } from '../../../core/graph/path';
import { throttleKeyOf } from '../../../core/graph/throttleKeys';
import { createThrottleRegistry } from '../../../core/http/throttle';
import { until } from '../../support/until';
import { createFakeClock } from '../../support/fakeClock';
import { createGraphHarness } from '../../support/graphHarness';
import { scriptedServers, type ScriptedServer } from '../../support/scriptedServer';

const servers = scriptedServers();

/**
 * Keeps the most that were in flight at once, by the mailbox's name in lower case. Answers only once
 * the expected number was there, and a while later, so that more would be seen.
 */
function countInFlight(server: ScriptedServer, expected: number) {
	const inFlight = new Map<string, number>();
	const most = new Map<string, number>();
	server.respondWith(async ({ path: where }) => {
		const mailbox = where.split('/')[3]?.toLowerCase() ?? '';
		const now = (inFlight.get(mailbox) ?? 0) + 1;
		inFlight.set(mailbox, now);
		most.set(mailbox, Math.max(now, most.get(mailbox) ?? 0));
		await until(() => (most.get(mailbox) ?? 0) >= expected);
		await delay(5);
		inFlight.set(mailbox, (inFlight.get(mailbox) ?? 0) - 1);
		return { json: {} };
	});
	return most;
}

describe('throttle', () => {
	it('has at most four requests in flight for a mailbox, whatever the clients', async () => {
		const server = await servers.start();
		const most = countInFlight(server, 4);
		const throttle = createThrottleRegistry();
		const clients = [1, 2].map(() => createGraphHarness(server.origin, { throttle }).graph);
		const requests = clients.flatMap((graph) =>
			['ana', 'ANA', 'ben'].flatMap((mailbox) =>
				Array.from({ length: 6 }, () =>
					graph.request({ method: 'GET', path: path`/users/${mailbox}/messages` }),
				),
			),
		);
		await Promise.all(requests);
		expect(most.get('ana')).toBe(4);
		expect(most.get('ben')).toBe(4);
	});

	it('keeps apps and tenants apart', async () => {
		const server = await servers.start();
		const most = countInFlight(server, 8);
		const throttle = createThrottleRegistry();
		const clients = ['a', 'b'].map(
			(throttleScope) => createGraphHarness(server.origin, { throttle, throttleScope }).graph,
		);
		await Promise.all(
			clients.flatMap((graph) =>
				Array.from({ length: 8 }, () =>
					graph.request({ method: 'GET', path: path`/users/${'ana'}/messages` }),
				),
			),
		);
		expect(most.get('ana')).toBe(8);
	});

	it('makes the others of a mailbox wait when one is told to', async () => {
		const clock = createFakeClock();
		const registry = createThrottleRegistry(clock);
		const entry = { limit: 4, slots: 1 };
		registry.backOff('ana', 4, 30_000);
		const leaveOther = await registry.enter('ben', entry);
		leaveOther();
		expect(clock.sleeps).toEqual([]);
		const leave = await registry.enter('ana', entry);
		leave();
		expect(clock.sleeps).toEqual([30_000]);
	});

	it('makes those wait that are in the queue when the word comes', async () => {
		const clock = createFakeClock();
		const registry = createThrottleRegistry(clock);
		const entry = { limit: 1, slots: 1 };
		const leave = await registry.enter('ana', entry);
		const queued = registry.enter('ana', entry);
		registry.backOff('ana', 1, 700_000);
		leave();
		await expect(queued).rejects.toThrow(ThrottledError);
	});

	it('lets a wide one in before the narrow ones behind it', async () => {
		const registry = createThrottleRegistry();
		const order: string[] = [];
		const enter = async (name: string, slots: number) => {
			const leave = await registry.enter('ana', { limit: 4, slots });
			order.push(name);
			await new Promise((resolve) => setImmediate(resolve));
			leave();
		};
		await Promise.all([enter('first', 1), enter('wide', 4), enter('narrow', 1)]);
		expect(order).toEqual(['first', 'wide', 'narrow']);
	});

	it('forgets who stops waiting', async () => {
		const registry = createThrottleRegistry();
		const { signal, abort } = ((controller) => ({
			signal: controller.signal,
			abort: () => controller.abort(),
		}))(new AbortController());
		const leave = await registry.enter('ana', { limit: 1, slots: 1 });
		const cancelled = registry.enter('ana', { limit: 1, slots: 1, signal });
		const next = registry.enter('ana', { limit: 1, slots: 1 });
		abort();
		await expect(cancelled).rejects.toThrow(CancelledError);
		leave();
		(await next)();
	});
});

describe('throttleKeyOf', () => {
	it.each([
		['/me/messages/1', 'mailbox:ana'],
		['/me', 'mailbox:ana'],
		['/me?$select=id', 'mailbox:ana'],
		['/me/drive/root', 'drive:ana'],
		['/users/Ben%40Contoso.com/messages', 'mailbox:ben@contoso.com'],
		['/users/ben/drives', 'drive:ben'],
		['/drives/b!x/items/1', 'drive:b!x'],
		['/sites/contoso.sharepoint.com%2C1%2C2/lists', 'site:contoso.sharepoint.com%2C1%2C2'],
		['/groups/1/events', 'group:1'],
		['/teams/1/channels', 'group:1'],
		['/subscriptions', 'other:subscriptions'],
	])('counts %s with %s', (where, key) => {
		expect(throttleKeyOf(where, 'ana')).toBe(key);
	});
});
