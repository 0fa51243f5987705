import type { Event } from '@microsoft/microsoft-graph-types';
import { updatedEvents } from '../../../core/changes/eventUpdates';
import { inCalendar } from '../../Calendar/fields/where';
import { matchesEventFilters, updateFiltersField } from '../calendar/filters';
import { eventDetails, eventOutputFields } from '../calendar/output';
import { calendarKey, calendarSubscriptions } from '../calendar/where';
import { defineEvent } from '../event';

export const eventUpdated = defineEvent({
	name: 'Event Updated',
	value: 'eventUpdated',
	resource: 'calendar',
	action: 'On event updated',
	description: 'An event in a calendar was changed; a changed occurrence is a change of its series',
	permissions: { delegated: 'Calendars.Read', application: 'Calendars.Read' },
	properties: [...inCalendar, updateFiltersField, ...eventOutputFields],
	sources: ({ params: { calendar, filters } }) => [
		updatedEvents({
			key: calendarKey('eventUpdated', calendar),
			events: calendar.events,
			onlyDetails: filters.onlyDetails ?? false,
		}),
	],
	matches: ({ item }, { params }) => matchesEventFilters(item as Event, params.filters),
	details: eventDetails,
	subscriptions: ({ params }) => calendarSubscriptions(params.calendar, 'updated'),
});
