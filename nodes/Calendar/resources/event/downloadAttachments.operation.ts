import {
	fieldPrefixOption,
	includeInlineOption,
	namePatternsOption,
} from '../../../kit/attachments/fields';
import { collection } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { downloadAttachments as download } from '../../../kit/attachments/download';
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
				fieldPrefixOption,
				includeInlineOption('logos'),
				namePatternsOption('*.pdf, agenda-*'),
			],
		}),
	],
	execute: async ({ graph, params, binary }) => {
		const files = await download({ graph, binary }, params.event, params.options);
		const { attachments, links } = files;
		return [{ json: { attachments, links }, binary: files.binary }];
	},
});
