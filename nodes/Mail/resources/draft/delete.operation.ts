import { mailboxField } from '../../../kit/fields/mailbox';
import { defineOperation } from '../../../kit/operation';
import { draftField } from '../../fields/draft';
import { moveRequest } from '../../moveRequest';

export const deleteDraft = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a draft',
	description: 'Move a draft to Deleted Items, from where it can be restored',
	permissions: { delegated: 'Mail.ReadWrite', application: 'Mail.ReadWrite' },
	batchable: true,
	properties: [mailboxField, draftField],
	// DELETE would remove for good what is in Deleted Items already.
	request: ({ params }) => moveRequest(params, 'deleteditems'),
	shape: (_, { params }) => ({ success: true, id: params.messageId }),
});
