import { path } from '../../../../core/graph/path';
import { mailboxField } from '../../../kit/fields/mailbox';
import { defineOperation } from '../../../kit/operation';
import { messageField } from '../../fields/message';

export const deleteMessage = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a message',
	description: 'Move a message to Deleted Items, from where it can be restored',
	permissions: { delegated: 'Mail.ReadWrite', application: 'Mail.ReadWrite' },
	batchable: true,
	properties: [mailboxField, messageField],
	// DELETE would remove for good what is in Deleted Items already.
	request: ({ params }) => ({
		method: 'POST',
		path: path`${params.mailbox}/messages/${params.messageId}/move`,
		body: { destinationId: 'deleteditems' },
		// Moved twice, it is where it should be: its immutable id stays.
		repeatable: true,
	}),
	shape: (_, { params }) => ({ success: true, id: params.messageId }),
});
