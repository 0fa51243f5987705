import { startWire, type Wire } from '../graph/wire';

let wire: Wire;
let token: string;
beforeAll(async () => {
	wire = await startWire();
	token = wire.token({ upn: 'ana@contoso.example', scopes: 'User.Read Files.ReadWrite.All' });
});
beforeEach(() => wire.graph.state.reset());
afterAll(async () => await wire.close());

const send = async (method: string, path: string, body?: unknown) =>
	await wire.send(method, path, { token, ...(body !== undefined && { body }) });
const put = (path: string, content = 'content') =>
	wire.graph.state.drives.put(
		'b!sandbox-onedrive-0001',
		path,
		Buffer.from(content),
		'ana@contoso.example',
	);
const kibibyte = 1024;

function textOf(value: unknown): string {
	if (typeof value === 'string') return value;
	throw new TypeError('The answer has no such text');
}

describe('upload sessions', () => {
	const open = async (name = 'a.bin'): Promise<string> => {
		const { body } = await send('POST', `/me/drive/root:/${name}:/createUploadSession`, {
			item: {},
		});
		return textOf(body['uploadUrl']);
	};
	const range = async (url: string, first: number, bytes: number, total: number, headers = {}) =>
		await fetch(url, {
			method: 'PUT',
			headers: { 'content-range': `bytes ${first}-${first + bytes - 1}/${total}`, ...headers },
			body: new Uint8Array(bytes),
		});

	it('take ranges in order, tell what they expect, and answer with the item', async () => {
		const url = await open();
		const unit = 320 * kibibyte;
		const first = await range(url, 0, unit, unit + 10);
		expect(first.status).toBe(202);
		expect(await first.json()).toMatchObject({ nextExpectedRanges: [`${unit}-`] });
		expect((await range(url, 0, unit, unit + 10)).status).toBe(416);
		expect(await (await fetch(url)).json()).toMatchObject({ nextExpectedRanges: [`${unit}-`] });
		const last = await range(url, unit, 10, unit + 10);
		expect(last.status).toBe(201);
		expect(await last.json()).toMatchObject({ name: 'a.bin', size: unit + 10 });
		expect((await fetch(url)).status).toBe(404);
	});

	it('refuse a token, fragments of other sizes, and what comes after their end', async () => {
		const url = await open();
		expect((await range(url, 0, 10, 10, { authorization: `Bearer ${token}` })).status).toBe(401);
		expect((await range(url, 0, 1000, 5000)).status).toBe(400);
		expect((await fetch(url, { method: 'DELETE' })).status).toBe(204);
		expect((await range(url, 0, 10, 10)).status).toBe(404);
		const expiring = await open('b.bin');
		wire.clock.advance(25 * 60 * 60 * 1000);
		expect((await range(expiring, 0, 10, 10)).status).toBe(404);
		wire.clock.advance(-25 * 60 * 60 * 1000);
	});

	it('are at another host name than Graph', async () => {
		const url = new URL(await open());
		expect(url.hostname).not.toBe(new URL(wire.graph.url).hostname);
	});
});

describe('content', () => {
	it('is given by redirect to an address that refuses tokens and knows ranges', async () => {
		put('a.txt', '0123456789');
		const answer = await fetch(`${wire.graph.url}/v1.0/me/drive/root:/a.txt:/content`, {
			headers: { authorization: `Bearer ${token}` },
			redirect: 'manual',
		});
		expect(answer.status).toBe(302);
		const location = answer.headers.get('location') ?? '';
		expect((await fetch(location, { headers: { authorization: `Bearer ${token}` } })).status).toBe(
			401,
		);
		const part = await fetch(location, { headers: { range: 'bytes=3-5' } });
		expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
			206,
			'bytes 3-5/10',
			'345',
		]);
		expect((await fetch(location, { headers: { range: 'bytes=10-' } })).status).toBe(416);
	});

	it('is not converted where Microsoft 365 would not', async () => {
		put('a.txt');
		expect((await send('GET', '/me/drive/root:/a.txt:/content?format=pdf')).status).toBe(406);
	});
});

