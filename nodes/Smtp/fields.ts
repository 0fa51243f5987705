import { showWhen } from '../kit/field';
import { recipient, recipients } from '../kit/fields/recipients';
import { choice, rows, text, textList, toggle } from '../kit/fields/values';

export const toField = recipients('to', {
	displayName: 'To',
	required: true,
	description: 'Who gets the message; several addresses with commas, with or without names',
});

export const subjectField = text('subject', {
	displayName: 'Subject',
	placeholder: 'e.g. The nightly export failed',
});

export const bodyTypeField = choice('bodyType', {
	displayName: 'Body Type',
	options: [
		{ name: 'HTML', value: 'html' },
		{ name: 'HTML and Plain Text', value: 'both' },
		{ name: 'Plain Text', value: 'text' },
	],
	default: 'html',
});

export const bodyField = text('body', {
	displayName: 'Body',
	rows: 6,
	description: 'The text of the message, as HTML or plain text by the body type',
});

export const plainBodyField = showWhen(
	text('plainBody', {
		displayName: 'Plain Text Body',
		rows: 6,
		description: 'The same text for programs that show no HTML',
	}),
	{ bodyType: ['both'] },
);

export const attachmentsField = textList('attachments', {
	displayName: 'Attachments',
	placeholder: 'e.g. data, invoice',
	description:
		'The binary fields to attach, with commas between them, or * for all. An HTML body shows an image in the text with &lt;img src="cid:data"&gt;, where data is the field or the file name.',
});

const invitationField = text('invitation', {
	displayName: 'Calendar Invitation',
	rows: 4,
	placeholder: 'BEGIN:VCALENDAR …',
	description:
		'The content of an .ics file; the recipients can accept it, or see that it is cancelled, by its METHOD',
});

/** Each a member of the options collection. */
export const optionFields = [
	recipients('bcc', {
		displayName: 'Bcc',
		description: 'Who gets a copy without the others knowing',
	}),
	invitationField,
	recipients('cc', { displayName: 'Cc', description: 'Who gets a copy' }),
	rows('headers', {
		displayName: 'Custom Headers',
		rowName: 'Header',
		placeholder: 'Add Header',
		fields: [
			text('name', { displayName: 'Name', placeholder: 'e.g. X-Ticket-ID' }),
			text('value', { displayName: 'Value' }),
		],
	}),
	recipient('from', {
		displayName: 'From',
		placeholder: 'e.g. Alerts <alerts@contoso.com>',
		description:
			"The sender, if not the connection's mailbox, or a name to show with it. Exchange must allow another address (Send As).",
	}),
	text('inReplyTo', {
		displayName: 'In Reply To',
		placeholder: 'e.g. <abc@contoso.com>',
		description:
			'The Message-ID of the email that this one answers, so that programs show them together',
	}),
	choice('priority', {
		displayName: 'Priority',
		options: [
			{ name: 'High', value: 'high' },
			{ name: 'Low', value: 'low' },
			{ name: 'Normal', value: 'normal' },
		],
		default: 'normal',
	}),
	textList('references', {
		displayName: 'References',
		placeholder: 'e.g. <first@contoso.com>, <second@contoso.com>',
		description:
			'The Message-IDs of the whole conversation, oldest first. Without it, the one under In Reply To.',
	}),
	recipients('replyTo', {
		displayName: 'Reply To',
		description: 'Where answers go, if not to the sender',
	}),
	toggle('requestDeliveryReceipt', {
		displayName: 'Request a Delivery Receipt',
		description: "Whether the recipients' servers are asked to tell when the message arrives",
	}),
	toggle('requestReadReceipt', {
		displayName: 'Request a Read Receipt',
		description: "Whether the recipients' programs are asked to tell when the message is opened",
	}),
] as const;
