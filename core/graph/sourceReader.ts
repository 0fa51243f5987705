import { Readable } from 'node:stream';
import { UploadError } from './errors';
import type { UploadSource } from './types';
import type { Chunk } from './uploadSession';

/**
 * Reads a source in chunks, from any offset: a jump opens it anew. A chunk is sent while it is
 * read, and kept until the next one, so that it can be sent again.
 */
export class SourceReader {
	readonly #source: UploadSource;
	readonly #chunk: Buffer;
	#chunkStart = 0;
	/** How much of the chunk has been read. */
	#filled = 0;
	#stream: Readable | undefined;
	#pieces: AsyncIterator<Buffer> | undefined;
	/** What a piece had beyond the chunk. */
	#rest: Buffer = Buffer.alloc(0);
	#filling: Promise<void> | undefined;

	constructor(source: UploadSource, chunkBytes: number) {
		this.#source = source;
		this.#chunk = Buffer.allocUnsafe(Math.min(chunkBytes, source.size));
	}

	/**
	 * The chunk that begins there; good until the next one is opened. Its stream fails with an
	 * `UploadError` where the source is shorter or longer than its size.
	 */
	chunkAt(offset: number): Chunk {
		const totalBytes = this.#source.size;
		const length = Math.min(this.#chunk.length, totalBytes - offset);
		return {
			open: () => Readable.from(this.#bytesAt(offset, length), { objectMode: false }),
			length,
			offset,
			totalBytes,
		};
	}

	close(): void {
		this.#stream?.destroy();
	}

	async *#bytesAt(offset: number, length: number): AsyncGenerator<Buffer, void, void> {
		if (!this.#pieces || offset !== this.#chunkStart) await this.#goTo(offset);
		for (let sent = 0; sent < length;) {
			if (sent === this.#filled) await this.#fillOnce(length);
			const end = this.#filled;
			yield this.#chunk.subarray(sent, end);
			sent = end;
		}
	}

	async #goTo(offset: number): Promise<void> {
		// A request that broke off may have left a read behind, whose bytes are the source's next ones.
		await this.#filling?.catch(() => undefined);
		if (!this.#pieces || offset !== this.#chunkStart + this.#filled) {
			this.close();
			const stream = await this.#source.open(offset);
			this.#stream = stream;
			this.#pieces = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
			this.#rest = Buffer.alloc(0);
		}
		this.#chunkStart = offset;
		this.#filled = 0;
	}

	async #fillOnce(length: number): Promise<void> {
		this.#filling ??= this.#fill(length).finally(() => (this.#filling = undefined));
		await this.#filling;
	}

	async #fill(length: number): Promise<void> {
		const piece = await this.#nextPiece();
		if (!piece) {
			throw wrongSize(this.#source, `ended after ${this.#chunkStart + this.#filled} bytes`);
		}
		const taken = piece.copy(this.#chunk, this.#filled, 0, length - this.#filled);
		this.#rest = piece.subarray(taken);
		const isEnd = this.#chunkStart + this.#filled + taken === this.#source.size;
		// Before the last bytes are sent, or else Microsoft 365 would have a file of them.
		if (isEnd && (await this.#nextPiece())) throw wrongSize(this.#source, 'has more');
		this.#filled += taken;
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
