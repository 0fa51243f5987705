import { simplePdf } from '../../../../sandbox/graph/drive/conversions';
import { byPath, type FilesSandbox, startFilesSandbox } from '../filesSandbox';

let sandbox: FilesSandbox;
beforeAll(async () => (sandbox = await startFilesSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

describe('file: getText', () => {
	const basics = { resource: 'file', operation: 'getText' };
	const textOf = async (path: string, options = {}) =>
		(await sandbox.run({ ...basics, item: byPath(path), options })).json[0];

	it('text in UTF-8, UTF-16 and the Windows encoding', async () => {
		sandbox.put('a.txt', 'Grüße, Счёт');
		sandbox.put('b.txt', Buffer.from('\ufeffGrüße', 'utf16le'));
		sandbox.put('c.csv', Buffer.from([0x47, 0x72, 0xfc, 0xdf, 0x65]));
		sandbox.put('empty.txt', '');
		expect(await textOf('a.txt')).toMatchObject({
			text: 'Grüße, Счёт',
			characters: 11,
			isCut: false,
		});
		expect(await textOf('b.txt')).toMatchObject({ text: 'Grüße' });
		expect(await textOf('c.csv')).toMatchObject({ text: 'Grüße' });
		expect(await textOf('empty.txt')).toMatchObject({ text: '', characters: 0 });
		expect(await textOf('a.txt', { maxCharacters: 3 })).toMatchObject({
			text: 'Grü',
			characters: 11,
			isCut: true,
		});
	});

	it('HTML, PDF, and what Microsoft 365 makes a PDF of', async () => {
		sandbox.put(
			'a.html',
			'<style>p{}</style><h1>Offer</h1><p>Two &amp; three</p><script>x()</script>',
		);
		sandbox.put('a.pdf', simplePdf('Invoice 4711'));
		sandbox.put('a.pptx', 'slides');
		expect((await textOf('a.html'))?.['text']).toMatch(/^OFFER\s+Two & three$/);
		expect(await textOf('a.pdf')).toMatchObject({ text: 'Invoice 4711' });
		expect(await textOf('a.pptx')).toMatchObject({ text: 'Converted from a.pptx' });
		expect(sandbox.requests().at(-1)?.url).toMatch(/\/content\?format=pdf$/);
	}, 30_000);

	it('DOCX', async () => {
		sandbox.put('a.docx', await docx('Invoice 4711', 'Grüße & Küsse'));
		expect(await textOf('a.docx')).toMatchObject({ text: 'Invoice 4711\n\nGrüße & Küsse' });
		expect(sandbox.requests().some(({ url }) => url.includes('format='))).toBe(false);
	}, 30_000);

	it('refuses what has no text, is damaged or too large', async () => {
		sandbox.put('a.png', 'picture');
		sandbox.put('a.docx', 'not a ZIP file');
		sandbox.put('a.txt', Buffer.alloc(1_100_000, 'x'));
		sandbox.folder('Docs');
		await expect(textOf('a.png')).rejects.toThrow('has no text that can be read');
		await expect(textOf('Docs')).rejects.toThrow('has no text that can be read');
		await expect(textOf('a.docx')).rejects.toThrow('"a.docx" can\'t be read');
		await expect(textOf('a.txt', { maxMegabytes: 1 })).rejects.toThrow('is larger than 1 MB');
	}, 30_000);
});

/** The least that a Word file consists of. */
async function docx(...paragraphs: string[]): Promise<Buffer> {
	const { ZipFile } = await import('yazl');
	const zip = new ZipFile();
	const add = (name: string, xml: string) =>
		zip.addBuffer(Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${xml}`), name);
	const packages = 'http://schemas.openxmlformats.org/package/2006';
	const office = 'http://schemas.openxmlformats.org/officeDocument/2006';
	add(
		'[Content_Types].xml',
		`<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
	);
	add(
		'_rels/.rels',
		`<Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${office}/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
	);
	const text = paragraphs
		.map((each) => `<w:p><w:r><w:t>${each.replaceAll('&', '&amp;')}</w:t></w:r></w:p>`)
		.join('');
	add(
		'word/document.xml',
		`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${text}</w:body></w:document>`,
	);
	zip.end();
	const pieces: Buffer[] = [];
	for await (const piece of zip.outputStream as AsyncIterable<Buffer>) pieces.push(piece);
	return Buffer.concat(pieces);
}
