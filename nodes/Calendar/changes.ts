import type { Event } from '@microsoft/microsoft-graph-types';
import { instantOfGraph } from '../../core/calendar/localTime';
import { type EnteredTime, instantOf } from '../../core/time';
import type { Zone } from '../../core/calendar/zone';
import { ParameterError, type ParamsOf } from '../kit/field';
import {
	type GraphRecurrence,
	type When,
	allDayWhen,
	asGraph,
	attendeesOf,
	optionsOf,
	timedWhen,
} from './eventBody';
import type { changesField } from './fields/content';
import { recurrenceOfRule } from './recurrence';

export type Changes = ParamsOf<readonly [typeof changesField]>['changes'];

/** The word that makes a series a single event. */
const noRule = 'none';

export const changesTimes = ({ start, end, isAllDay }: Changes): boolean =>
	start !== undefined || end !== undefined || isAllDay !== undefined;

/** Whether the new times stand in the changes alone, without the event's own. */
export function timesAreComplete(changes: Changes): boolean {
	const { start, end, recurrenceRule } = changes;
	if (changesTimes(changes)) return start !== undefined && end !== undefined;
	return recurrenceRule === undefined || isNoRule(recurrenceRule);
}

const isNoRule = (rule: string): boolean => rule.trim().toLowerCase() === noRule;

/** What an event is now, as far as changed times depend on it. */
export interface CurrentTimes {
	readonly start: EnteredTime;
	readonly durationMs: number;
	readonly isAllDay: boolean;
}

/** @throws {ParameterError} where Graph answers times in a zone that nobody knows */
export function currentTimes({ start, end, isAllDay }: Event): CurrentTimes {
	const startMs =
		start && instantOfGraph({ dateTime: start.dateTime ?? '', timeZone: start.timeZone ?? 'UTC' });
	const endMs =
		end && instantOfGraph({ dateTime: end.dateTime ?? '', timeZone: end.timeZone ?? 'UTC' });
	if (startMs === undefined || startMs === null || endMs === undefined || endMs === null) {
		throw new ParameterError(
			'Changes',
			'the event has times in a time zone of its own making',
			'Give both its start and its end.',
		);
	}
	return {
		// All-day events are days, whatever zone they come in.
		start: isAllDay
			? { kind: 'local', text: (start?.dateTime ?? '').slice(0, 19) }
			: { kind: 'instant', ms: startMs },
		durationMs: endMs - startMs,
		isAllDay: isAllDay ?? false,
	};
}

const dayMs = 86_400_000;

/** The event's times after the changes; what they don't say stays, and so does the length. */
export function changedWhen(changes: Changes, zone: Zone, current?: CurrentTimes): When {
	const isAllDay = changes.isAllDay ?? current?.isAllDay ?? false;
	const start = changes.start ?? current?.start;
	if (!start) throw new ParameterError('Start', 'is empty', 'Add it to the changes.');
	const keepsKind = current?.isAllDay === isAllDay;
	const durationMs = keepsKind ? current.durationMs : undefined;
	if (isAllDay) {
		const { times } = allDayWhen(start, undefined, zone, { first: 'Start', last: 'End' });
		const lastMs =
			durationMs === undefined
				? undefined
				: Date.parse(`${times.start?.dateTime ?? ''}Z`) + durationMs - dayMs;
		const last = changes.end ?? (lastMs === undefined ? undefined : dayAt(lastMs));
		return allDayWhen(start, last, zone, { first: 'Start', last: 'End' });
	}
	const end =
		changes.end ??
		(durationMs === undefined
			? undefined
			: { kind: 'instant' as const, ms: instantOf(start, zone) + durationMs });
	return timedWhen(start, end, zone);
}

function dayAt(ms: number): EnteredTime {
	return { kind: 'local', text: new Date(ms).toISOString().slice(0, 19) };
}

/** The changes but for times and recurrence, as Graph takes them. */
export function plainChanges(changes: Changes): Event {
	const { subject, requiredAttendees, optionalAttendees, rooms } = changes;
	const people = { requiredAttendees, optionalAttendees, rooms };
	const changesPeople = Object.values(people).some((each) => each !== undefined);
	return {
		...(subject !== undefined && { subject }),
		...(changesPeople && {
			attendees: attendeesOf({
				...(requiredAttendees && { requiredAttendees }),
				...(optionalAttendees && { optionalAttendees }),
				...(rooms && { rooms }),
			}),
		}),
		...optionsOf(changes, rooms),
	};
}

/** An event's changes where its own properties don't matter, or where they are given. */
export function eventChanges(changes: Changes, zone: Zone, current?: CurrentTimes): Event {
	const { recurrenceRule: rule, isAllDay } = changes;
	const when = changesTimes(changes) ? changedWhen(changes, zone, current) : undefined;
	const start = when?.start ?? current?.start;
	return {
		...plainChanges(changes),
		...when?.times,
		...(isAllDay !== undefined && { isAllDay }),
		...(rule !== undefined && { recurrence: start ? recurrenceChange(rule, start, zone) : null }),
	};
}

/** Graph takes `null` to end a series. */
export function recurrenceChange(
	rule: string,
	start: EnteredTime,
	zone: Zone,
): GraphRecurrence | null {
	return isNoRule(rule) ? null : asGraph(recurrenceOfRule(rule, start, zone));
}