describe('delta', () => {
	it('tells changes since a token, and 410 with Location for one that is forgotten', async () => {
		put('a.txt');
		const start = await send('GET', '/me/drive/root/delta');
		const link = textOf(start.body['@odata.deltaLink']);
		put('b.txt');
		const below = link.slice(link.indexOf('/v1.0') + 5);
		const next = await send('GET', below);
		expect(
			(next.body['value'] as unknown as Array<{ name: string }>).map(({ name }) => name),
		).toEqual(['root', 'b.txt']);
		wire.graph.state.drives.driveById('b!sandbox-onedrive-0001').epoch += 1;
		const forgotten = await send('GET', below);
		expect(forgotten.status).toBe(410);
		expect(forgotten.headers.get('location')).toMatch(/\/root\/delta$/);
	});

	it('is for roots only', async () => {
		put('Docs/a.txt');
		expect((await send('GET', '/me/drive/root:/Docs:/delta')).status).toBe(400);
	});
});

describe('copies and moves', () => {
	it('copies tell how far they are; a monitor refuses tokens', async () => {
		const item = put('a.txt');
		const { status, headers } = await send('POST', `/me/drive/items/${item.id}/copy`, {
			name: 'b.txt',
		});
		expect(status).toBe(202);
		const monitor = headers.get('location') ?? '';
		expect((await fetch(monitor, { headers: { authorization: `Bearer ${token}` } })).status).toBe(
			401,
		);
		expect(await (await fetch(monitor)).json()).toMatchObject({ status: 'inProgress' });
		expect(await (await fetch(monitor)).json()).toMatchObject({
			status: 'completed',
			resourceId: expect.stringMatching(/^01/) as string,
		});
	});

	it('an item is not moved to another drive', async () => {
		const item = put('a.txt');
		const answer = await send('PATCH', `/me/drive/items/${item.id}`, {
			parentReference: { driveId: 'b!sandbox-site-2-documents', id: 'root' },
		});
		expect([answer.status, answer.body['error']?.['code']]).toEqual([400, 'notSupported']);
	});
});

describe('access', () => {
	it("to somebody else's OneDrive comes with sharing", async () => {
		const other = wire.token({ upn: 'ben@contoso.example', scopes: 'Files.ReadWrite.All' });
		const item = put('a.txt');
		const path = `/users/ana@contoso.example/drive/items/${item.id}`;
		expect((await wire.send('GET', path, { token: other })).status).toBe(403);
		await send('POST', `/me/drive/items/${item.id}/invite`, {
			recipients: [{ email: 'ben@contoso.example' }],
			roles: ['read'],
		});
		expect((await wire.send('GET', path, { token: other })).status).toBe(200);
	});

	it('needs a permission for files', async () => {
		const mail = wire.token({ upn: 'ana@contoso.example', scopes: 'Mail.ReadWrite' });
		expect((await wire.send('GET', '/me/drive', { token: mail })).status).toBe(403);
		const app = wire.token({ roles: ['Files.Read.All'] });
		expect(
			(await wire.send('GET', "/drives/b!sandbox-onedrive-0001/root/search(q='a')", { token: app }))
				.status,
		).toBe(403);
	});

	it('refuses what is not in the metadata, and names that are not allowed', async () => {
		expect((await send('GET', '/me/drive/root/childs')).status).toBe(400);
		expect(
			(await send('PATCH', '/me/drive/root:/a.txt:', { parentReference: { folder: 1 } })).status,
		).toBe(400);
		const answer = await send('POST', '/me/drive/root/children', { name: 'a?b', folder: {} });
		expect([answer.status, answer.body['error']?.['code']]).toEqual([400, 'invalidRequest']);
	});
});

it('files come from somebody else through the control door, and a reset takes them away', async () => {
	const control = async (action: string, body: unknown) =>
		await fetch(`${wire.graph.url}/__sandbox__/${action}`, {
			method: 'POST',
			body: JSON.stringify(body),
		});
	const delivered = await control('deliver', {
		drive: 'ana@contoso.example',
		path: 'In/a.txt',
		text: 'hi',
	});
	expect(delivered.status).toBe(200);
	const { body } = await send('GET', '/me/drive/root:/In/a.txt:');
	expect(body).toMatchObject({
		size: 2,
		lastModifiedBy: { user: { email: 'ben@contoso.example' } },
	});
	await control('reset', {});
	expect((await send('GET', '/me/drive/root:/In/a.txt:')).status).toBe(404);
});
