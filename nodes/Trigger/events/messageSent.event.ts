import type { Message } from '@microsoft/microsoft-graph-types';
import { mailboxField } from '../../kit/fields/mailbox';
import { defineEvent } from '../event';
import { filterProperties, mailFiltersField, matchesFilters } from '../mail/filters';
import { mailOptions, messageDetails, outputFields, withAttachments } from '../mail/output';
import { folderSubscriptions } from '../mail/subscriptions';
import { newMessages } from '../mail/where';

const sentItems = 'sentitems';

export const messageSent = defineEvent({
	name: 'Message Sent',
	value: 'messageSent',
	resource: 'mail',
	action: 'On message sent',
	description: 'A message has been sent, and a copy was saved in Sent Items',
	permissions: { delegated: 'Mail.Read', application: 'Mail.Read' },
	properties: [mailboxField, mailFiltersField, ...outputFields, mailOptions],
	sources: async ({ graph, params }) => {
		const select = filterProperties(params.filters);
		const options = { event: 'messageSent', mailbox: params.mailbox, select };
		return [await newMessages(graph, options, sentItems)];
	},
	matches: ({ item }, { params }) => matchesFilters(item as Message, params.filters),
	details: messageDetails,
	complete: withAttachments,
	subscriptions: ({ params: { mailbox } }) =>
		folderSubscriptions({ mailbox, scope: 'folder', folder: sentItems, folders: [] }, 'created'),
});
