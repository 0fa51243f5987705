import type { Event } from '@microsoft/microsoft-graph-types';
import type { GraphClient } from '../graph/types';
import { type CalendarPlace, updated } from './eventChanges';
import { type EventWindowCursor, eventWindow } from './eventWindow';
import { fingerprint } from './fingerprint';
import type { Change, Look, Source } from './types';

/** What people see of an event; the text only as far as its preview goes. */
const details =
	'end,isAllDay,location,attendees,recurrence,importance,sensitivity,bodyPreview,isOnlineMeeting';

export interface UpdatesCursor {
	readonly window: EventWindowCursor;
	/** What people see, by event, the one that was changed last at the end. Fingerprints. */
	readonly states: ReadonlyArray<readonly [string, string]>;
}

export interface UpdateOptions extends CalendarPlace {
	/**
	 * Leaves out what nobody sees: answers of attendees, and changes that Exchange makes by itself.
	 * The first change of an event that was never seen before is told all the same.
	 */
	readonly onlyDetails: boolean;
}

const statesKept = 1_000;

/** Events that were changed after they were new; a changed occurrence changes its series. */
export function updatedEvents({ onlyDetails, ...place }: UpdateOptions): Source<UpdatesCursor> {
	const events = eventWindow({
		...place,
		alsoSelect: details,
		newestBy: 'lastModifiedDateTime',
		changesOf: ({ event, isNew }) => [{ ...updated(event), item: { ...event, isNew } }],
		exampleOf: updated,
	});
	return {
		key: place.key,
		start: async (graph) => ({ window: await events.start(graph), states: [] }),
		look: (graph, cursor) => look(graph, events, cursor, onlyDetails),
		newest: async (graph, count) => await events.newest(graph, count),
	};
}

async function* look(
	graph: GraphClient,
	events: Source<EventWindowCursor>,
	cursor: UpdatesCursor,
	onlyDetails: boolean,
): AsyncGenerator<Look<UpdatesCursor>> {
	const states = new Map(cursor.states);
	for await (const { changes, cursor: window } of events.look(graph, cursor.window)) {
		const found: Change[] = [];
		for (const change of changes) {
			const { isNew, ...event } = change.item;
			const mark = fingerprint(change.id);
			const state = stateOf(event);
			const isSame = states.get(mark) === state;
			states.delete(mark);
			states.set(mark, state);
			if (isNew !== true && !(onlyDetails && isSame)) found.push({ ...change, item: event });
		}
		yield { changes: found, cursor: { window, states: [...states].slice(-statesKept) } };
	}
}

function stateOf(event: Event): string {
	const { subject, start, end, isAllDay, location, recurrence, showAs, isCancelled } = event;
	const { importance, sensitivity, bodyPreview, isOnlineMeeting, categories } = event;
	const people = (event.attendees ?? []).map(({ type, emailAddress }) => [
		type,
		emailAddress?.address?.toLowerCase(),
	]);
	const seen = [
		[subject, start, end, isAllDay, location?.displayName, recurrence, showAs, isCancelled],
		[importance, sensitivity, bodyPreview, isOnlineMeeting, categories, people],
	];
	return fingerprint(JSON.stringify(seen), 8);
}
