import { choice, rows, text, toggle } from '../../kit/fields/values';

export const versionField = choice('version', {
	displayName: 'Version',
	options: [
		{ name: 'Beta', value: 'beta', description: 'May change from one day to the next' },
		{ name: 'V1.0', value: 'v1.0' },
	],
	default: 'v1.0',
	description: 'Of Microsoft Graph. A version at the beginning of the path goes before it.',
});

const nameAndValue = [
	text('name', { displayName: 'Name' }),
	text('value', { displayName: 'Value' }),
] as const;

export const queryField = rows('query', {
	displayName: 'Query Parameters',
	rowName: 'Parameter',
	placeholder: 'Add Parameter',
	description: 'Such as $select or $filter; they go before those in the path',
	fields: nameAndValue,
});

export const headersOption = rows('headers', {
	displayName: 'Headers',
	rowName: 'Header',
	placeholder: 'Add Header',
	description: 'Such as Prefer or ConsistencyLevel; the access token is added by itself',
	fields: nameAndValue,
});

export const safeToRepeatOption = toggle('safeToRepeat', {
	displayName: 'Safe to Repeat',
	default: true,
	description:
		'Whether a POST may be sent again after a broken connection or a server error, because doing it twice does no harm. Without it, the node fails and says that the outcome is unknown.',
});
