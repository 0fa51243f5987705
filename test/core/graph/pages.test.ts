import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { setTimeout as delay } from 'node:timers/promises';
import { ForeignLinkError } from '../../../core/graph/errors';
import { path } from '../../../core/graph/path';
import type { GraphRequest } from '../../../core/graph/types';
import { until } from '../../support/until';
import { createGraphHarness } from '../../support/graphHarness';
import { scriptedServers, type ScriptedServer } from '../../support/scriptedServer';

const servers = scriptedServers();
const messages: GraphRequest = { method: 'GET', path: path`/me/messages` };

interface Item {
	id: number;
}

/** A collection of so many items, as Graph pages it. */
function serveItems(server: ScriptedServer, total: number): void {
	server.respondWith(({ path: where }) => {
		const { searchParams } = new URL(where, server.origin);
		const top = Number(searchParams.get('$top'));
		const skip = Number(searchParams.get('$skip') ?? 0);
		const count = Math.min(top, total - skip);
		const next = `${server.origin}/v1.0/me/messages?$top=${top}&$skip=${skip + top}`;
		return {
			json: {
				value: Array.from({ length: count }, (_, index) => ({ id: skip + index })),
				...(skip + top < total && { '@odata.nextLink': next }),
			},
		};
	});
}

async function collect<T>(generator: AsyncGenerator<T[], void, void>): Promise<T[]> {
	const items: T[] = [];
	for await (const page of generator) items.push(...page);
	return items;
}

