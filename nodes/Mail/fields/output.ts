import { toggle, wholeNumber } from '../../kit/fields/values';
import { showWhen } from '../../kit/field';

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
