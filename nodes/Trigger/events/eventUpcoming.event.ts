import type { Event } from '@microsoft/microsoft-graph-types';
import { upcomingEvents } from '../../../core/changes/upcomingEvents';
import { utc, zoneOf } from '../../../core/calendar/zone';
import { inCalendar } from '../../Calendar/fields/where';
import { toggle, wholeNumber } from '../../kit/fields/values';
import { eventFiltersField, matchesEventFilters } from '../calendar/filters';
import { eventDetails, eventOutputFields } from '../calendar/output';
import { calendarKey } from '../calendar/where';
import { defineEvent } from '../event';

const minuteMs = 60_000;

export const eventUpcoming = defineEvent({
	name: 'Event Upcoming',
	value: 'eventUpcoming',
	resource: 'calendar',
	action: 'On event upcoming',
	description: 'An event, or an occurrence of a series, is about to begin',
	permissions: { delegated: 'Calendars.Read', application: 'Calendars.Read' },
	properties: [
		...inCalendar,
		wholeNumber('minutesBefore', {
			displayName: 'Minutes Before',
			default: 15,
			min: 1,
			// Graph's calendar view answers years, but a week ahead is no reminder anymore.
			max: 14 * 24 * 60,
			description:
				'How long before its start an event starts the workflow. What is created or moved later than that does so at once. Look every minute to be in time.',
		}),
		toggle('includeAllDay', {
			displayName: 'Include All-Day Events',
			description:
				"Whether whole days count, too. They begin at midnight in the workflow's time zone.",
		}),
		eventFiltersField,
		...eventOutputFields,
	],
	sources: ({ params: { calendar, minutesBefore, includeAllDay }, timezone }) => [
		upcomingEvents({
			key: calendarKey('eventUpcoming', calendar),
			view: calendar.view,
			minutesBefore,
			allDayZone: includeAllDay ? (zoneOf(timezone) ?? utc) : undefined,
			now: Date.now,
		}),
	],
	matches: ({ item }, { params }) => {
		const event = item as Event;
		// Whoever has declined a meeting doesn't go there.
		if (event.responseStatus?.response === 'declined') return false;
		return matchesEventFilters(event, params.filters);
	},
	details: async (changes, input) => {
		const events = await eventDetails(changes, input);
		return events.map((event, place) => {
			const startMs = Number(changes[place]?.item['startMs']);
			const minutesUntilStart = Math.round((startMs - Date.now()) / minuteMs);
			return event && { ...event, minutesUntilStart };
		});
	},
});
