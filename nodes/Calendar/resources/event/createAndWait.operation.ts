import type { Event } from '@microsoft/microsoft-graph-types';
import { utc, zoneOf } from '../../../../core/calendar/zone';
import { defineOperation } from '../../../kit/operation';
import { approvalFields, approvalOf } from '../../../kit/review/question';
import type { Quote } from '../../../kit/review/types';
import { addressOf } from '../../attendees';
import { pathsOf } from '../../fields/calendar';
import { inCalendar } from '../../fields/where';
import { createRequest, newEvent, newEventFields } from '../../newEvent';
import { simplifyEvent } from '../../simplify';

export const createAndWait = defineOperation({
	name: 'Create After Approval',
	value: 'createAndWait',
	action: 'Create an event after approval',
	description: 'Show an event to reviewers by email, and create it when one approves',
	permissions: {
		delegated: 'Calendars.ReadWrite Mail.Send',
		application: 'Calendars.ReadWrite Mail.Send',
	},
	properties: [...inCalendar, ...newEventFields, ...approvalFields],
	review: {
		ask: ({ params, itemKey }) => {
			const event = newEvent(params, itemKey());
			const { mailbox, calendar, timeZone } = params;
			return {
				...approvalOf(params),
				mailbox,
				subject: { event: { ...event }, calendar: calendar.key, timeZone: timeZone.name },
				quote: quoteOf(event),
			};
		},
		// The event's transaction makes a second call harmless.
		decide: async ({ answer, subject, mailbox, graph }) => {
			if (answer.decision !== 'approved') return { created: false };
			const { event, calendar, timeZone } = subject as unknown as Kept;
			const { events } = pathsOf(mailbox, calendar);
			const created = await graph.request<Event>(createRequest(events, event, timeZone));
			return { created: true, createdEvent: simplifyEvent(created, zoneOf(timeZone) ?? utc) };
		},
	},
});

/** What is kept while the workflow waits. */
interface Kept {
	readonly event: Event;
	readonly calendar: string;
	readonly timeZone: string;
}

function quoteOf(event: Event): Quote {
	const { subject, start, end, isAllDay, attendees, locations, body, recurrence } = event;
	const from = start?.dateTime?.slice(0, isAllDay ? 10 : 16).replace('T', ' ') ?? '';
	const until = isAllDay ? '' : (end?.dateTime?.slice(0, 16).replace('T', ' ') ?? '');
	const rows = [
		{ label: 'Subject', value: subject ?? '' },
		{ label: 'Start', value: [from, start?.timeZone].filter(Boolean).join(' ') },
		{ label: 'End', value: until },
		{ label: 'Attendees', value: (attendees ?? []).map(addressOf).join(', ') },
		{
			label: 'Location',
			value: (locations ?? []).flatMap(({ displayName }) => displayName ?? []).join(', '),
		},
		{ label: 'Repeats', value: recurrence?.pattern?.type ?? '' },
	];
	return {
		heading: 'The event to be created',
		rows: rows.filter(({ value }) => value !== ''),
		...(body && {
			body: { contentType: body.contentType ?? 'html', content: body.content ?? '' },
		}),
	};
}
