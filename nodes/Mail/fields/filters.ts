import { dateTime } from '../../kit/fields/dateTime';
import { choice, collection, text } from '../../kit/fields/values';
import { recipient } from '../../kit/fields/recipients';
import { hasAttachmentsChoice, importanceChoice, readStateChoice } from '../../kit/fields/outlook';

/** What Exchange filters by, and in "To" what it can't. Each that is added must hold. */
export const filterFields = [
	text('category', { displayName: 'Category', placeholder: 'e.g. Invoices' }),
	choice('flag', {
		displayName: 'Flag',
		options: [
			{ name: 'Completed', value: 'complete' },
			{ name: 'Flagged', value: 'flagged' },
			{ name: 'Not Flagged', value: 'notFlagged' },
		],
		default: 'flagged',
	}),
	recipient('from', { displayName: 'From', description: 'The address of the sender' }),
	hasAttachmentsChoice,
	importanceChoice('high'),
	readStateChoice,
	dateTime('receivedAfter', {
		displayName: 'Received After',
		description: "That time or later, in the workflow's time zone",
	}),
	dateTime('receivedBefore', {
		displayName: 'Received Before',
		description: "Earlier than that time, in the workflow's time zone",
	}),
	text('subject', { displayName: 'Subject Contains', placeholder: 'e.g. invoice' }),
	recipient('to', {
		displayName: 'To',
		description:
			"An address among To and Cc. Exchange can't filter by it, so that more messages are read than returned; a search with to: is faster.",
	}),
] as const;

export const filtersField = collection('filters', {
	displayName: 'Filters',
	placeholder: 'Add Filter',
	description: 'Each that is added must hold; without any, every message is returned',
	fields: filterFields,
});
