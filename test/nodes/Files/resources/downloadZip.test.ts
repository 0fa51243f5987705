import { createInflateRaw } from 'node:zlib';
import { byPath, type FilesSandbox, startFilesSandbox } from '../filesSandbox';

let sandbox: FilesSandbox;
beforeAll(async () => (sandbox = await startFilesSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

describe('folder: downloadZip', () => {
	it('packs files of all depths and empty folders', async () => {
		sandbox.put('Docs/Größe.txt', 'one');
		sandbox.put('Docs/Deep/b.txt', 'two');
		sandbox.folder('Docs/Empty');
		const { json, items, file } = await sandbox.run({
			resource: 'folder',
			operation: 'downloadZip',
			item: byPath('Docs'),
		});
		expect(items[0]?.binary?.['data']).toMatchObject({
			fileName: 'Docs.zip',
			mimeType: 'application/zip',
		});
		expect(json[0]).toMatchObject({ fileCount: 2, folderCount: 2 });
		const entries = await unzip(await file(0, 'data'));
		expect(entries).toEqual({ 'Größe.txt': 'one', 'Deep/': '', 'Deep/b.txt': 'two', 'Empty/': '' });
	});

	it('fails as a whole where a file can not be read', async () => {
		sandbox.put('Docs/a.txt');
		sandbox.fault({ match: 'GET /v1.0/.*/content', status: 404 });
		await expect(
			sandbox.run({ resource: 'folder', operation: 'downloadZip', item: byPath('Docs') }),
		).rejects.toMatchObject({ context: { itemIndex: 0 } });
	});
});

/** The entries of a ZIP file by its central directory. */
async function unzip(zip: Buffer): Promise<Record<string, string>> {
	const entries: Record<string, string> = {};
	const end = zip.lastIndexOf(Buffer.from('PK\u0005\u0006'));
	let at = zip.readUInt32LE(end + 16);
	for (let count = zip.readUInt16LE(end + 10); count > 0; count--) {
		const [method, size, nameLength, extra, comment, offset] = [
			zip.readUInt16LE(at + 10),
			zip.readUInt32LE(at + 20),
			zip.readUInt16LE(at + 28),
			zip.readUInt16LE(at + 30),
			zip.readUInt16LE(at + 32),
			zip.readUInt32LE(at + 42),
		];
		const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
		const start = offset + 30 + zip.readUInt16LE(offset + 26) + zip.readUInt16LE(offset + 28);
		const packed = zip.subarray(start, start + size);
		entries[name] = (method === 0 ? packed : await inflate(packed)).toString('utf8');
		at += 46 + nameLength + extra + comment;
	}
	return entries;
}

async function inflate(packed: Buffer): Promise<Buffer> {
	const pieces: Buffer[] = [];
	const stream = createInflateRaw();
	stream.end(packed);
	for await (const piece of stream as AsyncIterable<Buffer>) pieces.push(piece);
	return Buffer.concat(pieces);
}
