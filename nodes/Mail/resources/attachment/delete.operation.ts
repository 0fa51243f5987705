import { path } from '../../../../core/graph/path';
import { mailboxField } from '../../../kit/fields/mailbox';
import { defineOperation } from '../../../kit/operation';
import { attachmentField } from '../../fields/attachment';
import { messageField } from '../../fields/message';

export const deleteAttachment = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete an attachment',
	description: 'Remove an attachment from a message for good; the message stays',
	permissions: { delegated: 'Mail.ReadWrite', application: 'Mail.ReadWrite' },
	// In no batch: several at once change the same message, and meet a conflict.
	properties: [mailboxField, messageField, attachmentField],
	request: ({ params }) => ({
		method: 'DELETE',
		path: path`${params.mailbox}/messages/${params.messageId}/attachments/${params.attachmentId}`,
	}),
	shape: (_, { params }) => ({
		success: true,
		id: params.attachmentId,
		messageId: params.messageId,
	}),
});
