import type { Message } from '@microsoft/microsoft-graph-types';
import { path } from '../../../../core/graph/path';
import { mailboxField } from '../../../kit/fields/mailbox';
import { collection } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { messageChanges } from '../../fields/changes';
import { messageField } from '../../fields/message';
import { dependsOnCategories, messagePatch } from '../../messagePatch';
import { simplifyMessage } from '../../simplify';

export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update a message',
	description:
		'Mark a message as read or unread, flag it, or change its categories, importance or Focused Inbox tab; in a draft also subject and body',
	permissions: { delegated: 'Mail.ReadWrite', application: 'Mail.ReadWrite' },
	batchable: true,
	properties: [
		mailboxField,
		messageField,
		collection('changes', {
			displayName: 'Changes',
			placeholder: 'Add Change',
			description: 'What to change; anything else stays as it is',
			fields: messageChanges,
		}),
	],
	read: ({ params }) =>
		dependsOnCategories(params.changes)
			? {
					method: 'GET',
					path: path`${params.mailbox}/messages/${params.messageId}`,
					query: { $select: 'categories' },
				}
			: undefined,
	request: ({ params, cloud, timezone, current }) => ({
		method: 'PATCH',
		path: path`${params.mailbox}/messages/${params.messageId}`,
		body: messagePatch(params.changes, { cloud, timezone, current }),
	}),
	shape: (body, input) => simplifyMessage(body as Message, input),
});
