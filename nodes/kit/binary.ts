import { Readable } from 'node:stream';
import type { IBinaryData, IExecuteFunctions, INode } from 'n8n-workflow';
import { ParameterError } from './field';

/** A binary field of the input item, readable as often as needed in every binary mode of n8n. */
export interface BinarySource {
	readonly field: string;
	readonly fileName: string;
	readonly mimeType: string;
	/** In bytes. */
	readonly size: number;
	/** The content from a byte offset on. */
	open(offset?: number): Promise<Readable>;
	buffer(): Promise<Buffer>;
}

/** The binary side of one item: what came in, and what goes out. */
export interface BinaryAccess {
	/**
	 * The input item's binary fields by their names.
	 * @param names `*` stands for all of them
	 * @throws {ParameterError} naming the field that is missing and those that exist
	 */
	sources(names: readonly string[], parameterLabel: string): Promise<BinarySource[]>;
	/** Stores content as n8n's binary data; a stream is never held whole in memory except in n8n's memory mode. */
	store(content: Readable | Buffer, fileName: string, mimeType?: string): Promise<IBinaryData>;
}

export function binaryAccess(context: IExecuteFunctions, itemIndex: number): BinaryAccess {
	return {
		sources: async (names, parameterLabel) => {
			const present = Object.keys(context.getInputData()[itemIndex]?.binary ?? {});
			const wanted = names.includes('*') ? present : names;
			return await Promise.all(
				wanted.map(async (field) => {
					if (!present.includes(field))
						throw missingField(field, present, parameterLabel, context.getNode());
					return await source(context, itemIndex, field);
				}),
			);
		},
		store: async (content, fileName, mimeType) =>
			await context.helpers.prepareBinaryData(content, fileName, mimeType),
	};
}

async function source(
	context: IExecuteFunctions,
	itemIndex: number,
	field: string,
): Promise<BinarySource> {
	const { helpers } = context;
	const data = helpers.assertBinaryData(itemIndex, field);
	const common = {
		field,
		fileName: data.fileName ?? field,
		mimeType: data.mimeType,
		buffer: async () => await helpers.getBinaryDataBuffer(itemIndex, field),
	};
	// Without an id the bytes are in the item itself (n8n's memory mode).
	if (data.id === undefined) {
		const bytes = await common.buffer();
		return {
			...common,
			size: bytes.length,
			open: (offset = 0) => Promise.resolve(streamOf(bytes.subarray(offset))),
		};
	}
	const { id } = data;
	const { fileSize } = await helpers.getBinaryMetadata(id);
	return {
		...common,
		size: fileSize,
		open: async (offset = 0) => {
			const stream = await helpers.getBinaryStream(id);
			return offset === 0 ? stream : skip(stream, offset);
		},
	};
}

function streamOf(bytes: Buffer): Readable {
	// `Readable.from` would iterate a Buffer byte by byte if it were not wrapped.
	return Readable.from([bytes]);
}

function skip(stream: Readable, offset: number): Readable {
	async function* rest(): AsyncGenerator<Buffer> {
		let toSkip = offset;
		for await (const chunk of stream as AsyncIterable<Buffer>) {
			if (toSkip >= chunk.length) toSkip -= chunk.length;
			else {
				yield chunk.subarray(toSkip);
				toSkip = 0;
			}
		}
	}
	return Readable.from(rest());
}

function missingField(
	field: string,
	present: string[],
	label: string,
	node: INode,
): ParameterError {
	const known =
		present.length === 0
			? `The item that reaches "${node.name}" has no binary data.`
			: `The item has: ${present.join(', ')}.`;
	return new ParameterError(
		label,
		`the item has no binary field "${field}"`,
		`${known} Name a field that a previous node fills, several with commas, or * for all.`,
	);
}
