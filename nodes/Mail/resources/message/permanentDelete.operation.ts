import { path } from '../../../../core/graph/path';
import { mailboxField } from '../../../kit/fields/mailbox';
import { defineOperation } from '../../../kit/operation';
import { messageField } from '../../fields/message';

export const permanentDelete = defineOperation({
	name: 'Delete Permanently',
	value: 'permanentDelete',
	action: 'Delete a message permanently',
	description:
		'Delete a message so that nobody but an admin can restore it; Delete moves it to Deleted Items instead',
	permissions: { delegated: 'Mail.ReadWrite', application: 'Mail.ReadWrite' },
	needs: 'message.permanentDelete',
	batchable: true,
	properties: [mailboxField, messageField],
	request: ({ params }) => ({
		method: 'POST',
		path: path`${params.mailbox}/messages/${params.messageId}/permanentDelete`,
	}),
	shape: (_, { params }) => ({ success: true, id: params.messageId }),
});
