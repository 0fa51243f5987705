import { choice } from '../../kit/fields/values';

export const colorField = choice('color', {
	displayName: 'Color',
	options: [
		{ name: 'Automatic', value: 'auto' },
		{ name: 'Light Blue', value: 'lightBlue' },
		{ name: 'Light Brown', value: 'lightBrown' },
		{ name: 'Light Gray', value: 'lightGray' },
		{ name: 'Light Green', value: 'lightGreen' },
		{ name: 'Light Orange', value: 'lightOrange' },
		{ name: 'Light Pink', value: 'lightPink' },
		{ name: 'Light Red', value: 'lightRed' },
		{ name: 'Light Teal', value: 'lightTeal' },
		{ name: 'Light Yellow', value: 'lightYellow' },
	],
	default: 'auto',
});
