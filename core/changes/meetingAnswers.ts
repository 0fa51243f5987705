import type { Attendee, Event } from '@microsoft/microsoft-graph-types';
import type { GraphClient } from '../graph/types';
import { type CalendarPlace, updated } from './eventChanges';
import { type EventWindowCursor, eventWindow } from './eventWindow';
import { fingerprint } from './fingerprint';
import type { Change, Look, Source } from './types';

/** How an attendee has answered; `item.answer` of a change. */
export interface Answer {
	readonly address: string;
	readonly name: string;
	readonly response: 'accepted' | 'tentativelyAccepted' | 'declined';
	/** ISO 8601 in UTC; empty where Exchange doesn't tell. */
	readonly time: string;
}

export interface AnswersCursor {
	readonly window: EventWindowCursor;
	/** Answers of before to a meeting that isn't in `answered` are old. ISO 8601 in UTC. */
	readonly since: string;
	/** Known answers by meeting, the meeting that was changed last at the end. Fingerprints. */
	readonly answered: ReadonlyArray<readonly [string, readonly string[]]>;
}

/** Meetings whose answers are remembered; each further one makes the oldest's answers old. */
const meetingsKept = 500;

/** Attendees' answers to the calendar owner's own meetings; a changed mind is another answer. */
export function meetingAnswers(place: CalendarPlace): Source<AnswersCursor> {
	const meetings = eventWindow({
		...place,
		alsoSelect: 'attendees',
		newestBy: 'lastModifiedDateTime',
		changesOf: ({ event }) => (event.isOrganizer === true ? [updated(event)] : []),
		exampleOf: (event) => newestAnswer(event),
	});
	return {
		key: place.key,
		start: async (graph) => {
			const window = await meetings.start(graph);
			return { window, since: window.watermark, answered: [] };
		},
		look: (graph, cursor) => look(graph, meetings, cursor),
		newest: async (graph, count) => await meetings.newest(graph, count),
	};
}

async function* look(
	graph: GraphClient,
	meetings: Source<EventWindowCursor>,
	cursor: AnswersCursor,
): AsyncGenerator<Look<AnswersCursor>> {
	const answered = new Map(cursor.answered);
	let { since } = cursor;
	for await (const { changes, cursor: window } of meetings.look(graph, cursor.window)) {
		const found: Change[] = [];
		for (const { item } of changes) {
			const meeting = item as Event;
			const id = fingerprint(meeting.id ?? '');
			const known = answered.get(id);
			const all = answersOf(meeting);
			found.push(
				...all
					.filter((answer) =>
						known ? !known.includes(mark(answer)) : isAfter(since, answer, meeting),
					)
					.map((answer) => changeOf(meeting, answer)),
			);
			answered.delete(id);
			answered.set(id, all.map(mark));
		}
		if (answered.size > meetingsKept) {
			// What is forgotten now was seen no later than the window stood before.
			since = cursor.window.watermark;
			for (const id of [...answered.keys()].slice(0, answered.size - meetingsKept)) {
				answered.delete(id);
			}
		}
		yield { changes: found, cursor: { window, since, answered: [...answered] } };
	}
}

/** Without a time, only answers to a meeting that is itself new are known to be. */
function isAfter(since: string, { time }: Answer, { createdDateTime }: Event): boolean {
	const ms = Date.parse(time === '' ? (createdDateTime ?? '') : time);
	return ms > Date.parse(since);
}

function newestAnswer(meeting: Event): Change | undefined {
	if (meeting.isOrganizer !== true) return undefined;
	const [newest] = answersOf(meeting).sort((a, b) => b.time.localeCompare(a.time));
	return newest && changeOf(meeting, newest);
}

function changeOf(meeting: Event, answer: Answer): Change {
	return {
		id: meeting.id ?? '',
		version: mark(answer),
		at: answer.time === '' ? (meeting.lastModifiedDateTime ?? '') : answer.time,
		item: { ...meeting, attendees: undefined, answer },
	};
}

const mark = ({ address, response, time }: Answer): string =>
	fingerprint(`${address.toLowerCase()} ${response} ${time.slice(0, 19)}`);

function answersOf({ attendees }: Event): Answer[] {
	return (attendees ?? []).flatMap((attendee) => answerOf(attendee) ?? []);
}

function answerOf({ emailAddress, status }: Attendee): Answer | undefined {
	const { response, time } = status ?? {};
	if (response !== 'accepted' && response !== 'tentativelyAccepted' && response !== 'declined') {
		return undefined;
	}
	return {
		address: emailAddress?.address ?? '',
		name: emailAddress?.name ?? '',
		response,
		// The year 1 is Exchange's word for "not known".
		time: time && !time.startsWith('0001') ? time : '',
	};
}
