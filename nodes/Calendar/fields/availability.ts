import { toggle, wholeNumber } from '../../kit/fields/values';
import { recipients } from '../../kit/fields/recipients';

export const peopleField = recipients('people', {
	displayName: 'Attendees',
	description: 'Addresses of people and rooms who have to come; several with commas',
});

export const durationField = wholeNumber('durationMinutes', {
	displayName: 'Duration (Minutes)',
	default: 30,
	min: 5,
	max: 1440,
});

export const workingHoursField = toggle('workingHours', {
	displayName: 'Only in Working Hours',
	default: true,
	description:
		'Whether the time has to lie in the working hours of everybody whose hours are known',
});
