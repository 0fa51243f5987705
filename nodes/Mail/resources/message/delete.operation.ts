import { mailboxField } from '../../../kit/fields/mailbox';
import { defineOperation } from '../../../kit/operation';
import { messageField } from '../../fields/message';
import { moveRequest } from '../../moveRequest';

export const deleteMessage = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a message',
	description: 'Move a message to Deleted Items, from where it can be restored',
	permissions: { delegated: 'Mail.ReadWrite', application: 'Mail.ReadWrite' },
	batchable: true,
	properties: [mailboxField, messageField],
	// DELETE would remove for good what is in Deleted Items already.
	request: ({ params }) => moveRequest(params, 'deleteditems'),
	shape: (_, { params }) => ({ success: true, id: params.messageId }),
});
