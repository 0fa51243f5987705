import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { buffer as readBuffer } from 'node:stream/consumers';
import { UploadError } from '../../../core/graph/errors';
import { path } from '../../../core/graph/path';
import type { GraphRequest, UploadSource } from '../../../core/graph/types';
import { createGraphHarness } from '../../support/graphHarness';
import { type Reply, scriptedServers, type ScriptedServer } from '../../support/scriptedServer';

const servers = scriptedServers();
const MiB = 1024 * 1024;
const createSession: GraphRequest = {
	method: 'POST',
	path: path`/me/drive/items/${'1'}/createUploadSession`,
	body: { item: {} },
};

/** Content that differs everywhere, so that a chunk in the wrong place is found out. */
function contentOf(size: number): Buffer {
	const content = Buffer.alloc(size);
	for (let at = 0; at + 4 <= size; at += 4) content.writeUInt32LE((at * 2654435761) % 2 ** 32, at);
	return content;
}

function sourceOf(content: Buffer, size = content.length): UploadSource & { opened: number[] } {
	const opened: number[] = [];
	return {
		name: 'report.pdf',
		contentType: 'application/pdf',
		size,
		opened,
		open: (offset) => {
			opened.push(offset);
			let at = offset;
			return new Readable({
				read() {
					// Pieces that don't fit the chunks.
					this.push(at < content.length ? content.subarray(at, at + 65_000) : null);
					at += 65_000;
				},
			});
		},
	};
}

interface Script {
	readonly graph: ScriptedServer;
	/** Another origin, as it is in life. */
	readonly storage: ScriptedServer;
	put(content: Buffer, from: number, to: number, reply: Reply): void;
	status(reply: Reply): void;
	cancelled(): void;
}

async function script(): Promise<Script> {
	const graph = await servers.start();
	const storage = await servers.start();
	const target = { path: '/session?tempauth=secret' };
	const none = { authorization: null, prefer: null };
	graph.expect(
		{ method: 'POST', path: '/v1.0/me/drive/items/1/createUploadSession', body: { item: {} } },
		{ json: { uploadUrl: `${storage.origin}${target.path}`, nextExpectedRanges: ['0-'] } },
	);
	return {
		graph,
		storage,
		put: (content, from, to, reply) => {
			const headers = {
				...none,
				'content-type': 'application/octet-stream',
				'content-length': String(to - from),
				'content-range': `bytes ${from}-${to - 1}/${content.length}`,
			};
			const body = content.subarray(from, to);
			storage.expect({ ...target, method: 'PUT', headers, body }, reply);
		},
		status: (reply) => storage.expect({ ...target, method: 'GET', headers: none }, reply),
		cancelled: () =>
			storage.expect({ ...target, method: 'DELETE', headers: none }, { status: 204 }),
	};
}

const expecting = (offset: number): Reply => ({
	status: 202,
	json: { nextExpectedRanges: [`${offset}-`] },
});