describe('pages', () => {
	it('gets 10,000 items in ten requests, one page ahead of the consumer and no more', async () => {
		const server = await servers.start();
		serveItems(server, 10_000);
		const { graph } = createGraphHarness(server.origin);
		const ids: number[] = [];
		let consumed = 0;
		for await (const page of graph.pages<Item>(messages, { pageSize: 1_000 })) {
			consumed++;
			const ahead = Math.min(consumed + 1, 10);
			await until(() => server.received.length >= ahead);
			// Time for any further request to arrive, if there were one.
			await delay(10);
			expect(server.received).toHaveLength(ahead);
			ids.push(...page.map(({ id }) => id));
		}
		expect(ids).toEqual(Array.from({ length: 10_000 }, (_, index) => index));
		expect(server.received).toHaveLength(10);
	});

	it('holds no page that the consumer has done with', async () => {
		const server = await servers.start();
		serveItems(server, 6_000);
		const { graph } = createGraphHarness(server.origin);
		setFlagsFromString('--expose-gc');
		const collectGarbage = runInNewContext('gc') as () => void;
		const handedOver: Array<WeakRef<Item[]>> = [];
		for await (const page of graph.pages<Item>(messages, { pageSize: 1_000 })) {
			handedOver.push(new WeakRef(page));
			await until(() => server.received.length === Math.min(handedOver.length + 1, 6));
			await delay(10);
			collectGarbage();
			// This one; the other of the two is on its way.
			expect(handedOver.filter((reference) => reference.deref())).toHaveLength(1);
		}
		expect(handedOver).toHaveLength(6);
	});

	it('asks for no more than the limit and stops there', async () => {
		const server = await servers.start();
		const next = '/v1.0/me/messages?$top=20&$skip=20';
		const page = Array.from({ length: 20 }, (_, id) => ({ id }));
		const headers = { prefer: 'IdType="ImmutableId"', authorization: 'Bearer token-1' };
		server
			.expect(
				{ method: 'GET', path: '/v1.0/me/messages?$select=id&$top=7' },
				{ json: { value: [] } },
			)
			.expect(
				{ method: 'GET', path: '/v1.0/me/messages?$top=20', headers },
				{ json: { value: page, '@odata.nextLink': server.origin + next } },
			)
			.expect(
				{ method: 'GET', path: next, headers },
				{ json: { value: page, '@odata.nextLink': `${server.origin}/v1.0/me/never` } },
			);
		const { graph } = createGraphHarness(server.origin);
		const small = { ...messages, query: { $select: 'id' } };
		expect(await collect(graph.pages(small, { pageSize: 20, limit: 7 }))).toEqual([]);
		expect(await collect(graph.pages(messages, { pageSize: 20, limit: 25 }))).toHaveLength(25);
	});

	it('sends nothing for a limit of 0', async () => {
		const server = await servers.start();
		const { graph } = createGraphHarness(server.origin);
		expect(await collect(graph.pages(messages, { pageSize: 10, limit: 0 }))).toEqual([]);
	});

	it('hands over what it has, then refuses a link to another host, which gets nothing', async () => {
		const server = await servers.start();
		const foreign = await servers.start();
		server.expect(
			{ method: 'GET', path: '/v1.0/me/messages?$top=10' },
			{ json: { value: [{ id: 1 }], '@odata.nextLink': `${foreign.origin}/v1.0/me/messages` } },
		);
		const { graph } = createGraphHarness(server.origin);
		const generator = graph.pages<Item>(messages, { pageSize: 10 });
		expect(await generator.next()).toEqual({ done: false, value: [{ id: 1 }] });
		await expect(generator.next()).rejects.toThrow(ForeignLinkError);
		expect(foreign.received).toEqual([]);
	});

	it('passes over an empty page, and ends when a link comes twice', async () => {
		const server = await servers.start();
		const link = `${server.origin}/v1.0/me/again`;
		server.respondWith(() => ({ json: { value: [], '@odata.nextLink': link } }));
		const { graph } = createGraphHarness(server.origin);
		await expect(collect(graph.pages(messages, { pageSize: 10 }))).rejects.toMatchObject({
			name: 'EndlessPagingError',
		});
		expect(server.received).toHaveLength(2);
	});

	it('retries a page that is cut short', async () => {
		const server = await servers.start();
		const first = { method: 'GET', path: '/v1.0/me/messages?$top=10' };
		const second = { method: 'GET', path: '/v1.0/me/messages?$skip=10' };
		const next = { '@odata.nextLink': server.origin + second.path };
		server
			.expect(first, { json: { value: [1], ...next } })
			.expect(second, { json: { value: [2] }, cutAfterBytes: 4 })
			.expect(second, { json: { value: [2] } });
		const { graph } = createGraphHarness(server.origin);
		expect(await collect(graph.pages(messages, { pageSize: 10 }))).toEqual([1, 2]);
	});

	it('gives the error of the page ahead when its turn comes, never as an unhandled rejection', async () => {
		const server = await servers.start();
		server
			.expect(
				{ method: 'GET', path: '/v1.0/me/messages?$top=10' },
				{ json: { value: [1], '@odata.nextLink': `${server.origin}/v1.0/gone` } },
			)
			.expect({ method: 'GET', path: '/v1.0/gone' }, { status: 404 });
		const unhandled: unknown[] = [];
		const note = (reason: unknown) => void unhandled.push(reason);
		process.on('unhandledRejection', note);
		try {
			const { graph } = createGraphHarness(server.origin);
			const generator = graph.pages(messages, { pageSize: 10 });
			await generator.next();
			await delay(30);
			await expect(generator.next()).rejects.toMatchObject({ status: 404 });
			expect(unhandled).toEqual([]);
		} finally {
			process.off('unhandledRejection', note);
		}
	});

	it('ends the page ahead when the consumer stops', async () => {
		const server = await servers.start();
		server.respondWith(({ path: where }) =>
			where.includes('more')
				? { status: 503, delayMs: 20 }
				: { json: { value: [1], '@odata.nextLink': `${server.origin}/v1.0/more` } },
		);
		const unhandled: unknown[] = [];
		const note = (reason: unknown) => void unhandled.push(reason);
		process.on('unhandledRejection', note);
		try {
			const { graph, debugs } = createGraphHarness(server.origin);
			for await (const page of graph.pages(messages, { pageSize: 10 })) {
				expect(page).toEqual([1]);
				await until(() => server.received.length === 2);
				break;
			}
			await until(() => debugs.some((text) => text.includes('/more: CancelledError')));
			await delay(40);
			// The 503 would be asked for again if the request lived on.
			expect(server.received).toHaveLength(2);
			expect(unhandled).toEqual([]);
		} finally {
			process.off('unhandledRejection', note);
		}
	});

	it('says so when the answer is no collection', async () => {
		const server = await servers.start();
		server.respondWith(() => ({ json: { id: 'one item' } }));
		const { graph } = createGraphHarness(server.origin);
		await expect(collect(graph.pages(messages, { pageSize: 10 }))).rejects.toMatchObject({
			code: 'notACollection',
		});
	});
});
