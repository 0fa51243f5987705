import { Readable } from 'node:stream';
import { AuthError } from '../../../core/auth/AuthError';
import {
	CancelledError,
	NetworkError,
	NotFoundError,
	OutcomeUnknownError,
	ThrottledError,
	UnavailableError,
} from '../../../core/graph/errors';
import { path } from '../../../core/graph/path';
import type { GraphRequest } from '../../../core/graph/types';
import { createGraphHarness } from '../../support/graphHarness';
import { scriptedServers } from '../../support/scriptedServer';

const servers = scriptedServers();
const getMe: GraphRequest = { method: 'GET', path: path`/me` };
const atMe = { method: 'GET', path: '/v1.0/me' };
const sendMail: GraphRequest = { method: 'POST', path: path`/me/sendMail`, body: { message: {} } };
const atSendMail = { method: 'POST', path: '/v1.0/me/sendMail', body: { message: {} } };
const throttledBody = { error: { code: 'ApplicationThrottled', message: 'MailboxConcurrency' } };

describe('a request', () => {
	it('has the token, immutable ids, its own Prefer, and an encoded query', async () => {
		const server = await servers.start();
		server.expect(
			{
				method: 'GET',
				path: '/v1.0/users/ana%40contoso.com/messages?$filter=subject%20eq%20%27a%26b%27',
				headers: {
					authorization: 'Bearer token-1',
					prefer: 'outlook.timezone="UTC", IdType="ImmutableId"',
					accept: 'application/json',
					'content-type': null,
					'user-agent': 'n8n-nodes-microsoft365',
					'client-request-id': /^[0-9a-f-]{36}$/,
				},
			},
			{ json: { value: [] } },
		);
		const { graph } = createGraphHarness(server.origin);
		const answer = await graph.request({
			method: 'GET',
			path: path`/users/${'ana@contoso.com'}/messages`,
			query: { $filter: "subject eq 'a&b'", $select: undefined },
			headers: { Prefer: 'outlook.timezone="UTC"' },
		});
		expect(answer).toEqual({ value: [] });
	});

	it('sends JSON, bytes, a stream, and no body with a length of 0', async () => {
		const server = await servers.start();
		const content = Buffer.from([0, 1, 255]);
		const octets = 'application/octet-stream';
		server
			.expect(
				{ ...atSendMail, headers: { 'content-type': 'application/json', 'content-length': '14' } },
				{ status: 202 },
			)
			.expect({
				method: 'PUT',
				path: '/v1.0/x',
				headers: { 'content-type': octets },
				body: content,
			})
			.expect({
				method: 'PUT',
				path: '/v1.0/x',
				headers: { 'content-type': octets, 'content-length': '3' },
				body: content,
			})
			.expect({
				method: 'POST',
				path: '/v1.0/me/messages/1/send',
				headers: { 'content-length': '0' },
			});
		const { graph } = createGraphHarness(server.origin);
		expect(await graph.request(sendMail)).toBeUndefined();
		await graph.request({
			method: 'PUT',
			path: path`/x`,
			rawBody: { kind: 'bytes', value: content, contentType: octets },
		});
		await graph.request({
			method: 'PUT',
			path: path`/x`,
			rawBody: {
				kind: 'stream',
				open: () => Readable.from([content], { objectMode: false }),
				contentType: octets,
				contentLength: 3,
			},
		});
		await graph.request({ method: 'POST', path: path`/me/messages/${'1'}/send` });
	});

	it('gives the fault of a source that fails, without asking again', async () => {
		const server = await servers.start();
		server.respondWith(() => ({ status: 201 }));
		const { graph, clock } = createGraphHarness(server.origin);
		const broken = graph.request({
			method: 'PUT',
			path: path`/x`,
			rawBody: {
				kind: 'stream',
				open: () =>
					new Readable({
						read() {
							this.destroy(new Error('disk on fire'));
						},
					}),
				contentType: 'text/plain',
			},
		});
		await expect(broken).rejects.toThrow('disk on fire');
		expect(clock.sleeps).toEqual([]);
	});

	it('logs paths and outcomes, never queries or tokens', async () => {
		const server = await servers.start();
		server
			.expect({ method: 'GET', path: '/v1.0/me?$search=secret' }, { status: 503 })
			.expect({ method: 'GET', path: '/v1.0/me?$search=secret' }, { json: {} });
		const { graph, debugs, warnings } = createGraphHarness(server.origin);
		await graph.request({ ...getMe, query: { $search: 'secret' } });
		expect(warnings).toEqual(['GET /v1.0/me: 503, again in 500 ms']);
		expect(debugs).toEqual([expect.stringMatching(/^GET \/v1.0\/me: 200, \d+ ms \[[0-9a-f-]+\]$/)]);
	});

	it('is ended by the signal, in flight and between attempts', async () => {
		const server = await servers.start();
		const inFlight = new AbortController();
		server.respondWith(({ path: where }) => {
			if (where === '/v1.0/me') inFlight.abort();
			return { status: 503, delayMs: 20 };
		});
		const running = createGraphHarness(server.origin, { signal: inFlight.signal });
		await expect(running.graph.request(getMe)).rejects.toThrow(CancelledError);
		await expect(running.graph.request(sendMail)).rejects.toThrow(CancelledError);

		const waiting = new AbortController();
		const idle = createGraphHarness(server.origin, {
			signal: waiting.signal,
			logger: { debug: () => undefined, warn: () => waiting.abort() },
		});
		await expect(idle.graph.request({ ...getMe, path: path`/x` })).rejects.toThrow(CancelledError);
	});

	it('ends when no answer comes in time', async () => {
		const server = await servers.start();
		server.respondWith(() => ({ delayMs: 200 }));
		const { graph } = createGraphHarness(server.origin, { timeoutMs: 20 });
		await expect(graph.request(sendMail)).rejects.toMatchObject({
			name: 'OutcomeUnknownError',
			cause: expect.objectContaining({ fault: 'timeout' }),
		});
	});

	it('goes through the proxy of the environment', async () => {
		const proxy = await servers.start();
		proxy.expect(
			{ method: 'GET', path: 'http://graph.invalid/v1.0/me' },
			{ json: { through: 'proxy' } },
		);
		const before = process.env['http_proxy'];
		process.env['http_proxy'] = proxy.origin;
		try {
			const { graph } = createGraphHarness('http://graph.invalid');
			expect(await graph.request(getMe)).toEqual({ through: 'proxy' });
		} finally {
			if (before === undefined) delete process.env['http_proxy'];
			else process.env['http_proxy'] = before;
		}
	});
});

