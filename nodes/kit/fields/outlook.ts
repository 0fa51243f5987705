import { choice } from './values';

/** As Exchange knows it of messages and events. */
export const importanceChoice = (preset: 'high' | 'normal') =>
	choice('importance', {
		displayName: 'Importance',
		options: [
			{ name: 'High', value: 'high' },
			{ name: 'Low', value: 'low' },
			{ name: 'Normal', value: 'normal' },
		],
		default: preset,
	});

/** As Exchange knows it of messages and events. */
export const sensitivityChoice = (preset: 'normal' | 'private', description?: string) =>
	choice('sensitivity', {
		displayName: 'Sensitivity',
		options: [
			{ name: 'Confidential', value: 'confidential' },
			{ name: 'Normal', value: 'normal' },
			{ name: 'Personal', value: 'personal' },
			{ name: 'Private', value: 'private' },
		],
		default: preset,
		...(description !== undefined && { description }),
	});

/** As Exchange knows it of messages and events. */
export const hasAttachmentsChoice = choice('hasAttachments', {
	displayName: 'Has Attachments',
	options: [
		{ name: 'With Attachments', value: 'true' },
		{ name: 'Without Attachments', value: 'false' },
	],
	default: 'true',
	description: 'Images that are shown in the text are no attachments',
});

export const readStateChoice = choice('readState', {
	displayName: 'Read State',
	options: [
		{ name: 'Read', value: 'read' },
		{ name: 'Unread', value: 'unread' },
	],
	default: 'unread',
});
