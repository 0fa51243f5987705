import { textList } from '../../../kit/fields/values';
import { defineOperation, item } from '../../../kit/operation';
import { attachFiles, attachmentsFor } from '../../../kit/attachments/attach';
import { onEvent } from '../../fields/where';

const label = 'Binary Fields';

export const addAttachment = defineOperation({
	name: 'Add Attachment',
	value: 'addAttachment',
	action: 'Add an attachment to an event',
	description: 'Attach the files of binary fields to an event, up to 150 MB each',
	permissions: { delegated: 'Calendars.ReadWrite', application: 'Calendars.ReadWrite' },
	properties: [
		...onEvent,
		textList('attachments', {
			displayName: label,
			required: true,
			default: 'data',
			description: 'The binary fields to attach, with commas between them, or * for all',
		}),
	],
	execute: async ({ graph, params, binary, cloud }) => {
		const sources = await binary.sources(params.attachments, label);
		const attachments = attachmentsFor(sources, { html: undefined, cloud, label });
		await attachFiles(graph, params.event, attachments);
		return [item({ success: true, attached: sources.map(({ fileName }) => fileName) })];
	},
});
