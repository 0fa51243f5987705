import type { Event } from '@microsoft/microsoft-graph-types';
import type { GraphPath } from '../graph/path';
import { type EventWindowCursor, eventWindow } from './eventWindow';
import { fingerprint } from './fingerprint';
import type { Change, Source } from './types';

export interface CalendarPlace {
	/** Names the calendar among the trigger's sources. */
	readonly key: string;
	readonly events: GraphPath;
}

/** Events that are new in a calendar, series as one; of others' meetings the invitation. */
export const createdEvents = (place: CalendarPlace): Source<EventWindowCursor> =>
	eventWindow({
		...place,
		newestBy: 'createdDateTime',
		changesOf: ({ event, isNew }) => (isNew ? [created(event)] : []),
		exampleOf: created,
	});

/** Somebody else's meetings that are new in a calendar. */
export const invitations = (place: CalendarPlace): Source<EventWindowCursor> =>
	eventWindow({
		...place,
		newestBy: 'createdDateTime',
		changesOf: ({ event, isNew }) => (isNew && isInvitation(event) ? [created(event)] : []),
		exampleOf: (event) => (isInvitation(event) ? created(event) : undefined),
	});

const isInvitation = ({ isOrganizer, isCancelled }: Event): boolean =>
	isOrganizer === false && isCancelled !== true;

function created(event: Event): Change {
	return {
		id: event.id ?? '',
		version: '',
		at: event.createdDateTime ?? '',
		item: { ...event },
	};
}

export function updated(event: Event): Change {
	return {
		id: event.id ?? '',
		version: fingerprint(event.changeKey ?? ''),
		at: event.lastModifiedDateTime ?? '',
		item: { ...event },
	};
}
