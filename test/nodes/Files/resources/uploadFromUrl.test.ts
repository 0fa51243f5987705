import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { byPath, type FilesSandbox, startFilesSandbox } from '../filesSandbox';

let sandbox: FilesSandbox;
let web: Server;
let address: string;
const seen: Array<Record<string, unknown>> = [];
const content = Buffer.alloc(6 * 1024 * 1024, 'web');

beforeAll(async () => {
	sandbox = await startFilesSandbox();
	web = createServer((request, response) => {
		seen.push({ url: request.url, authorization: request.headers.authorization });
		if (request.url === '/moved') {
			response.writeHead(302, { location: '/chunked' }).end();
		} else if (request.url === '/chunked') {
			// Without a length.
			response.writeHead(200, {
				'content-disposition': "attachment; filename*=UTF-8''Gr%C3%B6%C3%9Fe.bin",
			});
			response.write(content.subarray(0, 1_000_000));
			response.end(content.subarray(1_000_000));
		} else if (request.url?.startsWith('/files/')) {
			response.writeHead(200, {
				'content-length': content.length,
				'content-type': 'text/plain; charset=utf-8',
			});
			response.end(content);
		} else {
			response.writeHead(404).end('no');
		}
	});
	await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
	address = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
});
beforeEach(() => {
	sandbox.reset();
	seen.length = 0;
});
afterAll(async () => {
	await new Promise((resolve) => web.close(resolve));
	await sandbox.stop();
});

const basics = { resource: 'file', operation: 'uploadFromUrl', folder: byPath('Web') };

it('streams from the web into a session', async () => {
	const { json } = await sandbox.run({ ...basics, url: `${address}/files/report%20%231.txt?x=1` });
	expect(json[0]).toMatchObject({ name: 'report #1.txt', size: content.length });
	expect(seen).toEqual([{ url: '/files/report%20%231.txt?x=1', authorization: undefined }]);
	expect(sandbox.requests().map(({ url }) => url)).toEqual([
		'/v1.0/me/drive/root:/Web/report%20%231.txt:/createUploadSession',
	]);
	expect((await sandbox.text('Web/report #1.txt')).length).toBe(content.length);
});

it('follows redirects, and goes through the disk where the size is not told', async () => {
	const { json } = await sandbox.run({ ...basics, url: `${address}/moved` });
	expect(json[0]).toMatchObject({ name: 'Größe.bin', size: content.length });
	expect((await sandbox.text('Web/Größe.bin')) === content.toString()).toBe(true);
});

it('says what the web server answered', async () => {
	await expect(sandbox.run({ ...basics, url: `${address}/none` })).rejects.toThrow(
		'The web server answered with status 404',
	);
	await expect(sandbox.run({ ...basics, url: 'ftp://example.com/a' })).rejects.toThrow(
		'URL: is no web address',
	);
	expect(sandbox.requests()).toEqual([]);
});
