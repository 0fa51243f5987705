import { randomUUID } from 'node:crypto';
import type { GraphAnswer, IncomingCall } from '../server/call';
import type { Drive } from './drive';
import { notFound } from './refusals';
import type { StoredContent, StoredDriveItem } from './types';

interface Download {
	readonly drive?: Drive;
	readonly content: StoredContent | Buffer;
	readonly mimeType: string;
	readonly name: string;
}

/** Addresses that give content without a token, for a while. */
export class Downloads {
	readonly #downloads = new Map<string, Download>();

	url(origin: string, drive: Drive, item: StoredDriveItem): string {
		const content = item.versions.at(-1)?.content ?? Buffer.alloc(0);
		return this.offer(origin, { drive, content, mimeType: item.mimeType, name: item.name });
	}

	offer(
		origin: string,
		download: Download,
		kind: 'downloads' | 'thumbnails' = 'downloads',
	): string {
		const token = randomUUID();
		this.#downloads.set(token, download);
		return `${origin}/drive/${kind}/${token}?tempauth=${randomUUID()}`;
	}

	clear(): void {
		this.#downloads.clear();
	}

	answer(token: string, { headers, method }: IncomingCall): GraphAnswer {
		const download = this.#downloads.get(token);
		if (download === undefined || method !== 'GET') throw notFound();
		const { drive, content, mimeType, name } = download;
		const size = Buffer.isBuffer(content) ? content.length : content.size;
		const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? [];
		const start = Number(from ?? 0);
		const end = to === undefined || to === '' ? size - 1 : Math.min(Number(to), size - 1);
		const isRange = from !== undefined;
		if (isRange && start >= size) {
			return { status: 416, headers: { 'Content-Range': `bytes */${size}` } };
		}
		const common = {
			status: isRange ? 206 : 200,
			headers: {
				'Content-Type': mimeType,
				'Accept-Ranges': 'bytes',
				'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
				...(!Buffer.isBuffer(content) && { ETag: `"${content.hash}"` }),
				...(isRange && { 'Content-Range': `bytes ${start}-${end}/${size}` }),
			},
		};
		if (Buffer.isBuffer(content)) return { ...common, bytes: content.subarray(start, end + 1) };
		if (size === 0 || drive === undefined) return { ...common, bytes: Buffer.alloc(0) };
		return {
			...common,
			stream: { length: end - start + 1, open: () => drive.content.stream(content, start, end) },
		};
	}
}
