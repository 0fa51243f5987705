import { path } from '../../../../core/graph/path';
import { mailboxField } from '../../../kit/fields/mailbox';
import { defineOperation } from '../../../kit/operation';
import { draftField } from '../../fields/draft';

export const deleteDraft = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a draft',
	description: 'Move a draft to Deleted Items, from where it can be restored',
	permissions: { delegated: 'Mail.ReadWrite', application: 'Mail.ReadWrite' },
	batchable: true,
	properties: [mailboxField, draftField],
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
