import type { INodeParameters } from 'n8n-workflow';
import { ana, type NodeSandbox, startNodeSandbox } from '../graphSandbox';

let sandbox: NodeSandbox;
beforeAll(async () => (sandbox = await startNodeSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

const send = async (parameters: INodeParameters, options = {}) =>
	await sandbox.run({ resource: 'request', operation: 'send', ...parameters }, options);
const batch = async (requests: unknown, parameters: INodeParameters = {}) =>
	await sandbox.run({
		resource: 'request',
		operation: 'batch',
		requests: JSON.stringify(requests),
		...parameters,
	});
const failing = async (running: Promise<unknown>) =>
	await running.then(
		() => undefined,
		(error: unknown) => error as { message: string; description: string },
	);
const draft = { subject: 'From a request' };

describe('send', () => {
	it('fills in host and version, and joins the query of path and table', async () => {
		const { json } = await send({
			path: '/me?$select=displayName',
			query: { rows: [{ name: '$select', value: 'mail' }] },
		});
		expect(sandbox.requests()).toEqual(['GET /me?$select=mail']);
		expect(json).toEqual([
			{ '@odata.context': expect.any(String) as string, id: expect.any(String), mail: ana },
		]);
	});

	it('asks the version that is chosen, or that the path begins with', async () => {
		await failing(send({ path: '/me', version: 'beta' }));
		await failing(send({ path: '/beta/me' }));
		await send({ path: '/v1.0/me', version: 'beta' });
		expect(sandbox.recorded().map(({ url }) => url)).toEqual(['/beta/me', '/beta/me', '/v1.0/me']);
	});

	it('sends nothing to another host', async () => {
		const error = await failing(send({ path: 'https://evil.example/v1.0/me' }));
		expect(error?.message).toContain('evil.example');
		expect(sandbox.requests()).toEqual([]);
	});

	it('takes a nextLink as it came', async () => {
		sandbox.graph.state.deliver({ to: ana, from: 'ben@contoso.example', subject: 'M', count: 3 });
		const first = await send({ path: '/me/messages?$top=1&$select=subject' });
		const link = first.json[0]?.['@odata.nextLink'] as string;
		expect(link).toEqual(expect.stringMatching(/^http/));
		const { json } = await send({ path: link, answer: 'items', returnAll: true });
		expect(json.map(({ subject }) => subject)).toEqual(['M 2', 'M 1']);
	});

	it('gives the entries of all pages, up to a limit, without a page size of its own', async () => {
		sandbox.graph.state.deliver({ to: ana, from: 'ben@contoso.example', subject: 'M', count: 25 });
		const everything = await send({ path: '/me/messages', answer: 'items', returnAll: true });
		expect(everything.json).toHaveLength(25);
		expect(sandbox.recorded()[0]?.url).toBe('/v1.0/me/messages');
		expect(sandbox.recorded()).toHaveLength(3);
		const few = await send({ path: '/me/messages', answer: 'items', limit: 12 });
		expect(few.json).toHaveLength(12);
	});

	it('says so where an answer is no list of entries', async () => {
		const error = await failing(send({ path: '/me', answer: 'items' }));
		expect(error?.message).toContain('something else than a page of items');
	});

	it('sends JSON, with headers', async () => {
		const { json } = await send({
			method: 'POST',
			path: '/me/messages',
			json: JSON.stringify(draft),
			options: { headers: { rows: [{ name: 'X-Test', value: 'abc' }] } },
		});
		expect(json).toMatchObject([{ subject: draft.subject, isDraft: true }]);
		const [request] = sandbox.recorded();
		expect(request).toMatchObject({ method: 'POST', body: draft });
		expect(request?.headers['x-test']).toBe('abc');
		expect(request?.headers['content-type']).toBe('application/json');
	});

	it.each(['Authorization', 'Host', 'cookie'])('leaves %s to the connection', async (name) => {
		const headers = { rows: [{ name, value: 'x' }] };
		const error = await failing(send({ path: '/me', options: { headers } }));
		expect(error?.message).toContain(`${name} is set by the connection`);
		expect(sandbox.requests()).toEqual([]);
	});

	it('sends text', async () => {
		const { json } = await send({
			method: 'PUT',
			path: '/me/drive/root:/note.html:/content',
			bodyKind: 'text',
			text: '<p>Grüße</p>',
			contentType: 'text/html',
		});
		expect(sandbox.recorded()[0]?.headers['content-type']).toBe('text/html');
		expect(json).toMatchObject([{ name: 'note.html', size: 14 }]);
	});

	it.each(['memory', 'stored'] as const)('sends and gets a file (%s)', async (binaryMode) => {
		const content = Buffer.from('a,b\n1,2\n');
		const files = { data: { fileName: 'a.csv', mimeType: 'text/csv', content } };
		const uploaded = await send(
			{
				method: 'PUT',
				path: '/me/drive/root:/Some Folder/a.csv:/content',
				bodyKind: 'file',
			},
			{ items: [{ files }], binaryMode },
		);
		expect(uploaded.json).toMatchObject([{ name: 'a.csv', size: content.length }]);
		expect(sandbox.recorded()[0]).toMatchObject({
			method: 'PUT',
			url: '/v1.0/me/drive/root:/Some%20Folder/a.csv:/content',
		});
		expect(sandbox.recorded()[0]?.headers).toMatchObject({
			'content-type': 'text/csv',
			'content-length': String(content.length),
		});
		const id = uploaded.json[0]?.['id'] as string;
		const got = await send(
			{ path: `/me/drive/items/${id}/content`, answer: 'file', outputField: 'copy' },
			{ binaryMode },
		);
		expect(await got.file(0, 'copy')).toEqual(content);
		expect(got.items[0]?.binary?.['copy']?.mimeType).toBe('text/csv');
	});

	it('returns status and headers where they are wanted', async () => {
		const { json } = await send({ path: '/me', options: { fullAnswer: true } });
		expect(json).toMatchObject([
			{ status: 200, headers: { 'request-id': expect.any(String) }, body: { mail: ana } },
		]);
	});

	it('says that an empty answer was a success', async () => {
		const { json } = await send({
			method: 'POST',
			path: '/me/sendMail',
			json: JSON.stringify({
				message: { subject: 'Hi', toRecipients: [{ emailAddress: { address: ana } }] },
			}),
		});
		expect(json).toEqual([{ success: true }]);
	});

	it('repeats a POST only where that is safe', async () => {
		const post = { method: 'POST', path: '/me/messages', json: JSON.stringify(draft) };
		sandbox.fault({ match: 'POST /v1.0/me/messages', status: 503, times: 1 });
		const error = await failing(send(post));
		expect(error?.message).toContain('may have been carried out');
		expect(sandbox.requests()).toHaveLength(1);

		sandbox.reset();
		sandbox.fault({ match: 'POST /v1.0/me/messages', status: 503, times: 1 });
		const { json } = await send({ ...post, options: { safeToRepeat: true } });
		expect(json).toMatchObject([{ subject: draft.subject }]);
		expect(sandbox.requests()).toHaveLength(2);
	});

	it('waits as it is told when Microsoft 365 turns a request away', async () => {
		sandbox.fault({
			match: 'POST /v1.0/me/messages',
			status: 429,
			headers: { 'Retry-After': '0' },
			times: 1,
		});
		const { json } = await send({
			method: 'POST',
			path: '/me/messages',
			json: JSON.stringify(draft),
		});
		expect(json).toMatchObject([{ subject: draft.subject }]);
	});

	it.each([
		['/me/../users', /Path: it has the part "\.\."/],
		['', /Path: is empty/],
	])('refuses the path %j', async (path, message) => {
		expect((await failing(send({ path })))?.message).toMatch(message);
		expect(sandbox.requests()).toEqual([]);
	});

	it('tells what the connection has where Graph refuses a request', async () => {
		sandbox.permit(['User.Read', 'Mail.Read']);
		const error = await failing(send({ path: '/users' }));
		expect(error?.description).toContain('The connection has: User.Read, Mail.Read.');
	});
});

describe('batch', () => {
	it('sends any number, twenty at a time, each outcome an item in order', async () => {
		const requests = Array.from({ length: 45 }, (_, index) => ({
			id: `r${index}`,
			url: index === 7 ? '/me/messages/nothing' : '/me?$select=mail',
		}));
		const { json } = await batch(requests);
		expect(json).toHaveLength(45);
		expect(sandbox.recorded().map(({ method, url }) => `${method} ${url}`)).toEqual(
			Array.from({ length: 3 }, () => 'POST /v1.0/$batch'),
		);
		const sizes = sandbox
			.recorded()
			.map(({ body }) => (body as { requests: unknown[] }).requests.length);
		expect(sizes.sort()).toEqual([20, 20, 5]);
		expect(json.map(({ id }) => id)).toEqual(requests.map(({ id }) => id));
		expect(json[0]).toMatchObject({
			index: 0,
			method: 'GET',
			path: '/me',
			ok: true,
			status: 200,
			body: { mail: ana },
		});
		expect(json[7]).toMatchObject({
			ok: false,
			status: 400,
			error: { code: 'ErrorInvalidIdMalformed', nextStep: expect.stringContaining('ID') as string },
		});
		expect(json.filter(({ ok }) => ok === false)).toHaveLength(1);
	});

	it("takes Microsoft's own form, with bodies and headers", async () => {
		const { json } = await batch({
			requests: [
				{
					id: '1',
					method: 'post',
					url: '/me/messages',
					headers: { Prefer: 'outlook.body-content-type="text"' },
					body: draft,
				},
				{ id: '2', method: 'GET', url: '/me' },
			],
		});
		expect(json.map(({ status }) => status)).toEqual([201, 200]);
		const { requests } = sandbox.recorded().find(({ url }) => url.includes('$batch'))?.body as {
			requests: Array<{ method: string; url: string; headers: object; body?: object }>;
		};
		expect(requests[0]).toMatchObject({
			method: 'POST',
			url: '/me/messages',
			headers: { Prefer: expect.stringContaining('outlook.body-content-type') as string },
			body: draft,
		});
	});

	it.each([
		['no list', 5, 'not a list'],
		['another host', [{ url: 'https://evil.example/v1.0/me' }], 'evil.example'],
		['a dependency', [{ id: '2', url: '/me', dependsOn: ['1'] }], 'they run in any order'],
		['an unknown method', [{ url: '/me', method: 'TRACE' }], 'unknown method "TRACE"'],
		['an entry without a path', [{ method: 'GET' }], 'Path: it is empty'],
	])('refuses %s, and sends nothing', async (_case, requests, message) => {
		expect((await failing(batch(requests)))?.message).toContain(message);
		expect(sandbox.requests()).toEqual([]);
	});

	it('asks one version for all', async () => {
		const { json } = await batch([{ url: '/me' }, { url: '/me/messages' }], { version: 'beta' });
		expect(sandbox.recorded().map(({ url }) => url)).toEqual(['/beta/$batch']);
		expect(json.map(({ ok }) => ok)).toEqual([false, false]);
	});
});
