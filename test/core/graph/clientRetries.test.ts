import { Readable } from 'node:stream';
import {
	NetworkError,
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
