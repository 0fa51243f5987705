import { startWire, type Json, type Wire, text } from './wire';

let wire: Wire;
beforeAll(async () => {
	wire = await startWire();
});
afterAll(() => wire.close());

async function batch(requests: readonly unknown[]): Promise<{ status: number; body: Json }> {
	return await wire.send('POST', '/$batch', { body: { requests } });
}

function byId(body: Json): Readonly<Record<string, Json>> {
	const responses = body.responses as unknown as readonly Json[];
	return Object.fromEntries(responses.map((response) => [text(response.id), response]));
}

const get = (id: string): unknown => ({ id, method: 'GET', url: '/me/mailFolders/inbox' });

describe('$batch', () => {
	it('answers each request for itself under 200', async () => {
		wire.graph.faults.add({
			match: 'GET /v1.0/me/mailFolders/archive',
			status: 429,
			headers: { 'Retry-After': '2' },
			times: 1,
		});
		const { status, body } = await batch([
			get('ok'),
			{ id: 'bad', method: 'GET', url: '/me/messages?$select=topic' },
			{ id: 'busy', method: 'GET', url: 'me/mailFolders/archive' },
			{
				id: 'created',
				method: 'POST',
				url: '/me/mailFolders',
				headers: { 'Content-Type': 'application/json' },
				body: { displayName: 'From a batch' },
			},
		]);
		expect(status).toBe(200);
		const answers = byId(body);
		expect(answers.ok).toMatchObject({ status: 200, body: { displayName: 'Inbox' } });
		expect(answers.bad).toMatchObject({
			status: 400,
			body: { error: { code: 'RequestBroker--ParseUri' } },
		});
		expect(answers.busy).toMatchObject({ status: 429, headers: { 'Retry-After': '2' } });
		expect(answers.created).toMatchObject({ status: 201, body: { displayName: 'From a batch' } });
	});

	it('keeps the order of dependsOn, and fails what depends on a failure', async () => {
		const { body } = await batch([
			{ id: '1', method: 'DELETE', url: '/me/messages/A' },
			{ ...(get('2') as object), dependsOn: ['1'] },
			{ ...(get('3') as object), dependsOn: ['2'] },
			get('4'),
		]);
		const statuses = Object.values(byId(body)).map(({ status }) => status);
		expect(statuses).toEqual([400, 424, 424, 200]);
	});

	it.each<readonly [string, readonly unknown[], RegExp]>([
		[
			'more than 20',
			Array.from({ length: 21 }, (_, index) => get(`${index}`)),
			/maximum value of 20/,
		],
		['an id twice', [get('1'), get('1')], /unique/],
		[
			'an absolute url',
			[{ id: '1', method: 'GET', url: 'https://graph.microsoft.com/v1.0/me' }],
			/relative/,
		],
		['a url with the version', [{ id: '1', method: 'GET', url: '/v1.0/me' }], /relative/],
		[
			'a body without its type',
			[{ id: '1', method: 'PATCH', url: '/me/messages/A', body: {} }],
			/Content-Type/,
		],
		[
			'a dependency that is not there',
			[{ ...(get('1') as object), dependsOn: ['9'] }],
			/depends on/,
		],
	])('refuses %s as a whole', async (_name, requests, message) => {
		const { status, body } = await batch(requests);
		expect(status).toBe(400);
		expect(body.error?.message).toMatch(message);
	});

	it('is recorded whole', async () => {
		await batch([get('recorded')]);
		const last = wire.graph.recorded().at(-1);
		expect(last).toMatchObject({
			method: 'POST',
			url: '/v1.0/$batch',
			body: { requests: [{ id: 'recorded' }] },
		});
	});
});
