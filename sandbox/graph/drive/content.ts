import { createHash, randomUUID } from 'node:crypto';
import {
	appendFileSync,
	createReadStream,
	mkdtempSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { StoredContent } from './types';

/** The bytes of all drives, in a folder of their own that goes with the sandbox. */
export class ContentStore {
	#folder: string | undefined;

	/** An empty file to append to. */
	begin(): string {
		const file = this.#newFile();
		writeFileSync(file, '');
		return file;
	}

	append(file: string, bytes: Buffer): void {
		appendFileSync(file, bytes);
	}

	finish(file: string): StoredContent {
		return { file, size: statSync(file).size, hash: hashOf(file) };
	}

	write(bytes: Buffer): StoredContent {
		const file = this.#newFile();
		writeFileSync(file, bytes);
		if (bytes.length > largestHashed) return this.finish(file);
		return { file, size: bytes.length, hash: hashOfBytes(bytes) };
	}

	read({ file }: StoredContent): Buffer {
		return readFileSync(file);
	}

	/** @param end the last byte, included */
	stream({ file }: StoredContent, start: number, end: number): Readable {
		return createReadStream(file, { start, end });
	}

	clear(): void {
		if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
		this.#folder = undefined;
	}

	#newFile(): string {
		this.#folder ??= mkdtempSync(join(tmpdir(), 'sandbox-drives-'));
		return join(this.#folder, randomUUID());
	}
}

const largestHashed = 2 ** 22;

/** Of all bytes up to a size; larger files are for measuring transfers. */
function hashOf(file: string): string {
	const { size } = statSync(file);
	return hashOfBytes(size <= largestHashed ? readFileSync(file) : Buffer.from(`${size}`));
}

function hashOfBytes(bytes: Buffer): string {
	return createHash('sha1').update(bytes).digest('base64');
}
