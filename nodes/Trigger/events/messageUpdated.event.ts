import type { Message } from '@microsoft/microsoft-graph-types';
import { fingerprint } from '../../../core/changes/fingerprint';
import { mailboxField } from '../../kit/fields/mailbox';
import { defineEvent } from '../event';
import { filterProperties, mailFiltersField, matchesFilters } from '../mail/filters';
import { mailOptions, messageDetails, outputFields, withAttachments } from '../mail/output';
import { folderSubscriptions } from '../mail/subscriptions';
import { changedMessages, watchedFolders, whereFields } from '../mail/where';

export const messageUpdated = defineEvent({
	name: 'Message Updated',
	value: 'messageUpdated',
	resource: 'mail',
	action: 'On message updated',
	description:
		'A message was read, flagged, categorized, moved or changed otherwise. What happens to it before the first look after its arrival counts as arrival.',
	permissions: { delegated: 'Mail.Read', application: 'Mail.Read' },
	properties: [mailboxField, ...whereFields, mailFiltersField, ...outputFields, mailOptions],
	sources: ({ params }) =>
		watchedFolders(params).map((folder) =>
			changedMessages(
				{
					event: 'messageUpdated',
					mailbox: params.mailbox,
					select: filterProperties(params.filters),
					versionOf: ({ changeKey }) => fingerprint(changeKey ?? ''),
					// A draft is saved all the time while it is written.
					isChange: ({ message, isNew }) => !isNew && !message.isDraft,
					isExample: ({ isDraft }) => !isDraft,
				},
				folder,
			),
		),
	matches: ({ item }, { params }) => matchesFilters(item as Message, params.filters),
	details: messageDetails,
	complete: withAttachments,
	subscriptions: ({ params }) => folderSubscriptions(params, 'created,updated'),
});
