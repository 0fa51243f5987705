import type { Message } from '@microsoft/microsoft-graph-types';
import { path } from '../../../../core/graph/path';
import { mailboxField } from '../../../kit/fields/mailbox';
import { defineOperation } from '../../../kit/operation';
import { messageField } from '../../fields/message';
import { simplifyMessage } from '../../simplify';

export const archive = defineOperation({
	name: 'Archive',
	value: 'archive',
	action: 'Archive a message',
	description: "Move a message to its mailbox's Archive folder",
	permissions: { delegated: 'Mail.ReadWrite', application: 'Mail.ReadWrite' },
	batchable: true,
	properties: [mailboxField, messageField],
	request: ({ params }) => ({
		method: 'POST',
		path: path`${params.mailbox}/messages/${params.messageId}/move`,
		body: { destinationId: 'archive' },
		// Moved twice, it is where it should be: its immutable id stays.
		repeatable: true,
	}),
	shape: (body, input) => simplifyMessage(body as Message, input),
});
