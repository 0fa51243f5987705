import type { Event } from '@microsoft/microsoft-graph-types';
import { createdEvents } from '../../../core/changes/eventChanges';
import { inCalendar } from '../../Calendar/fields/where';
import { eventFiltersField, matchesEventFilters } from '../calendar/filters';
import { eventDetails, eventOutputFields } from '../calendar/output';
import { calendarKey, calendarSubscriptions } from '../calendar/where';
import { defineEvent } from '../event';

export const eventCreated = defineEvent({
	name: 'Event Created',
	value: 'eventCreated',
	resource: 'calendar',
	action: 'On event created',
	description: 'There is a new event in a calendar; a series counts once',
	permissions: { delegated: 'Calendars.Read', application: 'Calendars.Read' },
	properties: [...inCalendar, eventFiltersField, ...eventOutputFields],
	sources: ({ params: { calendar } }) => [
		createdEvents({ key: calendarKey('eventCreated', calendar), events: calendar.events }),
	],
	matches: ({ item }, { params }) => matchesEventFilters(item as Event, params.filters),
	details: eventDetails,
	subscriptions: ({ params }) => calendarSubscriptions(params.calendar, 'created'),
});
