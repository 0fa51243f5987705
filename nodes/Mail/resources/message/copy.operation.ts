import type { Message } from '@microsoft/microsoft-graph-types';
import { path } from '../../../../core/graph/path';
import { mailboxField } from '../../../kit/fields/mailbox';
import { defineOperation } from '../../../kit/operation';
import { folder } from '../../fields/folder';
import { messageField } from '../../fields/message';
import { simplifyMessage } from '../../simplify';

export const copy = defineOperation({
	name: 'Copy',
	value: 'copy',
	action: 'Copy a message',
	description: 'Copy a message to another folder of its mailbox; the copy has an ID of its own',
	permissions: { delegated: 'Mail.ReadWrite', application: 'Mail.ReadWrite' },
	batchable: true,
	properties: [mailboxField, messageField, folder('folder', { displayName: 'Destination Folder' })],
	request: ({ params }) => ({
		method: 'POST',
		path: path`${params.mailbox}/messages/${params.messageId}/copy`,
		body: { destinationId: params.folder },
	}),
	shape: (body, input) => simplifyMessage(body as Message, input),
});
