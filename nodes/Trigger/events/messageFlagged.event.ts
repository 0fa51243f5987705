import type { Message } from '@microsoft/microsoft-graph-types';
import { mailboxField } from '../../kit/fields/mailbox';
import { choice } from '../../kit/fields/values';
import { defineEvent } from '../event';
import { filterProperties, mailFiltersField, matchesFilters } from '../mail/filters';
import { mailOptions, messageDetails, outputFields, withAttachments } from '../mail/output';
import { folderSubscriptions } from '../mail/subscriptions';
import { changedMessages, watchedFolders, whereFields } from '../mail/where';

const flagOf = ({ flag }: Message): string => flag?.flagStatus ?? 'notFlagged';

export const messageFlagged = defineEvent({
	name: 'Message Flagged',
	value: 'messageFlagged',
	resource: 'mail',
	action: 'On message flagged',
	description: 'A message was flagged for follow-up, or its follow-up was completed',
	permissions: { delegated: 'Mail.Read', application: 'Mail.Read' },
	needs: 'message.flag',
	properties: [
		mailboxField,
		...whereFields,
		choice('flag', {
			displayName: 'When It Is',
			options: [
				{ name: 'Completed', value: 'complete' },
				{ name: 'Flagged', value: 'flagged' },
			],
			default: 'flagged',
		}),
		mailFiltersField,
		...outputFields,
		mailOptions,
	],
	sources: ({ params }) =>
		watchedFolders(params).map((folder) =>
			changedMessages(
				{
					event: `messageFlagged ${params.flag}`,
					mailbox: params.mailbox,
					select: [...filterProperties(params.filters), 'flag'],
					versionOf: flagOf,
					isChange: ({ message }) => flagOf(message) === params.flag,
					isExample: (message) => flagOf(message) === params.flag,
					lasting: { filter: `flag/flagStatus eq '${params.flag}'`, version: params.flag },
				},
				folder,
			),
		),
	matches: ({ item }, { params }) => matchesFilters(item as Message, params.filters),
	details: messageDetails,
	complete: withAttachments,
	subscriptions: ({ params }) => folderSubscriptions(params, 'created,updated'),
});
