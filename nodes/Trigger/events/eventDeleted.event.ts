import { deletedEvents } from '../../../core/changes/deletedEvents';
import { isoAt } from '../../../core/time';
import { utc, type Zone, zoneOf } from '../../../core/calendar/zone';
import { inCalendar } from '../../Calendar/fields/where';
import { wholeNumber } from '../../kit/fields/values';
import { deletedFiltersField, fitsAddress, fitsText } from '../calendar/filters';
import { calendarKey, calendarSubscriptions } from '../calendar/where';
import { defineEvent } from '../event';

export const eventDeleted = defineEvent({
	name: 'Event Deleted',
	value: 'eventDeleted',
	resource: 'calendar',
	action: 'On event deleted',
	description:
		'An event, an occurrence or a whole series is gone from a calendar. Its subject and times are known, the rest is deleted with it.',
	permissions: { delegated: 'Calendars.Read', application: 'Calendars.Read' },
	properties: [
		...inCalendar,
		wholeNumber('daysAhead', {
			displayName: 'Days Ahead',
			default: 180,
			min: 1,
			max: 730,
			description: 'How far ahead events are watched, beside those of the last week',
		}),
		deletedFiltersField,
	],
	sources: ({ params: { calendar, daysAhead } }) => [
		deletedEvents({
			// A window of another length is another delta.
			key: `${calendarKey('eventDeleted', calendar)} ${daysAhead}`,
			events: calendar.events,
			view: calendar.view,
			daysAhead,
			now: Date.now,
		}),
	],
	matches: ({ item }, { params }) =>
		fitsText(textOf(item['subject']), params.filters.subject) &&
		fitsAddress(textOf(item['organizer']), params.filters.organizer),
	details: async (changes, { timezone }) => {
		const zone = zoneOf(timezone) ?? utc;
		const events = changes.map(({ item }) => ({
			...item,
			start: localTime(item['start'], zone),
			end: localTime(item['end'], zone),
		}));
		return await Promise.resolve(events);
	},
	subscriptions: ({ params }) => calendarSubscriptions(params.calendar, 'updated,deleted'),
});

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Days of all-day events stay what they are. */
function localTime(value: unknown, zone: Zone): string {
	const text = textOf(value);
	return text.length > 10 ? isoAt(Date.parse(text), zone) : text;
}
