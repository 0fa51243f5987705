import { collection, text, textList, toggle } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { downloadAttachments as download } from '../../../Mail/downloading';
import { onEvent } from '../../fields/where';

export const downloadAttachments = defineOperation({
	name: 'Download Attachments',
	value: 'downloadAttachments',
	action: 'Download attachments of an event',
	description: 'Put the attachments of an event into binary fields',
	permissions: { delegated: 'Calendars.Read', application: 'Calendars.Read' },
	concurrentItems: 4,
	properties: [
		...onEvent,
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
					description: 'Whether to download what the text shows too, such as logos',
				}),
				textList('namePatterns', {
					displayName: 'Names',
					placeholder: 'e.g. *.pdf, agenda-*',
					description: 'Download only files with such a name; * stands for any characters',
				}),
			],
		}),
	],
	execute: async ({ graph, params, binary }) => {
		const files = await download({ graph, binary }, params.event, params.options);
		const { attachments, links } = files;
		return [{ json: { attachments, links }, binary: files.binary }];
	},
});
