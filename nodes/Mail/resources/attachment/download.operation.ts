import { path } from '../../../../core/graph/path';
import { mailboxField } from '../../../kit/fields/mailbox';
import {
	fieldPrefixOption,
	includeInlineOption,
	namePatternsOption,
} from '../../../kit/attachments/fields';
import { collection, textList, wholeNumber } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { downloadAttachments } from '../../../kit/attachments/download';
import { messageField } from '../../fields/message';

export const download = defineOperation({
	name: 'Download',
	value: 'download',
	action: 'Download attachments',
	description:
		'Put the attachments of a message into binary fields, attached messages as .eml files; of links to files in the cloud, return the addresses',
	permissions: { delegated: 'Mail.Read', application: 'Mail.Read' },
	properties: [
		mailboxField,
		messageField,
		collection('options', {
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: [
				fieldPrefixOption,
				includeInlineOption('logos in signatures'),
				wholeNumber('maxKilobytes', {
					displayName: 'Largest Size (KB)',
					default: 10240,
					min: 1,
					description: 'Skip files that are larger',
				}),
				namePatternsOption('*.pdf, invoice-*'),
				wholeNumber('minKilobytes', {
					displayName: 'Smallest Size (KB)',
					default: 10,
					min: 0,
					description: 'Skip files that are smaller, such as icons',
				}),
				textList('contentTypes', {
					displayName: 'Types',
					placeholder: 'e.g. application/pdf, image/*',
					description:
						'Download only files of such a MIME type; an attached message is message/rfc822',
				}),
			],
		}),
	],
	concurrentItems: 4,
	execute: async ({ graph, params, binary }) => {
		const messagePath = path`${params.mailbox}/messages/${params.messageId}`;
		const files = await downloadAttachments({ graph, binary }, messagePath, params.options);
		return [
			{
				json: {
					messageId: params.messageId,
					attachments: files.attachments,
					links: files.links,
				},
				binary: files.binary,
			},
		];
	},
});
