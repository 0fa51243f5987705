import { path } from '../../../../core/graph/path';
import { mailboxField } from '../../../kit/fields/mailbox';
import { collection, text, textList, toggle } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { downloadAttachments } from '../../downloading';
import { messageField } from '../../fields/message';

export const download = defineOperation({
	name: 'Download',
	value: 'download',
	action: 'Download attachments',
	description: 'Put the attachments of a message into binary fields',
	permissions: { delegated: 'Mail.Read', application: 'Mail.Read' },
	properties: [
		mailboxField,
		messageField,
		collection('options', {
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: [
				text('fieldPrefix', {
					displayName: 'Binary Field Prefix',
					default: 'data_',
					description: 'The binary fields are named with it and a number: data_0, data_1, ...',
				}),
				toggle('includeInline', {
					displayName: 'Include Images in the Text',
					description: 'Whether to download what the text shows too, such as logos in signatures',
				}),
				textList('namePatterns', {
					displayName: 'Names',
					placeholder: 'e.g. *.pdf, invoice-*',
					description: 'Download only files with such a name; * stands for any characters',
				}),
			],
		}),
	],
	concurrentItems: 4,
	execute: async ({ graph, params, binary, note }) => {
		const messagePath = path`${params.mailbox}/messages/${params.message}`;
		const files = await downloadAttachments({ graph, binary }, messagePath, params.options);
		if (files.links.length > 0) {
			note(`Links to files in the cloud were not downloaded: ${files.links.join(', ')}`);
		}
		return [
			{
				json: { messageId: params.message, attachments: files.attachments },
				binary: files.binary,
			},
		];
	},
});
