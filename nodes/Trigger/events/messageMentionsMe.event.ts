import type { Message } from '@microsoft/microsoft-graph-types';
import { mailboxField } from '../../kit/fields/mailbox';
import { inOrder } from '../../kit/inOrder';
import { textList } from '../../kit/fields/values';
import { defineEvent } from '../event';
import { afterwardsFields, doAfterwards, hasAfterwards } from '../mail/afterwards';
import { filterProperties, mailFiltersField, matchesFilters } from '../mail/filters';
import { mentioning, ownAddresses } from '../mail/mentions';
import { mailOptions, messageDetails, outputFields, withAttachments } from '../mail/output';
import { folderSubscriptions } from '../mail/subscriptions';
import { newMessages, watchedFolders, whereFields } from '../mail/where';

export const messageMentionsMe = defineEvent({
	name: 'Message Mentions Me',
	value: 'messageMentionsMe',
	resource: 'mail',
	action: 'On message that mentions me',
	description: 'A message has come in whose text mentions the owner of the mailbox with an @',
	permissions: { delegated: 'Mail.Read User.Read', application: 'Mail.Read' },
	properties: [
		mailboxField,
		...whereFields,
		textList('alsoMentioned', {
			displayName: 'Further Addresses',
			placeholder: 'e.g. support@contoso.com',
			description: "Mentions of these addresses count too. The mailbox's own needs not be entered.",
		}),
		mailFiltersField,
		...outputFields,
		...afterwardsFields,
		mailOptions,
	],
	sources: async ({ graph, params }) =>
		await inOrder(watchedFolders(params), 1, async (folder) => {
			const select = filterProperties(params.filters);
			const options = { event: 'messageMentionsMe', mailbox: params.mailbox, select };
			return await newMessages(graph, options, folder);
		}),
	matches: ({ item }, { params }) => matchesFilters(item as Message, params.filters),
	details: async (changes, input) => {
		const { graph, params } = input;
		const own = await ownAddresses(graph, params.mailbox);
		const addresses = [...own, ...params.alsoMentioned];
		const wanted = await mentioning(graph, params.mailbox, changes, addresses);
		const chosen = changes.filter((change) => wanted.has(change));
		const details = chosen.length > 0 ? await messageDetails(chosen, input) : [];
		return changes.map((change) =>
			wanted.has(change) ? details[chosen.indexOf(change)] : undefined,
		);
	},
	complete: withAttachments,
	hasAftermath: hasAfterwards,
	aftermath: doAfterwards,
	subscriptions: ({ params }) => folderSubscriptions(params, 'created'),
});
