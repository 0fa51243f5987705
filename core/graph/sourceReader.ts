import type { Readable } from 'node:stream';
import { UploadError } from './errors';
import type { UploadSource } from './types';

/**
 * Reads a source in chunks, one in memory at a time, from any offset: a jump opens it anew.
 * The chunk it answers is overwritten by the next read.
 */
export class SourceReader {
	readonly #source: UploadSource;
	readonly #chunk: Buffer;
	#stream: Readable | undefined;
	#pieces: AsyncIterator<Buffer> | undefined;
	/** What a piece had beyond the chunk. */
	#rest: Buffer = Buffer.alloc(0);
	#offset = 0;
	#chunkStart = -1;

	constructor(source: UploadSource, chunkBytes: number) {
		this.#source = source;
		this.#chunk = Buffer.allocUnsafe(Math.min(chunkBytes, source.size));
	}

	/** @throws {UploadError} when the source is shorter or longer than its size. */
	async chunkAt(offset: number): Promise<Buffer> {
		const length = Math.min(this.#chunk.length, this.#source.size - offset);
		if (offset === this.#chunkStart) return this.#chunk.subarray(0, length);
		if (!this.#pieces || offset !== this.#offset) await this.#openAt(offset);
		this.#chunkStart = -1;
		for (let filled = 0; filled < length;) {
			const piece = await this.#nextPiece();
			if (!piece) throw wrongSize(this.#source, `ended after ${offset + filled} bytes`);
			const taken = piece.copy(this.#chunk, filled, 0, length - filled);
			this.#rest = piece.subarray(taken);
			filled += taken;
		}
		this.#offset = offset + length;
		if (this.#offset === this.#source.size && (await this.#nextPiece())) {
			throw wrongSize(this.#source, 'has more');
		}
		this.#chunkStart = offset;
		return this.#chunk.subarray(0, length);
	}

	close(): void {
		this.#stream?.destroy();
	}

	async #openAt(offset: number): Promise<void> {
		this.close();
		const stream = await this.#source.open(offset);
		this.#stream = stream;
		this.#pieces = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
		this.#rest = Buffer.alloc(0);
		this.#offset = offset;
	}

	async #nextPiece(): Promise<Buffer | undefined> {
		while (this.#rest.length === 0) {
			const next = await this.#pieces?.next();
			if (!next || next.done === true) return undefined;
			this.#rest = Buffer.isBuffer(next.value) ? next.value : Buffer.from(next.value);
		}
		const piece = this.#rest;
		this.#rest = Buffer.alloc(0);
		return piece;
	}
}

function wrongSize({ name, size }: UploadSource, what: string): UploadError {
	return new UploadError(`"${name}" was said to have ${size} bytes but ${what}`, {
		code: 'sourceSizeMismatch',
		nextStep: 'Check the binary data that is uploaded.',
	});
}
