import { extractInThread } from './worker';

/** How a file's text is got; `convert`: Microsoft 365 makes a PDF of it first. */
export type TextKind = 'text' | 'html' | 'docx' | 'pdf' | 'convert';

const kindByExtension: Readonly<Record<string, TextKind>> = {
	pdf: 'pdf',
	docx: 'docx',
	htm: 'html',
	html: 'html',
	...Object.fromEntries(
		// learn.microsoft.com/graph/api/driveitem-get-content-format#format-options
		[
			'doc',
			'odp',
			'ods',
			'odt',
			'pot',
			'potm',
			'potx',
			'pps',
			'ppsx',
			'ppsxm',
			'ppt',
			'pptm',
			'pptx',
			'rtf',
			'xls',
			'xlsx',
		].map((extension) => [extension, 'convert'] as const),
	),
	...Object.fromEntries(
		[
			'txt',
			'csv',
			'tsv',
			'md',
			'markdown',
			'json',
			'jsonl',
			'xml',
			'yaml',
			'yml',
			'log',
			'ini',
			'eml',
			'ics',
			'vcf',
			'sql',
			'js',
			'ts',
			'py',
			'css',
		].map((extension) => [extension, 'text'] as const),
	),
};

/** `undefined` for images, archives and whatever else has no text that could be read. */
export function textKindOf(fileName: string, mimeType: string): TextKind | undefined {
	const extension = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
	const known = kindByExtension[extension];
	if (known) return known;
	if (mimeType === 'text/html') return 'html';
	if (mimeType === 'application/pdf') return 'pdf';
	return /^text\/|[/+](json|xml)$/.test(mimeType) ? 'text' : undefined;
}

/**
 * The plain text of a file.
 * @throws {UnreadableFileError}
 */
export async function extractText(
	kind: Exclude<TextKind, 'convert'>,
	bytes: Buffer,
	signal?: AbortSignal,
): Promise<string> {
	switch (kind) {
		case 'text':
			return decode(bytes);
		case 'html':
			return await htmlText(decode(bytes));
		case 'docx':
			return tidy(await docxText(bytes, signal));
		case 'pdf':
			return tidy(await pdfText(bytes, signal));
	}
}

/** By its byte order mark; else UTF-8 where it is that, else the Windows encoding of Western Europe. */
export function decode(bytes: Buffer): string {
	const mark = bytes.subarray(0, 2).toString('hex');
	if (mark === 'fffe') return new TextDecoder('utf-16le').decode(bytes);
	if (mark === 'feff') return new TextDecoder('utf-16be').decode(bytes);
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return new TextDecoder('windows-1252').decode(bytes);
	}
}

async function htmlText(html: string): Promise<string> {
	const { convert } = await import('html-to-text');
	return convert(html, {
		wordwrap: false,
		selectors: [{ selector: 'img', format: 'skip' }],
	});
}

async function docxText(bytes: Buffer, signal?: AbortSignal): Promise<string> {
	return await extractInThread(
		'return (await library.extractRawText({ buffer: Buffer.from(bytes) })).value;',
		require.resolve('mammoth'),
		bytes,
		signal,
	);
}

async function pdfText(bytes: Buffer, signal?: AbortSignal): Promise<string> {
	return await extractInThread(
		"const { text } = await library.extractText(new Uint8Array(bytes)); return text.join('\\n\\n');",
		require.resolve('unpdf'),
		bytes,
		signal,
	);
}

const tidy = (text: string): string => text.replaceAll(/\n{3,}/g, '\n\n').trim();
