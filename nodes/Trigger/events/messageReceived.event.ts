import type { Message } from '@microsoft/microsoft-graph-types';
import { mailboxField } from '../../kit/fields/mailbox';
import { inOrder } from '../../kit/inOrder';
import { defineEvent } from '../event';
import { afterwardsFields, doAfterwards, hasAfterwards } from '../mail/afterwards';
import { filterProperties, mailFiltersField, matchesFilters } from '../mail/filters';
import { mailOptions, messageDetails, outputFields, withAttachments } from '../mail/output';
import { folderSubscriptions } from '../mail/subscriptions';
import { newMessages, watchedFolders, whereFields } from '../mail/where';

export const messageReceived = defineEvent({
	name: 'Message Received',
	value: 'messageReceived',
	resource: 'mail',
	action: 'On message received',
	description: 'A message has come into a folder, or was put there by a rule',
	permissions: { delegated: 'Mail.Read', application: 'Mail.Read' },
	properties: [
		mailboxField,
		...whereFields,
		mailFiltersField,
		...outputFields,
		...afterwardsFields,
		mailOptions,
	],
	sources: async ({ graph, params }) =>
		await inOrder(watchedFolders(params), 1, async (folder) => {
			const select = filterProperties(params.filters);
			const options = { event: 'messageReceived', mailbox: params.mailbox, select };
			return await newMessages(graph, options, folder);
		}),
	matches: ({ item }, { params }) => matchesFilters(item as Message, params.filters),
	details: messageDetails,
	complete: withAttachments,
	hasAftermath: hasAfterwards,
	aftermath: doAfterwards,
	subscriptions: ({ params }) => folderSubscriptions(params, 'created'),
});
