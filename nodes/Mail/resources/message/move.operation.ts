import type { Message } from '@microsoft/microsoft-graph-types';
import { mailboxField } from '../../../kit/fields/mailbox';
import { defineOperation } from '../../../kit/operation';
import { folder } from '../../fields/folder';
import { messageField } from '../../fields/message';
import { simplifyMessage } from '../../simplify';
import { moveRequest } from '../../moveRequest';

export const move = defineOperation({
	name: 'Move',
	value: 'move',
	action: 'Move a message',
	description: 'Move a message to another folder of its mailbox',
	permissions: { delegated: 'Mail.ReadWrite', application: 'Mail.ReadWrite' },
	batchable: true,
	properties: [mailboxField, messageField, folder('folder', { displayName: 'Destination Folder' })],
	request: ({ params }) => moveRequest(params, params.folder),
	shape: (body, input) => simplifyMessage(body as Message, input),
});
