import type { Message } from '@microsoft/microsoft-graph-types';
import { mailboxField } from '../../../kit/fields/mailbox';
import { defineOperation } from '../../../kit/operation';
import { messageField } from '../../fields/message';
import { simplifyMessage } from '../../simplify';
import { moveRequest } from '../../moveRequest';

export const archive = defineOperation({
	name: 'Archive',
	value: 'archive',
	action: 'Archive a message',
	description: "Move a message to its mailbox's Archive folder",
	permissions: { delegated: 'Mail.ReadWrite', application: 'Mail.ReadWrite' },
	batchable: true,
	properties: [mailboxField, messageField],
	request: ({ params }) => moveRequest(params, 'archive'),
	shape: (body, input) => simplifyMessage(body as Message, input),
});
