import type { Readable } from 'node:stream';
import { extractText, type TextKind, textKindOf } from '../../../../core/text/extract';
import { UnreadableFileError } from '../../../../core/text/worker';
import { path } from '../../../../core/graph/path';
import { ParameterError } from '../../../kit/field';
import { collection, wholeNumber } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { fileFields } from '../../fields/items';
import { readItem, simplifyItem } from '../../item';
import { reads } from '../../shared/permissions';

const mebibyte = 1024 * 1024;

export const getText = defineOperation({
	name: 'Get Text',
	value: 'getText',
	action: 'Get the text of a file',
	description: 'Read the plain text of a text, HTML, Word, PDF or other Office file, e.g. for AI',
	permissions: reads,
	properties: [
		...fileFields,
		collection('options', {
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: [
				wholeNumber('maxCharacters', {
					displayName: 'Max Characters',
					default: 100_000,
					min: 1,
					description: 'Cut the text after so many',
				}),
				wholeNumber('maxMegabytes', {
					displayName: 'Max File Size (MB)',
					default: 50,
					min: 1,
					max: 500,
					description: 'Refuse larger files: reading them takes several times as much memory',
				}),
			],
		}),
	],
	execute: async ({ graph, params, signal }) => {
		const { maxCharacters = Infinity, maxMegabytes = 50 } = params.options;
		const { item, address } = await readItem(graph, params.item);
		const kind = kindOf(item.name ?? '', item.file?.mimeType ?? '', Boolean(item.file));
		const { body } = await graph.stream({
			method: 'GET',
			path: path`${address.path}/content`,
			query: { format: kind === 'convert' ? 'pdf' : undefined },
		});
		const bytes = await wholeOf(body, maxMegabytes);
		const text = await readText(kind, bytes, item.name ?? '', signal);
		return [
			{
				json: {
					...simplifyItem(item),
					text: text.slice(0, maxCharacters),
					characters: text.length,
					isCut: text.length > maxCharacters,
				},
			},
		];
	},
});

function kindOf(name: string, mimeType: string, isFile: boolean): TextKind {
	const kind = isFile ? textKindOf(name, mimeType) : undefined;
	if (kind) return kind;
	throw new ParameterError(
		'File',
		`"${name}" has no text that can be read`,
		'Text, HTML, PDF, Word, Excel, PowerPoint, OpenDocument and RTF files have. Download others.',
	);
}

async function wholeOf(body: Readable, maxMegabytes: number): Promise<Buffer> {
	const pieces: Buffer[] = [];
	let size = 0;
	for await (const piece of body as AsyncIterable<Buffer>) {
		size += piece.length;
		// Leaving the loop ends the download.
		if (size > maxMegabytes * mebibyte) {
			throw new ParameterError(
				'File',
				`is larger than ${maxMegabytes} MB`,
				'Raise Max File Size if n8n has the memory, or download the file.',
			);
		}
		pieces.push(piece);
	}
	return Buffer.concat(pieces);
}

async function readText(
	kind: TextKind,
	bytes: Buffer,
	name: string,
	signal: AbortSignal | undefined,
): Promise<string> {
	try {
		return await extractText(kind === 'convert' ? 'pdf' : kind, bytes, signal);
	} catch (error) {
		if (!(error instanceof UnreadableFileError)) throw error;
		throw new ParameterError(
			'File',
			`"${name}" can't be read (${error.message})`,
			'It may be damaged, protected with a password, or of another kind than its name says.',
		);
	}
}
