import { path } from '../../../core/graph/path';
import type { GraphRequest } from '../../../core/graph/types';
import { createGraphHarness } from '../../support/graphHarness';
import { scriptedServers } from '../../support/scriptedServer';

const servers = scriptedServers();
const atBatch = { method: 'POST', path: '/v1.0/$batch' };
const prefer = 'IdType="ImmutableId"';

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
const move = (id: number): GraphRequest => ({
	method: 'POST',
	path: path`/me/messages/${String(id)}/move`,
	body: { destinationId: 'archive' },
});
const innerMarkRead = (id: number) => ({
	id: String(id),
	method: 'PATCH',
	url: `/me/messages/${id}`,
	headers: { 'Content-Type': 'application/json', Prefer: prefer },
	body: { isRead: true },
});
const innersOf = (json: unknown) => (json as { requests: Inner[] }).requests;

describe('batch', () => {
	it('gives each answer to its request, and retries alone what was turned away', async () => {
		const server = await servers.start();
		const throttledInner = { status: 429, headers: { 'Retry-After': '7' }, body: {} };
		server
			.expect(
				{ ...atBatch, body: { requests: [0, 1, 2, 3, 4].map(innerMarkRead) } },
				{
					json: {
						responses: [
							{ id: '3', status: 503, body: {} },
							{ id: '1', ...throttledInner },
							{
								id: '2',
								status: 404,
								headers: { 'request-id': 'r-2' },
								body: { error: { code: 'ErrorItemNotFound', message: 'Gone.' } },
							},
							{ id: '0', status: 200, headers: { ETag: 'e' }, body: { id: 'm0' } },
						],
					},
				},
			)
			.expect(
				{ ...atBatch, body: { requests: [1, 3].map(innerMarkRead) } },
				{
					json: {
						responses: [
							{ id: '3', status: 204 },
							{ id: '1', ...throttledInner },
						],
					},
				},
			)
			.expect(
				{ ...atBatch, body: { requests: [1].map(innerMarkRead) } },
				{ json: { responses: [{ id: '1', status: 200, body: { id: 'm1' } }] } },
			);
		const { graph, clock } = createGraphHarness(server.origin);
		const outcomes = await graph.batch([0, 1, 2, 3, 4].map(markRead));
		expect(outcomes).toEqual([
			{ ok: true, status: 200, headers: { etag: 'e' }, body: { id: 'm0' } },
			{ ok: true, status: 200, headers: {}, body: { id: 'm1' } },
			{
				ok: false,
				error: expect.objectContaining({ name: 'NotFoundError', code: 'ErrorItemNotFound' }),
			},
			{ ok: true, status: 204, headers: {}, body: undefined },
			{ ok: false, error: expect.objectContaining({ code: 'batchAnswerMissing' }) },
		]);
		expect(clock.sleeps).toEqual([7_000, 7_000]);
	});

	it('never repeats an inner POST whose outcome is unknown, but one that was turned away', async () => {
		const server = await servers.start();
		const innerMove = (id: number) => ({
			id: String(id),
			method: 'POST',
			url: `/me/messages/${id}/move`,
			headers: { 'Content-Type': 'application/json', Prefer: prefer },
			body: { destinationId: 'archive' },
		});
		server
			.expect(
				{ ...atBatch, body: { requests: [0, 1, 2].map(innerMove) } },
				{
					json: {
						responses: [
							{ id: '0', status: 504 },
							{ id: '1', status: 503, headers: { 'retry-after': '3' } },
						],
					},
				},
			)
			.expect(
				{ ...atBatch, body: { requests: [innerMove(1)] } },
				{ json: { responses: [{ id: '1', status: 201, body: {} }] } },
			);
		const { graph, clock } = createGraphHarness(server.origin);
		const outcomes = await graph.batch([0, 1, 2].map(move));
		expect(outcomes).toEqual([
			{ ok: false, error: expect.objectContaining({ name: 'OutcomeUnknownError', status: 504 }) },
			{ ok: true, status: 201, headers: {}, body: {} },
			{
				ok: false,
				error: expect.objectContaining({
					name: 'OutcomeUnknownError',
					code: 'batchAnswerMissing',
				}),
			},
		]);
		expect(clock.sleeps).toEqual([3_000]);
	});

	it('gives every request of a group the error of the whole', async () => {
		const server = await servers.start();
		const groupOf = (from: number, count: number) =>
			Array.from({ length: count }, (_, index) => innerMarkRead(from + index));
		const answered = (from: number, count: number) =>
			Array.from({ length: count }, (_, index) => ({ id: String(from + index), status: 200 }));
		server
			.expect({ ...atBatch, body: { requests: groupOf(0, 20) } }, { status: 403, json: {} })
			.expect(
				{ ...atBatch, body: { requests: groupOf(20, 5) } },
				{ json: { responses: answered(20, 5) } },
			);
		const { graph } = createGraphHarness(server.origin);
		const outcomes = await graph.batch(Array.from({ length: 25 }, (_, id) => markRead(id)));
		expect(outcomes.map(({ ok }) => ok)).toEqual([
			...Array.from({ length: 20 }, () => false),
			...Array.from({ length: 5 }, () => true),
		]);
		expect(outcomes[7]).toMatchObject({ error: { name: 'AccessDeniedError' } });
	});

	it('repeats a whole batch after a reset connection only where each request bears it', async () => {
		const server = await servers.start();
		const both = { ...atBatch, body: { requests: [0, 1].map(innerMarkRead) } };
		server
			.expect(both, { drop: true })
			.expect(both, { json: { responses: [0, 1].map((id) => ({ id: String(id), status: 200 })) } });
		const { graph } = createGraphHarness(server.origin);
		expect((await graph.batch([0, 1].map(markRead))).every(({ ok }) => ok)).toBe(true);

		const other = await servers.start();
		other.respondWith(() => ({ drop: true }));
		const outcomes = await createGraphHarness(other.origin).graph.batch([0, 1].map(move));
		expect(other.received).toHaveLength(1);
		expect(outcomes).toEqual(
			Array.from({ length: 2 }, () => ({
				ok: false,
				error: expect.objectContaining({ name: 'OutcomeUnknownError' }),
			})),
		);
	});

	it('gives up on those that are turned away for too long, and tells when', async () => {
		const server = await servers.start();
		server.respondWith(({ json }) => ({
			json: {
				responses: innersOf(json).map(({ id }) =>
					id === '0'
						? { id, status: 200 }
						: { id, status: 429, headers: { 'Retry-After': '3600' } },
				),
			},
		}));
		const { graph } = createGraphHarness(server.origin);
		expect(await graph.batch([0, 1].map(markRead))).toMatchObject([
			{ ok: true },
			{ ok: false, error: { name: 'ThrottledError', retryAfterMs: 3_600_000 } },
		]);
		// The rest of the mailbox hears of it as well.
		await expect(graph.request(markRead(9))).rejects.toMatchObject({ name: 'ThrottledError' });
		expect(server.received).toHaveLength(1);
	});

	it('sends one request, and bytes, without an envelope; mailboxes apart; none at all as none', async () => {
		const server = await servers.start();
		const inMailbox = (mailbox: string, id: string): GraphRequest => ({
			method: 'GET',
			path: path`/users/${mailbox}/messages/${id}`,
		});
		const photo: GraphRequest = {
			method: 'PUT',
			path: path`/me/photo/$value`,
			rawBody: { kind: 'bytes', value: Buffer.from('jpg'), contentType: 'image/jpeg' },
		};
		server.respondWith(({ method, path: where, json }) =>
			where === atBatch.path
				? {
						json: {
							responses: innersOf(json).map(({ id, url }) => ({ id, status: 200, body: url })),
						},
					}
				: { json: `${method} ${where}` },
		);
		const { graph } = createGraphHarness(server.origin);
		const outcomes = await graph.batch([
			inMailbox('ana', '1'),
			photo,
			inMailbox('ben', '2'),
			inMailbox('ana', '3'),
		]);
		expect(outcomes).toMatchObject([
			{ body: '/users/ana/messages/1' },
			{ body: 'PUT /v1.0/me/photo/$value' },
			{ body: 'GET /v1.0/users/ben/messages/2' },
			{ body: '/users/ana/messages/3' },
		]);
		expect(await graph.batch([])).toEqual([]);
		expect(server.received).toHaveLength(3);
	});

	it('keeps a batch below the size that Graph takes', async () => {
		const server = await servers.start();
		server.respondWith(({ json }) => ({
			json: { responses: innersOf(json).map(({ id }) => ({ id, status: 200 })) },
		}));
		const { graph } = createGraphHarness(server.origin);
		const large = (id: number): GraphRequest => ({
			...markRead(id),
			body: { body: { contentType: 'text', content: 'x'.repeat(1_000_000) } },
		});
		const outcomes = await graph.batch(Array.from({ length: 8 }, (_, id) => large(id)));
		expect(outcomes.every(({ ok }) => ok)).toBe(true);
		expect(server.received).toHaveLength(3);
		expect(Math.max(...server.received.map(({ bytes }) => bytes.length))).toBeLessThan(4_000_000);
	});
});
