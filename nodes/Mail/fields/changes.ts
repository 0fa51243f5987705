import { dateTime } from '../../kit/fields/dateTime';
import { choice, text, textList, toggle } from '../../kit/fields/values';
import { importanceChoice } from '../../kit/fields/outlook';

export const importanceChange = importanceChoice('normal');

export const categoriesChange = textList('categories', {
	displayName: 'Categories',
	placeholder: 'e.g. Invoices, Blue category',
	description: 'The categories that the message has afterwards; empty removes all',
});

export const subjectChange = text('subject', { displayName: 'Subject' });

export const bodyChange = text('body', {
	displayName: 'Body',
	rows: 6,
	description: 'The new text in place of the old one, a quoted original included',
});

export const bodyTypeChange = choice('bodyType', {
	displayName: 'Body Type',
	options: [
		{ name: 'HTML', value: 'html' },
		{ name: 'Plain Text', value: 'text' },
	],
	default: 'html',
	description: 'What the new body is',
});

const onlyOfDrafts = 'Exchange changes it in drafts only';

/** What can change of a message. */
export const messageChanges = [
	textList('addCategories', {
		displayName: 'Add Categories',
		placeholder: 'e.g. Invoices, Blue category',
		description: 'Categories to add to those that the message has',
	}),
	{ ...bodyChange, property: { ...bodyChange.property, description: onlyOfDrafts } },
	bodyTypeChange,
	categoriesChange,
	choice('flag', {
		displayName: 'Flag',
		options: [
			{ name: 'Completed', value: 'complete' },
			{ name: 'Flagged for Follow-Up', value: 'flagged' },
			{ name: 'Not Flagged', value: 'notFlagged' },
		],
		default: 'flagged',
	}),
	dateTime('flagDue', {
		displayName: 'Flag Due',
		description: "When the follow-up is due, in the workflow's time zone",
	}),
	dateTime('flagStart', {
		displayName: 'Flag Start',
		description: 'When the follow-up begins; on the day that it is due if left out',
	}),
	choice('inferenceClassification', {
		displayName: 'Focused Inbox',
		options: [
			{ name: 'Focused', value: 'focused' },
			{ name: 'Other', value: 'other' },
		],
		default: 'focused',
		description: 'The tab of the Inbox in which Outlook shows the message',
	}),
	importanceChange,
	toggle('isRead', {
		displayName: 'Read',
		default: true,
		description: 'Whether the message counts as read',
	}),
	textList('removeCategories', {
		displayName: 'Remove Categories',
		placeholder: 'e.g. Invoices, Blue category',
		description: 'Categories to take away from those that the message has',
	}),
	{ ...subjectChange, property: { ...subjectChange.property, description: onlyOfDrafts } },
] as const;
