import { Readable } from 'node:stream';
import { AuthError } from '../../../core/auth/AuthError';
import { CancelledError, NotFoundError } from '../../../core/graph/errors';
import { path } from '../../../core/graph/path';
import type { GraphRequest } from '../../../core/graph/types';
import { createGraphHarness } from '../../support/graphHarness';
import { scriptedServers } from '../../support/scriptedServer';

const servers = scriptedServers();
const getMe: GraphRequest = { method: 'GET', path: path`/me` };
const atMe = { method: 'GET', path: '/v1.0/me' };
const sendMail: GraphRequest = { method: 'POST', path: path`/me/sendMail`, body: { message: {} } };
const atSendMail = { method: 'POST', path: '/v1.0/me/sendMail', body: { message: {} } };

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
