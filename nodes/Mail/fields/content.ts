import { dateTime } from '../../kit/fields/dateTime';
import { choice, rows, text, textList, toggle } from '../../kit/fields/values';
import { recipient, recipients } from '../../kit/fields/recipients';
import { importanceChoice, sensitivityChoice } from '../../kit/fields/outlook';

export const toField = recipients('to', {
	displayName: 'To',
	required: true,
	description: 'Who gets the message; several addresses with commas, with or without names',
});

export const subjectField = text('subject', {
	displayName: 'Subject',
	placeholder: 'e.g. Invoice 2026-031',
});

export const bodyTypeField = choice('bodyType', {
	displayName: 'Body Type',
	options: [
		{ name: 'HTML', value: 'html' },
		{ name: 'Plain Text', value: 'text' },
	],
	default: 'html',
});

export const bodyField = text('body', {
	displayName: 'Body',
	rows: 6,
	description: 'The text of the message, as HTML or plain text by the body type',
});

export const attachmentsField = textList('attachments', {
	displayName: 'Attachments',
	placeholder: 'e.g. data, invoice',
	description:
		'The binary fields to attach, with commas between them, or * for all. An HTML body shows an image in the text with &lt;img src="cid:data"&gt;, where data is the field or the file name.',
});

/** What a new message or a reply may have beside its text; each a member of an options collection. */
export const replyOptionFields = [
	recipients('bcc', {
		displayName: 'Bcc',
		description: 'Who gets a copy without the others knowing',
	}),
	recipients('cc', { displayName: 'Cc', description: 'Who gets a copy' }),
	importanceChoice('normal'),
	toggle('isReadReceiptRequested', {
		displayName: 'Request a Read Receipt',
		description: "Whether the recipients' programs are asked to tell when the message is opened",
	}),
	toggle('isDeliveryReceiptRequested', {
		displayName: 'Request a Delivery Receipt',
		description: "Whether the recipients' servers are asked to tell when the message arrives",
	}),
	recipients('replyTo', {
		displayName: 'Reply To',
		description: 'Where answers go, if not to the sender',
	}),
	dateTime('sendAt', {
		displayName: 'Send At',
		description:
			"Exchange keeps the message until that time, in the workflow's time zone, and sends it then",
	}),
	sensitivityChoice(
		'private',
		'How Outlook marks the message for its readers. It protects nothing by itself.',
	),
	textList('votingOptions', {
		displayName: 'Voting Buttons',
		placeholder: 'e.g. Approve, Reject',
		description:
			'The buttons that Outlook shows to recipients of the same organization; a vote comes back as an email',
	}),
] as const;

export const messageOptionFields = [
	...replyOptionFields,
	textList('categories', {
		displayName: 'Categories',
		placeholder: 'e.g. Invoices, Blue category',
		description: "The names of the sender's own categories for the copy in the mailbox",
	}),
	rows('headers', {
		displayName: 'Custom Headers',
		rowName: 'Header',
		placeholder: 'Add Header',
		fields: [
			text('name', {
				displayName: 'Name',
				placeholder: 'e.g. x-ticket-id',
				description: 'Must begin with x-; Exchange refuses any other',
			}),
			text('value', { displayName: 'Value' }),
		],
	}),
	recipient('from', {
		displayName: 'From',
		placeholder: 'e.g. support@contoso.com',
		description:
			'The mailbox to send as or on behalf of, if not the chosen one. Exchange must allow it (Send As or Send on Behalf).',
	}),
] as const;
