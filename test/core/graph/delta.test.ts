import { path } from '../../../core/graph/path';
import type { DeltaPage, GraphRequest } from '../../../core/graph/types';
import { createGraphHarness } from '../../support/graphHarness';
import { scriptedServers } from '../../support/scriptedServer';

const servers = scriptedServers();
const request: GraphRequest = { method: 'GET', path: path`/me/drive/root/delta` };

async function collect<T>(pages: AsyncGenerator<DeltaPage<T>>): Promise<Array<DeltaPage<T>>> {
	const all: Array<DeltaPage<T>> = [];
	for await (const page of pages) all.push(page);
	return all;
}

it('follows the pages, and gives the link after the last item', async () => {
	const server = await servers.start();
	const link = `${server.origin}/v1.0/me/drive/root/delta?token=2`;
	server.expect(
		{
			method: 'GET',
			path: '/v1.0/me/drive/root/delta',
			headers: { authorization: 'Bearer token-1' },
		},
		{
			json: { value: [1], '@odata.nextLink': `${server.origin}/v1.0/me/drive/root/delta?token=1` },
		},
	);
	server.expect(
		{ method: 'GET', path: '/v1.0/me/drive/root/delta?token=1' },
		{ json: { value: [2], '@odata.deltaLink': link } },
	);
	server.expect(
		{ method: 'GET', path: '/v1.0/me/drive/root/delta?token=2' },
		{ json: { value: [], '@odata.deltaLink': link } },
	);
	const { graph } = createGraphHarness(server.origin);
	expect(await collect(graph.delta(request))).toEqual([
		{ items: [1], isResync: false },
		{ items: [2], isResync: false, deltaLink: link },
	]);
	expect(await collect(graph.delta(request, link))).toEqual([
		{ items: [], isResync: false, deltaLink: link },
	]);
});

it.each([
	['410 with Location', 410, { code: 'resyncRequired', message: 'Resync' }, true],
	['410 without', 410, { code: 'syncStateNotFound', message: 'Resync' }, false],
	['a 400 that says so', 400, { code: 'SyncStateNotFound', message: 'Resync' }, false],
])('begins anew by itself after %s', async (_, status, error, hasLocation) => {
	const server = await servers.start();
	const link = `${server.origin}/v1.0/me/drive/root/delta?token=old`;
	const fresh = `${server.origin}/v1.0/me/drive/root/delta?token=fresh`;
	server.expect(
		{ method: 'GET', path: '/v1.0/me/drive/root/delta?token=old' },
		{ status, json: { error }, headers: hasLocation ? { location: fresh } : {} },
	);
	server.expect(
		{ method: 'GET', path: `/v1.0/me/drive/root/delta${hasLocation ? '?token=fresh' : ''}` },
		{ json: { value: [1], '@odata.deltaLink': fresh } },
	);
	const { graph } = createGraphHarness(server.origin);
	expect(await collect(graph.delta(request, link))).toEqual([
		{ items: [1], isResync: true, deltaLink: fresh },
	]);
});

it('does not begin anew for ever, nor elsewhere', async () => {
	const server = await servers.start();
	const gone = { status: 410, json: { error: { code: 'resyncRequired', message: 'Resync' } } };
	server.expect({ method: 'GET', path: '/v1.0/me/drive/root/delta' }, gone);
	const { graph } = createGraphHarness(server.origin);
	await expect(collect(graph.delta(request))).rejects.toMatchObject({ status: 410 });
	await expect(collect(graph.delta(request, 'https://evil.example/delta'))).rejects.toMatchObject({
		name: 'ForeignLinkError',
	});
	server.expect(
		{ method: 'GET', path: '/v1.0/me/drive/root/delta?token=old' },
		{ ...gone, headers: { location: 'https://evil.example/delta' } },
	);
	await expect(
		collect(graph.delta(request, `${server.origin}/v1.0/me/drive/root/delta?token=old`)),
	).rejects.toMatchObject({ name: 'ForeignLinkError' });
});
