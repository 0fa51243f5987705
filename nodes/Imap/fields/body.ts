import { choice } from '../../kit/fields/values';

export const bodyField = (options: {
	readonly default: 'none' | 'text';
	readonly description: string;
}) =>
	choice('body', {
		displayName: 'Body',
		options: [
			{ name: 'Both', value: 'both' },
			{ name: 'HTML', value: 'html' },
			{ name: 'Leave Out', value: 'none' },
			{ name: 'Plain Text', value: 'text' },
		],
		...options,
	});
