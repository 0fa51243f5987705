import { showWhen } from '../field';
import { choice, toggle, wholeNumber } from './values';

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

export const bodyOption = (description: string) =>
	choice('body', {
		displayName: 'Body',
		options: [
			{ name: 'As HTML', value: 'html' },
			{ name: 'As Plain Text', value: 'text' },
			{ name: 'Leave Out', value: 'none' },
		],
		default: 'text',
		description,
	});