describe('upload', () => {
	it('sends chunks with totals and without the token, tells progress, and gives the item', async () => {
		const { graph: server, put } = await script();
		const content = contentOf(3 * MiB + 123);
		put(content, 0, 2 * MiB, expecting(2 * MiB));
		put(content, 2 * MiB, content.length, { status: 201, json: { id: 'item' } });
		const { graph } = createGraphHarness(server.origin);
		const source = sourceOf(content);
		const progress: number[] = [];
		const item = await graph.upload(createSession, source, {
			chunkBytes: 2 * MiB,
			onProgress: ({ sentBytes }) => progress.push(sentBytes),
		});
		expect(item).toEqual({ id: 'item' });
		expect(progress).toEqual([2 * MiB, content.length]);
		expect(source.opened).toEqual([0]);
	});

	it('understands an Outlook session: 200 with a bare offset, then 201 with no body', async () => {
		const { graph: server, put } = await script();
		const content = contentOf(2_500_000);
		put(content, 0, 2_000_000, { json: { nextExpectedRanges: ['2000000'] } });
		put(content, 2_000_000, content.length, { status: 201, headers: { location: 'https://x/1' } });
		const { graph } = createGraphHarness(server.origin);
		expect(
			await graph.upload(createSession, sourceOf(content), { chunkBytes: 2_000_000 }),
		).toBeUndefined();
	});

	it('goes on from what the session has, after faults of every kind', async () => {
		const { graph: server, put, status } = await script();
		const content = contentOf(4 * MiB);
		put(content, 0, MiB, { drop: true });
		status({ json: { nextExpectedRanges: ['0-'] } });
		put(content, 0, MiB, { status: 503, headers: { 'retry-after': '9' } });
		// It had arrived after all.
		status({ json: { nextExpectedRanges: [`${MiB}-`] } });
		put(content, MiB, 2 * MiB, { status: 416 });
		status({ json: { nextExpectedRanges: [`${3 * MiB}-`] } });
		put(content, 3 * MiB, 4 * MiB, { status: 500 });
		status({ status: 500 + 3 });
		status({ json: { nextExpectedRanges: [`${2 * MiB}-${3 * MiB - 1}`] } });
		put(content, 2 * MiB, 3 * MiB, expecting(3 * MiB));
		put(content, 3 * MiB, 4 * MiB, { json: { id: 'item' } });
		const { graph, clock } = createGraphHarness(server.origin);
		const source = sourceOf(content);
		expect(await graph.upload(createSession, source, { chunkBytes: MiB })).toEqual({ id: 'item' });
		expect(clock.sleeps.slice(0, 2)).toEqual([500, 9_000]);
		expect(source.opened).toEqual([0, 3 * MiB, 2 * MiB]);
	});

	it('sends a chunk again from its start when the connection broke while it was read', async () => {
		const content = contentOf(2 * MiB);
		const arrived: Buffer[] = [];
		let breaks = 1;
		const storage = createServer((call, response) => {
			if (call.method === 'PUT' && breaks-- > 0) {
				call.once('data', () => call.socket.destroy());
				return;
			}
			void readBuffer(call).then((body) => {
				arrived.push(body);
				const has = arrived.reduce((sum, { length }) => sum + length, 0);
				const isWhole = has === content.length;
				response.writeHead(isWhole ? 201 : 202, { 'content-type': 'application/json' });
				response.end(JSON.stringify(isWhole ? { id: 'x' } : { nextExpectedRanges: [`${has}-`] }));
			});
		});
		await new Promise<void>((resolve) => storage.listen(0, '127.0.0.1', resolve));
		try {
			const { port } = storage.address() as AddressInfo;
			const server = await servers.start();
			server.respondWith(() => ({ json: { uploadUrl: `http://127.0.0.1:${port}/session` } }));
			const { graph } = createGraphHarness(server.origin);
			const source = sourceOf(content);
			const item = await graph.upload(createSession, source, { chunkBytes: MiB });
			expect(item).toEqual({ id: 'x' });
			expect(Buffer.concat(arrived).equals(content)).toBe(true);
			expect(source.opened).toEqual([0]);
		} finally {
			storage.closeAllConnections();
			storage.close();
		}
	});

	it('takes the item from the status when only the last answer got lost', async () => {
		const { graph: server, put, status } = await script();
		const content = contentOf(1_000);
		put(content, 0, 1_000, { drop: true });
		status({ json: { id: 'item' } });
		const { graph } = createGraphHarness(server.origin);
		expect(await graph.upload(createSession, sourceOf(content), { chunkBytes: MiB })).toEqual({
			id: 'item',
		});
	});

	it('says that it may be complete when the session is gone after the last chunk', async () => {
		const { graph: server, put, status } = await script();
		const content = contentOf(1_000);
		put(content, 0, 1_000, { drop: true });
		status({ status: 404 });
		const { graph } = createGraphHarness(server.origin);
		await expect(
			graph.upload(createSession, sourceOf(content), { chunkBytes: MiB }),
		).rejects.toMatchObject({ name: 'OutcomeUnknownError', code: 'uploadOutcomeUnknown' });
	});

	it('says that the session is gone, with nothing left to cancel', async () => {
		const { graph: server, put } = await script();
		const content = contentOf(1_000);
		put(content, 0, 500, { status: 404, json: { error: { code: 'itemNotFound' } } });
		const { graph } = createGraphHarness(server.origin);
		const failure: unknown = await graph
			.upload(createSession, sourceOf(content), { chunkBytes: 500 })
			.catch((error: unknown) => error);
		expect(failure).toBeInstanceOf(UploadError);
		expect(failure).toMatchObject({ code: 'uploadSessionGone', status: 404 });
		expect(JSON.stringify(failure) + String(failure)).not.toContain('tempauth');
	});

	it.each([
		['a name that is taken', 409, 'ConflictError'],
		['a full drive', 507, 'GraphError'],
	])('cancels the session for %s', async (_, status, name) => {
		const { graph: server, put, cancelled } = await script();
		const content = contentOf(1_000);
		put(content, 0, 1_000, { status, json: {} });
		cancelled();
		const { graph } = createGraphHarness(server.origin);
		await expect(
			graph.upload(createSession, sourceOf(content), { chunkBytes: MiB }),
		).rejects.toMatchObject({ name, status });
	});

	it('cancels the session when faults go on', async () => {
		const { graph: server, put, status, cancelled } = await script();
		const content = contentOf(1_000);
		for (let attempt = 1; attempt <= 6; attempt++) {
			put(content, 0, 500, { status: 503 });
			if (attempt < 6) status({ json: { nextExpectedRanges: ['0-'] } });
		}
		cancelled();
		const { graph } = createGraphHarness(server.origin);
		await expect(
			graph.upload(createSession, sourceOf(content), { chunkBytes: 500 }),
		).rejects.toMatchObject({ status: 503 });
	});

	it('cancels the session when it asks for the same part for ever', async () => {
		const { graph: server, put, cancelled } = await script();
		const content = contentOf(1_000);
		for (let attempt = 1; attempt <= 6; attempt++) put(content, 0, 500, expecting(0));
		cancelled();
		const { graph } = createGraphHarness(server.origin);
		await expect(
			graph.upload(createSession, sourceOf(content), { chunkBytes: 500 }),
		).rejects.toMatchObject({ code: 'uploadOutOfStep' });
	});

	it('cancels the session when the caller does', async () => {
		const { graph: server, put, cancelled } = await script();
		const content = contentOf(1_000);
		put(content, 0, 500, expecting(500));
		cancelled();
		const stop = new AbortController();
		const { graph } = createGraphHarness(server.origin, { signal: stop.signal });
		await expect(
			graph.upload(createSession, sourceOf(content), {
				chunkBytes: 500,
				onProgress: () => stop.abort(),
			}),
		).rejects.toMatchObject({ name: 'CancelledError' });
	});

	it.each([
		['shorter', 900, 1_000],
		['longer', 1_100, 1_000],
	])(
		'refuses a source that is %s than it said, before the file is complete',
		async (_, real, said) => {
			const { graph: server, storage, put, cancelled } = await script();
			const content = contentOf(real);
			const announced = Buffer.concat([content, Buffer.alloc(said)]).subarray(0, said);
			put(announced, 0, 600, expecting(600));
			cancelled();
			const { graph } = createGraphHarness(server.origin);
			await expect(
				graph.upload(createSession, sourceOf(content, said), { chunkBytes: 600 }),
			).rejects.toMatchObject({ code: 'sourceSizeMismatch' });
			expect(storage.received).toHaveLength(2);
		},
	);

	it('opens no session for nothing, nor for chunks of a wrong size', async () => {
		const server = await servers.start();
		const { graph } = createGraphHarness(server.origin);
		const empty = graph.upload(createSession, sourceOf(Buffer.alloc(0)), { chunkBytes: MiB });
		await expect(empty).rejects.toMatchObject({ code: 'emptySource' });
		const huge = graph.upload(createSession, sourceOf(contentOf(9)), { chunkBytes: 60 * MiB });
		await expect(huge).rejects.toThrow(RangeError);
	});

	it('sends no content where others can read along', async () => {
		const server = await servers.start();
		server.respondWith(() => ({ json: { uploadUrl: 'http://storage.example/x' } }));
		const { graph } = createGraphHarness(server.origin);
		await expect(
			graph.upload(createSession, sourceOf(contentOf(9)), { chunkBytes: MiB }),
		).rejects.toMatchObject({ code: 'unsafeAddress' });
	});
});
