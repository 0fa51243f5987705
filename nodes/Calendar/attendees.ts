import type { Attendee, Event, Recipient } from '@microsoft/microsoft-graph-types';
import type { GraphPath } from '../../core/graph/path';
import type { GraphClient } from '../../core/graph/types';

/** Graph replaces the whole list, so that each change begins with reading it. */
export async function readAttendees(graph: GraphClient, event: GraphPath): Promise<Attendee[]> {
	const { attendees } = await graph.request<Event>({
		method: 'GET',
		path: event,
		query: { $select: 'attendees' },
	});
	return attendees ?? [];
}

/** Without the response, which Exchange keeps itself. */
export function writable({ emailAddress, type }: Attendee): Attendee {
	return { ...(emailAddress && { emailAddress }), ...(type && { type }) };
}

export const addressOf = ({ emailAddress }: Recipient): string => emailAddress?.address ?? '';

export const sameAddress = (left: Recipient, right: Recipient): boolean =>
	addressOf(left).toLowerCase() === addressOf(right).toLowerCase();
