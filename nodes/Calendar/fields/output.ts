import { bodyOption } from '../../kit/fields/output';
import { collection } from '../../kit/fields/values';
import { outputZoneField } from './time';

/** How events are answered, in lists and alone. */
export const eventOutputOptions = collection('options', {
	displayName: 'Options',
	placeholder: 'Add Option',
	fields: [
		bodyOption('The whole text of each event. Without it, large lists are several times faster.'),
		outputZoneField,
	],
});

/** For what answers an event that it changed. */
export const zoneOptions = collection('options', {
	displayName: 'Options',
	placeholder: 'Add Option',
	fields: [outputZoneField],
});
