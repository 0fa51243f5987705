import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ana, ben, startWire, support, type Wire } from './wire';

let wire: Wire;
let folder: string;
beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'graph-record-'));
	wire = await startWire({ recordFile: join(folder, 'record.jsonl') });
});
afterEach(async () => {
	await wire.close();
	rmSync(folder, { recursive: true });
});

async function control(method: string, path: string, body?: unknown): Promise<Response> {
	return await fetch(`${wire.graph.url}/__sandbox__/${path}`, {
		method,
		...(body !== undefined && { body: JSON.stringify(body) }),
	});
}

describe('faults', () => {
	it('plays a fault so many times, with its headers and body', async () => {
		await control('POST', 'faults', {
			match: 'GET /me/messages',
			status: 429,
			headers: { 'Retry-After': '7' },
			times: 2,
		});
		for (const expected of [429, 429, 200]) {
			const answer = await wire.send('GET', '/me/messages');
			expect(answer.status).toBe(expected);
			if (expected === 429) {
				expect(answer.headers.get('retry-after')).toBe('7');
				expect(answer.body.error?.code).toBe('ApplicationThrottled');
			}
		}
	});

	it('matches the method and either side of an alternative, until cleared', async () => {
		await control('POST', 'faults', { match: 'POST /sendMail$|/move$', status: 503 });
		expect((await wire.send('GET', '/me/messages')).status).toBe(200);
		expect((await wire.send('POST', '/me/messages/A/move')).status).toBe(503);
		await control('DELETE', 'faults');
		expect(
			(await wire.send('POST', '/me/messages/A/move', { body: { destinationId: 'x' } })).status,
		).toBe(400);
	});

	it('sends a text as it is, e.g. half a document', async () => {
		wire.graph.faults.add({ match: 'GET /me$', status: 200, body: '{"value": [' });
		const response = await fetch(`${wire.graph.url}/v1.0/me`);
		expect(await response.text()).toBe('{"value": [');
	});

	it('drops the connection', async () => {
		wire.graph.faults.add({ match: '* /me', dropConnection: true, times: 1 });
		await expect(wire.send('GET', '/me')).rejects.toThrow();
		expect((await wire.send('GET', '/me')).status).toBe(200);
	});

	it('refuses a match that names no path', async () => {
		expect((await control('POST', 'faults', { match: 'GET', status: 500 })).status).toBe(400);
	});
});

describe('limits', () => {
	it('refuses the fifth request at once for a mailbox, and not one for another', async () => {
		await control('POST', 'latency', { ms: 150 });
		const answers = await Promise.all([
			...Array.from({ length: 6 }, () => wire.send('GET', '/me/messages')),
			wire.send('GET', `/users/${support}/messages`),
		]);
		const shared = answers.pop();
		expect(shared?.status).toBe(200);
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 429, 429]);
		const refused = answers.find(({ status }) => status === 429);
		expect(refused?.body.error?.message).toMatch(/MailboxConcurrency/);
		expect(refused?.headers.get('retry-after')).toBe('1');
		expect(wire.graph.limits.highestConcurrency).toBe(4);
	});

	it('works on four requests of a batch at once', async () => {
		wire.graph.faults.latencyMs = 60;
		const requests = Array.from({ length: 20 }, (_, index) => ({
			id: `${index}`,
			method: 'GET',
			url: '/me/messages?$top=1',
		}));
		const startedAt = Date.now();
		const answer = await wire.send('POST', '/$batch', { body: { requests } });
		const ms = Date.now() - startedAt;
		const responses = answer.body.responses as unknown as ReadonlyArray<{ status: number }>;
		expect(responses.map(({ status }) => status)).toEqual(Array(20).fill(200));
		expect(ms).toBeGreaterThanOrEqual(5 * 60 - 10);
		expect(ms).toBeLessThan(12 * 60);
	});
});

describe('the record', () => {
	it('holds each Graph request as a line, without Authorization', async () => {
		await wire.send('PATCH', '/me/mailboxSettings', { body: { timeZone: 'UTC' } });
		await wire.send('GET', '/me/nowhere');
		await control('GET', 'state?mailbox=' + ana);
		const text = readFileSync(join(folder, 'record.jsonl'), 'utf8');
		const lines = text
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line) as unknown);
		expect(lines).toEqual([
			{
				cloud: 'global',
				method: 'PATCH',
				url: '/v1.0/me/mailboxSettings',
				headers: expect.objectContaining({ 'content-type': 'application/json' }) as unknown,
				body: { timeZone: 'UTC' },
				status: 200,
				ms: expect.any(Number) as unknown,
			},
			expect.objectContaining({ url: '/v1.0/me/nowhere', status: 400 }),
		]);
		expect(text).not.toMatch(/authorization|sandbox-test/i);
		expect(wire.graph.recorded()).toEqual(lines);
	});
});

describe('the other controls', () => {
	it('delivers many messages a second apart, and resets', async () => {
		await control('POST', 'deliver', {
			to: ben,
			from: 'eve@fabrikam.example',
			subject: 'Bulk',
			body: '<b>x</b>',
			attachments: [{ name: 'a.bin', sizeBytes: 5_000_000 }],
			receivedDateTime: '2026-03-01T10:00:00Z',
			count: 3,
		});
		const token = wire.token({ upn: ben, scopes: 'Mail.Read' });
		const answer = await wire.send('GET', '/me/mailFolders/inbox/messages', { token });
		expect(answer.body.value).toMatchObject([
			{ subject: 'Bulk 3', receivedDateTime: '2026-03-01T10:00:00Z', hasAttachments: true },
			{ subject: 'Bulk 2', receivedDateTime: '2026-03-01T09:59:59Z', isRead: false },
			{ subject: 'Bulk 1', body: { contentType: 'html' } },
		]);
		await control('POST', 'reset');
		const after = await wire.send('GET', '/me/messages', { token });
		expect(after.body.value).toEqual([]);
	});

	it('advances the clock', async () => {
		const before = wire.clock.now();
		await control('POST', 'clock', { advanceMs: 3_600_000 });
		expect(wire.clock.now() - before).toBeGreaterThanOrEqual(3_600_000);
		expect((await control('POST', 'nonsense')).status).toBe(404);
	});
});
