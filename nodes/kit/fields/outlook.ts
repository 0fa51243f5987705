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
