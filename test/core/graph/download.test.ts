import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { path } from '../../../core/graph/path';
import type { GraphRequest } from '../../../core/graph/types';
import { createGraphHarness } from '../../support/graphHarness';
import { until } from '../../support/until';
import { scriptedServers } from '../../support/scriptedServer';

const servers = scriptedServers();
const content = Buffer.from(Array.from({ length: 200_000 }, (_, index) => index % 251));
const getContent: GraphRequest = { method: 'GET', path: path`/me/drive/items/${'1'}/content` };
const atContent = { method: 'GET', path: '/v1.0/me/drive/items/1/content' };
const withoutToken = { authorization: null, prefer: null, 'client-request-id': null };
const atStorage = { method: 'GET', path: '/blob?tempauth=secret', headers: withoutToken };

describe('stream', () => {
	it('follows the redirect to storage without the token', async () => {
		const server = await servers.start();
		const storage = await servers.start();
		server.expect(
			{ ...atContent, headers: { authorization: 'Bearer token-1' } },
			{ status: 302, headers: { location: `${storage.origin}/blob?tempauth=secret` } },
		);
		storage
			.expect(atStorage, { status: 503 })
			.expect(atStorage, { headers: { 'content-type': 'application/pdf' }, body: content });
		const { graph } = createGraphHarness(server.origin);
		const { headers, body } = await graph.stream(getContent);
		expect(headers['content-type']).toBe('application/pdf');
		expect(content.equals(await buffer(body))).toBe(true);
	});

	it('resumes where it broke off, at an address that Graph gives anew', async () => {
		const server = await servers.start();
		const storage = await servers.start();
		const range = { ...withoutToken, range: 'bytes=120000-', 'if-range': '"v1"' };
		const offered = { 'accept-ranges': 'bytes', etag: '"v1"' };
		server
			.expect(atContent, {
				status: 302,
				headers: { location: `${storage.origin}/blob?tempauth=secret` },
			})
			.expect(atContent, { status: 302, headers: { location: `${storage.origin}/new` } });
		storage.expect(atStorage, { headers: offered, body: content, cutAfterBytes: 120_000 }).expect(
			{ method: 'GET', path: '/new', headers: range },
			{
				status: 206,
				headers: { ...offered, 'content-range': 'bytes 120000-199999/200000' },
				body: content.subarray(120_000),
			},
		);
		const { graph, clock } = createGraphHarness(server.origin);
		const { body } = await graph.stream(getContent);
		expect(content.equals(await buffer(body))).toBe(true);
		expect(clock.sleeps).toEqual([500]);
	});

	it('breaks off when the file has changed meanwhile', async () => {
		const server = await servers.start();
		const offered = { 'accept-ranges': 'bytes', etag: '"v1"' };
		const ranged = { ...atContent, headers: { 'if-range': '"v1"', range: 'bytes=1000-' } };
		server
			.expect(atContent, { headers: offered, body: content, cutAfterBytes: 1_000 })
			.expect(ranged, { headers: { etag: '"v2"' }, body: content });
		const { graph } = createGraphHarness(server.origin);
		const { body } = await graph.stream(getContent);
		await expect(buffer(body)).rejects.toMatchObject({ code: 'downloadNotResumable' });
	});

	it('breaks off where the server offers no ranges', async () => {
		const server = await servers.start();
		server.expect(atContent, { body: content, cutAfterBytes: 1_000 });
		const { graph } = createGraphHarness(server.origin);
		const { body } = await graph.stream(getContent);
		await expect(buffer(body)).rejects.toMatchObject({
			name: 'NetworkError',
			code: 'connectionBroken',
		});
	});

	it("gives Graph's error for an answer of 400 and above", async () => {
		const server = await servers.start();
		server.expect(atContent, {
			status: 404,
			json: { error: { code: 'itemNotFound', message: 'Gone.' } },
		});
		const { graph } = createGraphHarness(server.origin);
		await expect(graph.stream(getContent)).rejects.toMatchObject({
			name: 'NotFoundError',
			code: 'itemNotFound',
		});
	});

	it('asks for bytes as they are, but unpacks those that come packed all the same', async () => {
		const server = await servers.start();
		server.expect(
			{ ...atContent, headers: { 'accept-encoding': 'identity' } },
			{ headers: { 'content-encoding': 'gzip' }, body: gzipSync(content) },
		);
		const { graph } = createGraphHarness(server.origin);
		const { body } = await graph.stream(getContent);
		expect(content.equals(await buffer(body))).toBe(true);
	});

	it.each([
		['http://storage.example/blob', 'unsafeAddress'],
		['ftp://127.0.0.1/blob', 'unsafeAddress'],
	])('goes to no %s', async (location, code) => {
		const server = await servers.start();
		server.expect(atContent, { status: 302, headers: { location } });
		const { graph } = createGraphHarness(server.origin);
		await expect(graph.stream(getContent)).rejects.toMatchObject({ code });
	});

	it('ends the connection when the consumer does, even while it waits for bytes', async () => {
		const server = await servers.start();
		server.expect(atContent, { headers: { 'content-length': '9000000' }, body: content });
		const { graph } = createGraphHarness(server.origin);
		const { body } = await graph.stream(getContent);
		let receivedBytes = 0;
		body.on('data', (piece: Buffer) => (receivedBytes += piece.length));
		await until(() => receivedBytes === content.length);
		expect(await server.countConnections()).toBe(1);
		body.destroy();
		await until(async () => (await server.countConnections()) === 0);
	});
});
