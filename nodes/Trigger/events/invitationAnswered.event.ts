import type { Event } from '@microsoft/microsoft-graph-types';
import type { IDataObject } from 'n8n-workflow';
import { type Answer, meetingAnswers } from '../../../core/changes/meetingAnswers';
import { inCalendar } from '../../Calendar/fields/where';
import { choices, collection, text } from '../../kit/fields/values';
import { fitsAddress, fitsText } from '../calendar/filters';
import { eventDetails, eventOutputFields } from '../calendar/output';
import { calendarKey, calendarSubscriptions } from '../calendar/where';
import { defineEvent } from '../event';

export const invitationAnswered = defineEvent({
	name: 'Invitation Answered',
	value: 'invitationAnswered',
	resource: 'calendar',
	action: 'On invitation answered',
	description:
		'An attendee has accepted or declined a meeting that was called from the calendar, or has changed the answer',
	permissions: { delegated: 'Calendars.Read', application: 'Calendars.Read' },
	properties: [
		...inCalendar,
		choices('answers', {
			displayName: 'Answers',
			options: [
				{ name: 'Accepted', value: 'accepted' },
				{ name: 'Declined', value: 'declined' },
				{ name: 'Tentatively Accepted', value: 'tentativelyAccepted' },
			],
			default: ['accepted', 'declined', 'tentativelyAccepted'],
		}),
		collection('filters', {
			displayName: 'Filters',
			placeholder: 'Add Filter',
			fields: [
				text('attendee', {
					displayName: 'Attendee',
					placeholder: 'e.g. ben@contoso.com or @contoso.com',
					description: 'The address of the attendee, or the domain with an @ in front',
				}),
				text('subject', { displayName: 'Subject Contains', placeholder: 'e.g. interview' }),
			],
		}),
		...eventOutputFields,
	],
	sources: ({ params: { calendar } }) => [
		meetingAnswers({ key: calendarKey('invitationAnswered', calendar), events: calendar.events }),
	],
	matches: ({ item }, { params }) => {
		const { subject } = item as Event;
		const { address, response } = item['answer'] as Answer;
		return (
			params.answers.includes(response) &&
			fitsText(subject, params.filters.subject) &&
			fitsAddress(address, params.filters.attendee)
		);
	},
	details: async (changes, input) => {
		const events = await eventDetails(changes, input);
		return events.map((event, place) => {
			const answer = changes[place]?.item['answer'] as IDataObject;
			return event && { ...event, answer };
		});
	},
	subscriptions: ({ params }) => calendarSubscriptions(params.calendar, 'updated'),
});
