import { choice, collection, toggle, wholeNumber } from '../../kit/fields/values';
import { showWhen } from '../../kit/field';
import { outputZoneField } from './time';

export const simplifyField = toggle('simplify', {
	displayName: 'Simplify',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
});

export const returnAllField = toggle('returnAll', {
	displayName: 'Return All',
	description: 'Whether to return all results or only up to a given limit',
});

export const limitField = showWhen(
	wholeNumber('limit', {
		displayName: 'Limit',
		default: 50,
		min: 1,
		description: 'Max number of results to return',
	}),
	{ returnAll: [false] },
);

const bodyOption = choice('body', {
	displayName: 'Body',
	options: [
		{ name: 'As HTML', value: 'html' },
		{ name: 'As Plain Text', value: 'text' },
		{ name: 'Leave Out', value: 'none' },
	],
	default: 'text',
	description: 'The whole text of each event. Without it, large lists are several times faster.',
});

/** How events are answered, in lists and alone. */
export const eventOutputOptions = collection('options', {
	displayName: 'Options',
	placeholder: 'Add Option',
	fields: [bodyOption, outputZoneField],
});

/** For what answers an event that it changed. */
export const zoneOptions = collection('options', {
	displayName: 'Options',
	placeholder: 'Add Option',
	fields: [outputZoneField],
});
