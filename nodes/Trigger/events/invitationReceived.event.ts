import type { Event } from '@microsoft/microsoft-graph-types';
import { invitations } from '../../../core/changes/eventChanges';
import { inCalendar } from '../../Calendar/fields/where';
import { eventFiltersField, matchesEventFilters } from '../calendar/filters';
import { eventDetails, eventOutputFields } from '../calendar/output';
import { calendarKey, calendarSubscriptions } from '../calendar/where';
import { defineEvent } from '../event';

export const invitationReceived = defineEvent({
	name: 'Invitation Received',
	value: 'invitationReceived',
	resource: 'calendar',
	action: 'On invitation received',
	description: "Somebody else's meeting has come into a calendar",
	permissions: { delegated: 'Calendars.Read', application: 'Calendars.Read' },
	properties: [...inCalendar, eventFiltersField, ...eventOutputFields],
	sources: ({ params: { calendar } }) => [
		invitations({ key: calendarKey('invitationReceived', calendar), events: calendar.events }),
	],
	matches: ({ item }, { params }) => matchesEventFilters(item as Event, params.filters),
	details: eventDetails,
	subscriptions: ({ params }) => calendarSubscriptions(params.calendar, 'created'),
});