describe('throttling by the server', () => {
	it('waits for Retry-After in seconds and as a date, even before a POST', async () => {
		const server = await servers.start();
		server
			.expect(atSendMail, { status: 429, headers: { 'retry-after': '315' }, json: throttledBody })
			.expect(atSendMail, {
				status: 429,
				headers: { 'retry-after': new Date(Date.UTC(2026, 0, 1) + 375_000).toUTCString() },
			})
			.expect(atSendMail, { status: 503, headers: { 'retry-after': '5' } })
			.expect(atSendMail, { status: 202 });
		const { graph, clock } = createGraphHarness(server.origin);
		await graph.request(sendMail);
		expect(clock.sleeps).toEqual([315_000, 60_000, 5_000]);
	});

	it('backs off where a 503 has no Retry-After, if the request may be repeated', async () => {
		const server = await servers.start();
		server.expect(atMe, { status: 503 }).expect(atMe, { status: 503 }).expect(atMe, { json: {} });
		const { graph, clock } = createGraphHarness(server.origin);
		await graph.request(getMe);
		expect(clock.sleeps).toEqual([500, 1_000]);
	});

	it.each([502, 503, 504])('never repeats a POST after a bare %d', async (status) => {
		const server = await servers.start();
		server.expect(atSendMail, { status, headers: { 'request-id': 'r-1' } });
		const { graph } = createGraphHarness(server.origin);
		await expect(graph.request(sendMail)).rejects.toMatchObject({
			name: 'OutcomeUnknownError',
			status,
			requestId: 'r-1',
		});
	});

	it('says until when, if that is longer than it may wait, and keeps the next request back', async () => {
		const server = await servers.start();
		server.expect(atMe, { status: 429, headers: { 'retry-after': '3600' }, json: throttledBody });
		const { graph, clock } = createGraphHarness(server.origin);
		await expect(graph.request(getMe)).rejects.toMatchObject({
			name: 'ThrottledError',
			code: 'ApplicationThrottled',
			retryAfterMs: 3_600_000,
			message: expect.stringContaining('2026-01-01T01:00:00.000Z'),
		});
		await expect(graph.request(getMe)).rejects.toThrow(ThrottledError);
		expect(clock.sleeps).toEqual([]);
	});

	it('gives up after six attempts', async () => {
		const server = await servers.start();
		for (let attempt = 1; attempt <= 6; attempt++) server.expect(atMe, { status: 504 });
		const { graph } = createGraphHarness(server.origin);
		await expect(graph.request(getMe)).rejects.toThrow(UnavailableError);
	});
});

