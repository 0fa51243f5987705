import { path } from '../../../../core/graph/path';
import { mailboxField } from '../../../kit/fields/mailbox';
import { defineOperation, item } from '../../../kit/operation';
import { simplifyAttachment } from '../../attachmentOutput';
import { attachmentsOf } from '../../../kit/attachments/download';
import { messageField } from '../../fields/message';
import { simplifyField } from '../../../kit/fields/output';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many attachments',
	description: 'List the attachments of a message, without their content',
	permissions: { delegated: 'Mail.Read', application: 'Mail.Read' },
	properties: [mailboxField, messageField, simplifyField],
	concurrentItems: 4,
	execute: async ({ graph, params }) => {
		const messagePath = path`${params.mailbox}/messages/${params.messageId}`;
		const attachments = await attachmentsOf(graph, messagePath);
		return attachments.map((attachment) =>
			item(params.simplify ? simplifyAttachment(attachment, params.messageId) : attachment),
		);
	},
});
