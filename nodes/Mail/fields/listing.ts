import { showWhen } from '../../kit/field';
import { bodyOption } from '../../kit/fields/output';
import { choice, choices, collection, text } from '../../kit/fields/values';
import { type MessageProperty, messageProperties } from '../simplify';
import { folder } from './folder';

/** Where to look: one folder, or all of them. */
export const scopeFields = [
	choice('scope', {
		displayName: 'Look In',
		options: [
			{ name: 'One Folder', value: 'folder', description: 'Without the folders inside of it' },
			{
				name: 'Whole Mailbox',
				value: 'mailbox',
				description: 'All folders, Sent Items, Drafts and Deleted Items included',
			},
		],
		default: 'folder',
	}),
	showWhen(
		folder('folder', {
			displayName: 'Folder',
			default: { mode: 'list', value: 'inbox', cachedResultName: 'Inbox' },
		}),
		{ scope: ['folder'] },
	),
] as const;

export const findByField = choice('findBy', {
	displayName: 'Find By',
	options: [
		{
			name: 'Filters',
			value: 'filters',
			description: 'Conditions from a form; none for every message',
		},
		{
			name: 'OData Filter',
			value: 'odata',
			description: 'A filter in the language of Microsoft Graph, for what the form lacks',
		},
		{
			name: 'Search',
			value: 'search',
			description: 'Words anywhere in the message, like in the search box of Outlook',
		},
	],
	default: 'filters',
});

export const searchField = text('search', {
	displayName: 'Search For',
	required: true,
	placeholder: 'e.g. invoice from:ben@contoso.com hasattachments:true',
	description:
		'Words, or Outlook\'s search terms (KQL). Newest first, at most 1,000 messages. <a href="https://learn.microsoft.com/graph/search-query-parameter#using-search-on-message-collections">Search terms</a>.',
});

export const odataField = text('filter', {
	displayName: 'Filter',
	required: true,
	placeholder: "e.g. isRead eq false and startswith(subject,'Order')",
	description:
		'A $filter of Microsoft Graph. Times in it are UTC. <a href="https://learn.microsoft.com/graph/filter-query-parameter">Syntax</a>.',
});

const labels: Partial<Record<MessageProperty, string>> = {
	bccRecipients: 'Bcc',
	bodyPreview: 'Body Preview',
	ccRecipients: 'Cc',
	conversationId: 'Conversation ID',
	hasAttachments: 'Has Attachments',
	internetMessageId: 'Internet Message ID',
	isDraft: 'Is Draft',
	isRead: 'Is Read',
	parentFolderId: 'Folder ID',
	receivedDateTime: 'Received',
	replyTo: 'Reply To',
	sentDateTime: 'Sent',
	toRecipients: 'To',
	webLink: 'Outlook Link',
};

export const messageFieldChoices = messageProperties
	.filter((value) => value !== 'body')
	.map((value) => ({ name: labels[value] ?? value[0]?.toUpperCase() + value.slice(1), value }))
	.sort((a, b) => a.name.localeCompare(b.name, 'en'));

export const listOptions = collection('options', {
	displayName: 'Options',
	placeholder: 'Add Option',
	fields: [
		bodyOption('The whole text of each message. Without it, large lists are several times faster.'),
		choices('fields', {
			displayName: 'Fields',
			options: messageFieldChoices,
			description:
				'What to return of each message; fewer fields are faster. Empty: the usual ones.',
		}),
		choice('sort', {
			displayName: 'Order',
			options: [
				{ name: 'Newest First', value: 'newest' },
				{
					name: 'None',
					value: 'none',
					description: 'For an OData filter that Exchange calls too complex to sort',
				},
				{ name: 'Oldest First', value: 'oldest' },
			],
			default: 'newest',
			description: 'By the time of receipt. A search is always newest first.',
		}),
	],
});