describe('a broken connection', () => {
	it.each([
		['reset before the answer', { drop: true }],
		['cut in the middle of the body', { json: { long: 'answer' }, cutAfterBytes: 5 }],
		['answered with half a JSON', { body: '{"value":[{"id"' }],
	] as const)('%s: a GET is repeated', async (_, reply) => {
		const server = await servers.start();
		server.expect(atMe, reply).expect(atMe, { json: { id: '1' } });
		const { graph, clock } = createGraphHarness(server.origin);
		expect(await graph.request(getMe)).toEqual({ id: '1' });
		expect(clock.sleeps).toEqual([500]);
	});

	it.each([
		['reset before the answer', { drop: true }],
		['cut in the middle of the body', { json: { long: 'answer' }, cutAfterBytes: 5 }],
		['answered with half a JSON', { body: '{"id":' }],
	] as const)('%s: a POST is not, and may have been carried out', async (_, reply) => {
		const server = await servers.start();
		server.expect(atSendMail, reply);
		const { graph } = createGraphHarness(server.origin);
		const failure: unknown = await graph.request(sendMail).catch((error: unknown) => error);
		expect(failure).toBeInstanceOf(OutcomeUnknownError);
		expect(failure).toMatchObject({
			message: expect.stringContaining('may have been carried out'),
		});
	});

	it('repeats a stream by opening it anew', async () => {
		const server = await servers.start();
		const body = Buffer.from('content');
		const put = { method: 'PUT', path: '/v1.0/x', body };
		server.expect(put, { drop: true }).expect(put, { status: 201, json: { id: '1' } });
		const { graph } = createGraphHarness(server.origin);
		const opened: Readable[] = [];
		await graph.request({
			method: 'PUT',
			path: path`/x`,
			rawBody: {
				kind: 'stream',
				contentType: 'text/plain',
				open: () => {
					const stream = Readable.from([body], { objectMode: false });
					opened.push(stream);
					return stream;
				},
			},
		});
		expect(opened).toHaveLength(2);
		expect(opened.every((stream) => stream.destroyed)).toBe(true);
	});

	it('repeats a POST that no server got', async () => {
		const server = await servers.start();
		const { origin } = server;
		await server.finish();
		const { graph, clock } = createGraphHarness(origin);
		const failure: unknown = await graph.request(sendMail).catch((error: unknown) => error);
		expect(failure).toBeInstanceOf(NetworkError);
		expect(failure).toMatchObject({ code: 'connectionRefused' });
		expect(clock.sleeps).toHaveLength(5);
		expect(JSON.stringify(failure)).not.toContain('token-1');
	});
});

describe('the token', () => {
	it('is renewed once when it has expired on the way, and the request sent again', async () => {
		const server = await servers.start();
		const withToken = (token: string) => ({
			...atSendMail,
			headers: { authorization: `Bearer ${token}` },
		});
		server
			.expect(withToken('token-1'), { status: 401 })
			.expect(withToken('token-2'), { status: 202 });
		const { graph, tokens } = createGraphHarness(server.origin);
		await graph.request(sendMail);
		expect(tokens.refused).toEqual(['token-1']);
	});

	it('is an AuthError when the new one is refused as well', async () => {
		const server = await servers.start();
		const refusal = {
			status: 401,
			json: {
				error: { code: 'InvalidAuthenticationToken', message: 'eyJhbGciOi.eyJzdWIi.c2ln bad' },
			},
		};
		server.expect(atMe, refusal).expect(atMe, refusal);
		const { graph, tokens } = createGraphHarness(server.origin);
		const failure: unknown = await graph.request(getMe).catch((error: unknown) => error);
		expect(failure).toBeInstanceOf(AuthError);
		expect(failure).toMatchObject({ code: 'InvalidAuthenticationToken' });
		expect(String(failure)).not.toContain('eyJ');
		expect(tokens.refused).toEqual(['token-1']);
	});

	it('is fetched anew for each attempt', async () => {
		const server = await servers.start();
		const bearer = (token: string) => ({ ...atMe, headers: { authorization: `Bearer ${token}` } });
		server.expect(bearer('token-1'), { status: 503 }).expect(bearer('token-2'), { json: {} });
		const harness = createGraphHarness(server.origin, {
			logger: { debug: () => undefined, warn: () => void harness.tokens.renew('token-1') },
		});
		await harness.graph.request(getMe);
	});
});

it("tells Graph's code, message and request-id", async () => {
	const server = await servers.start();
	server.expect(atMe, {
		status: 404,
		headers: { 'request-id': 'from-header' },
		json: {
			error: {
				code: 'ErrorItemNotFound',
				message: 'The object was not found.',
				innerError: { 'request-id': 'from-body' },
			},
		},
	});
	const { graph } = createGraphHarness(server.origin);
	const failure: unknown = await graph.request(getMe).catch((error: unknown) => error);
	expect(failure).toBeInstanceOf(NotFoundError);
	expect(failure).toMatchObject({
		code: 'ErrorItemNotFound',
		message: 'The object was not found.',
		status: 404,
		requestId: 'from-body',
	});
});
