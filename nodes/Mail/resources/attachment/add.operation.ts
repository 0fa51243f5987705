import { path } from '../../../../core/graph/path';
import { ParameterError } from '../../../kit/field';
import { mailboxField } from '../../../kit/fields/mailbox';
import { collection, textList, toggle } from '../../../kit/fields/values';
import { defineOperation, item } from '../../../kit/operation';
import { messageField } from '../../fields/message';
import { attachFiles, attachmentsFor } from '../../../kit/attachments/attach';

const filesField = textList('attachments', {
	displayName: 'Input Binary Fields',
	default: 'data',
	required: true,
	placeholder: 'e.g. data, invoice',
	description: 'The binary fields with the files, with commas between them, or * for all',
});

export const add = defineOperation({
	name: 'Add',
	value: 'add',
	action: 'Add attachments to a message',
	description: 'Attach files of any size that Exchange takes to a draft or another message',
	permissions: { delegated: 'Mail.ReadWrite', application: 'Mail.ReadWrite' },
	properties: [
		mailboxField,
		messageField,
		filesField,
		collection('options', {
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: [
				toggle('showInText', {
					displayName: 'Show in the Text',
					description:
						'Whether the files are images that the HTML body shows with &lt;img src="cid:data"&gt;, where data is the binary field',
				}),
			],
		}),
	],
	execute: async ({ graph, params, binary }) => {
		const label = filesField.property.displayName;
		const sources = await binary.sources(params.attachments, label);
		if (sources.length === 0) {
			throw new ParameterError(
				label,
				'the item has no binary data',
				'Read a file before this node.',
			);
		}
		const plain = attachmentsFor(sources, { html: undefined, cloud: graph.cloud, label });
		const { showInText = false } = params.options;
		const attachments = showInText
			? plain.map(({ source }) => ({ source, contentId: source.field }))
			: plain;
		await attachFiles(graph, path`${params.mailbox}/messages/${params.messageId}`, attachments);
		return [
			item({
				success: true,
				messageId: params.messageId,
				attachments: sources.map(({ fileName, mimeType, size }) => ({
					name: fileName,
					contentType: mimeType,
					size,
				})),
			}),
		];
	},
});
