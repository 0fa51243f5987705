import { showWhen } from '../../kit/field';
import {
	choice,
	collection,
	rows,
	text,
	textList,
	toggle,
	wholeNumber,
} from '../../kit/fields/values';
import { recipients } from '../../kit/fields/recipients';
import { time } from './time';
import { importanceChoice, sensitivityChoice } from '../../kit/fields/outlook';

export const subjectField = text('subject', {
	displayName: 'Subject',
	placeholder: 'e.g. Weekly planning',
});

export const allDayField = toggle('isAllDay', {
	displayName: 'All Day',
	description: 'Whether the event takes whole days instead of hours',
});

/** Hours or days, by `isAllDay`. */
export const whenFields = [
	showWhen(time('start', { displayName: 'Start', required: true }), { isAllDay: [false] }),
	showWhen(
		time('end', {
			displayName: 'End',
			description: 'Empty: half an hour after the start',
		}),
		{ isAllDay: [false] },
	),
	showWhen(time('firstDay', { displayName: 'First Day', required: true }), { isAllDay: [true] }),
	showWhen(
		time('lastDay', {
			displayName: 'Last Day',
			description: 'The last day that the event takes. Empty: the first day.',
		}),
		{ isAllDay: [true] },
	),
] as const;

export const requiredAttendeesField = recipients('requiredAttendees', {
	displayName: 'Required Attendees',
	description: 'Who is invited; several addresses with commas, with or without names',
});

export const optionalAttendeesField = recipients('optionalAttendees', {
	displayName: 'Optional Attendees',
	description: 'Who may come; several addresses with commas',
});

export const roomsField = recipients('rooms', {
	displayName: 'Rooms and Equipment',
	description: 'Addresses of rooms and equipment to book; rooms become locations of the event, too',
});

const bodyFields = [
	text('body', {
		displayName: 'Body',
		rows: 4,
		description: 'The text of the invitation, as HTML or plain text by the body type',
	}),
	choice('bodyType', {
		displayName: 'Body Type',
		options: [
			{ name: 'HTML', value: 'html' },
			{ name: 'Plain Text', value: 'text' },
		],
		default: 'html',
	}),
] as const;

/** What an event may have beside its subject, time and required attendees. */
export const eventOptionFields = [
	toggle('allowNewTimeProposals', {
		displayName: 'Allow New Time Proposals',
		default: true,
		description: 'Whether invitees may propose another time',
	}),
	...bodyFields,
	textList('categories', { displayName: 'Categories', placeholder: 'e.g. Travel, Blue category' }),
	toggle('hideAttendees', {
		displayName: 'Hide Attendees',
		default: true,
		description: 'Whether invitees see only themselves in the meeting',
	}),
	importanceChoice('normal'),
	rows('locations', {
		displayName: 'Locations',
		rowName: 'Location',
		placeholder: 'Add Location',
		fields: [
			text('name', { displayName: 'Name', placeholder: 'e.g. Café Central, Lisbon' }),
			text('address', {
				displayName: 'Email Address',
				placeholder: 'e.g. room12@contoso.com',
				description: 'Of a room; to book it, name it under Rooms and Equipment instead',
			}),
			text('url', { displayName: 'URL', placeholder: 'e.g. https://meet.example.com/abc' }),
		],
	}),
	wholeNumber('reminderMinutes', {
		displayName: 'Reminder (Minutes Before)',
		default: 15,
		min: -1,
		description: 'How long before the start Outlook reminds. -1: not at all.',
	}),
	toggle('responseRequested', {
		displayName: 'Request Responses',
		default: true,
		description: 'Whether invitees are asked to accept or decline',
	}),
	sensitivityChoice('normal'),
	choice('showAs', {
		displayName: 'Show As',
		options: [
			{ name: 'Busy', value: 'busy' },
			{ name: 'Free', value: 'free' },
			{ name: 'Out of Office', value: 'oof' },
			{ name: 'Tentative', value: 'tentative' },
			{ name: 'Working Elsewhere', value: 'workingElsewhere' },
		],
		default: 'busy',
	}),
	toggle('isOnlineMeeting', {
		displayName: 'Teams Meeting',
		default: true,
		description: 'Whether the event gets a link to join on Microsoft Teams',
	}),
] as const;

export const createOptions = collection('options', {
	displayName: 'Options',
	placeholder: 'Add Option',
	fields: [optionalAttendeesField, roomsField, ...eventOptionFields],
});

export const changesField = collection('changes', {
	displayName: 'Changes',
	placeholder: 'Add Change',
	description: 'What to change; anything else stays as it is',
	fields: [
		text('subject', { displayName: 'Subject' }),
		time('start', {
			displayName: 'Start',
			description: 'Without an end beside it, the event keeps its length',
		}),
		time('end', {
			displayName: 'End',
			description: 'Of an all-day event: the last day that it takes',
		}),
		toggle('isAllDay', {
			displayName: 'All Day',
			default: true,
			description: 'Whether the event takes whole days. Needs a start beside it.',
		}),
		text('recurrenceRule', {
			displayName: 'Recurrence Rule',
			placeholder: 'e.g. FREQ=WEEKLY;BYDAY=MO,WE;COUNT=10',
			description:
				'An RRULE by which the event repeats from its start. The word none makes a series a single event.',
		}),
		{ ...requiredAttendeesField, property: replacing(requiredAttendeesField.property) },
		{ ...optionalAttendeesField, property: replacing(optionalAttendeesField.property) },
		{ ...roomsField, property: replacing(roomsField.property) },
		...eventOptionFields,
	],
});

function replacing<Property extends { readonly description?: string }>(
	property: Property,
): Property {
	return {
		...property,
		description:
			'Together with the other kinds of attendees in this list, replaces all that there are. Add Attendees and Remove Attendees change single ones.',
	};
}
