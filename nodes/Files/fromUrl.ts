import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openUrl } from '../../core/http/openUrl';
import type { HeaderMap } from '../../core/http/types';
import type { UploadSource } from '../../core/graph/types';
import { ParameterError } from '../kit/field';

export interface UrlSource extends UploadSource {
	/** Removes what was kept on disk. */
	close(): Promise<void>;
}

/**
 * A file on the web as something to upload. Sessions need the size at first: where the server
 * doesn't tell it, the file goes through the disk.
 */
export async function urlSource(address: string, signal?: AbortSignal): Promise<UrlSource> {
	if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) {
		throw new ParameterError('URL', 'is no web address', 'Begin it with https://.');
	}
	const ending = signal ? { signal } : {};
	const first = await openUrl(address, ending);
	const common = {
		name: fileNameOf(address, first.headers),
		contentType: (first.headers['content-type'] ?? 'application/octet-stream').split(';')[0] ?? '',
	};
	const size = Number(first.headers['content-length'] ?? Number.NaN);
	if (Number.isInteger(size)) {
		let opened: typeof first | undefined = first;
		return {
			...common,
			size,
			open: async (offset) => {
				const ready = offset === 0 ? opened : undefined;
				if (!ready) opened?.body.destroy();
				opened = undefined;
				return (ready ?? (await openUrl(address, { offset, ...ending }))).body;
			},
			close: async () => await Promise.resolve(opened?.body.destroy()).then(() => undefined),
		};
	}
	const folder = await mkdtemp(join(tmpdir(), 'microsoft365-'));
	const close = async () => await rm(folder, { recursive: true, force: true });
	try {
		const file = join(folder, 'content');
		await pipeline(first.body, createWriteStream(file), ending);
		return {
			...common,
			size: (await stat(file)).size,
			open: (offset) => createReadStream(file, { start: offset }),
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}

/** As the server names it (RFC 6266), else the last part of the address. */
function fileNameOf(address: string, headers: HeaderMap): string {
	const disposition = headers['content-disposition'] ?? '';
	const encoded = /filename\*\s*=\s*utf-8''([^;]+)/i.exec(disposition)?.[1];
	const plain = /filename\s*=\s*"?([^";]+)"?/i.exec(disposition)?.[1];
	const last = new URL(address).pathname.split('/').at(-1);
	const name = encoded === undefined ? (plain ?? decoded(last ?? '')) : decoded(encoded);
	return name.split(/[/\\]/).at(-1)?.trim() || 'download';
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
