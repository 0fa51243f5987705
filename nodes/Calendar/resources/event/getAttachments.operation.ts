import { defineOperation, item } from '../../../kit/operation';
import { attachmentsOf, kindOf } from '../../../kit/attachments/download';
import { simplifyField } from '../../../kit/fields/output';
import { onEvent } from '../../fields/where';

export const getAttachments = defineOperation({
	name: 'Get Attachments',
	value: 'getAttachments',
	action: 'Get attachments of an event',
	description: 'List the attachments of an event, without their content',
	permissions: { delegated: 'Calendars.Read', application: 'Calendars.Read' },
	concurrentItems: 4,
	properties: [...onEvent, simplifyField],
	execute: async ({ graph, params }) => {
		const attachments = await attachmentsOf(graph, params.event);
		return attachments.map((attachment) => {
			if (!params.simplify) return item(attachment);
			const { id, name, contentType, size, isInline } = attachment;
			return item({ id, name, kind: kindOf(attachment), contentType, size, isInline });
		});
	},
});
