import type { Message } from '@microsoft/microsoft-graph-types';
import { assertAvailable } from '../../../../core/availability';
import { path } from '../../../../core/graph/path';
import { ParameterError } from '../../../kit/field';
import { mailboxField } from '../../../kit/fields/mailbox';
import { choice, collection, textList, toggle } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { messageField } from '../../fields/message';
import { simplifyMessage } from '../../simplify';

const changes = collection('changes', {
	displayName: 'Changes',
	placeholder: 'Add Change',
	description: 'What to change; anything else stays as it is',
	fields: [
		textList('categories', {
			displayName: 'Categories',
			placeholder: 'e.g. Invoices, Blue category',
			description: 'The categories that the message has afterwards; empty removes all',
		}),
		choice('flag', {
			displayName: 'Flag',
			options: [
				{ name: 'Completed', value: 'complete' },
				{ name: 'Flagged for Follow-Up', value: 'flagged' },
				{ name: 'Not Flagged', value: 'notFlagged' },
			],
			default: 'flagged',
		}),
		choice('importance', {
			displayName: 'Importance',
			options: [
				{ name: 'High', value: 'high' },
				{ name: 'Low', value: 'low' },
				{ name: 'Normal', value: 'normal' },
			],
			default: 'normal',
		}),
		toggle('isRead', {
			displayName: 'Read',
			default: true,
			description: 'Whether the message counts as read',
		}),
	],
});

export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update a message',
	description: 'Mark a message as read or unread, flag it, or set its categories or importance',
	permissions: { delegated: 'Mail.ReadWrite', application: 'Mail.ReadWrite' },
	batchable: true,
	properties: [mailboxField, messageField, changes],
	request: ({ params, cloud }) => {
		const { flag, ...others } = params.changes;
		if (flag !== undefined) assertAvailable('message.flag', cloud);
		const body: Message = {
			...others,
			...(others.categories && { categories: [...others.categories] }),
			...(flag !== undefined && { flag: { flagStatus: flag } }),
		} as Message;
		if (Object.keys(body).length === 0) {
			throw new ParameterError('Changes', 'is empty', 'Add at least one change.');
		}
		return {
			method: 'PATCH',
			path: path`${params.mailbox}/messages/${params.message}`,
			body,
		};
	},
	shape: (body, input) => simplifyMessage(body as Message, input),
});
