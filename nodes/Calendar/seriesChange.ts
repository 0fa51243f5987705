import type { DateTimeTimeZone, Event } from '@microsoft/microsoft-graph-types';
import { addDays, dayNumber } from '../../core/calendar/dates';
import { type EnteredTime, dateOf, instantOf } from '../../core/time';
import type { Recurrence } from '../../core/calendar/recurrence';
import { moveSeries, splitSeries } from '../../core/calendar/series';
import type { Zone } from '../../core/calendar/zone';
import { type GraphPath, path } from '../../core/graph/path';
import type { GraphClient } from '../../core/graph/types';
import { AftermathError } from '../kit/aftermath';
import { type Changes, changedWhen, changesTimes, plainChanges, recurrenceChange } from './changes';
import { asGraph, transactionIdOf } from './eventBody';
import { type Series, copyOf } from './series';

/** Changes to a series, with the zone that their times were entered in. */
export interface SeriesChanges {
	readonly changes: Changes;
	readonly zone: Zone;
}

/** Times are read in the zone that they were entered in, and kept in the zone of the series. */
function changesFor({ changes, zone }: SeriesChanges, { times }: Series): Changes {
	const { start, end, isAllDay = times.isAllDay } = changes;
	// A day must stay the same day, an hour the same point in time.
	const fix = (time: EnteredTime): EnteredTime =>
		isAllDay
			? { kind: 'local', text: `${dateOf(time, zone)}T00:00:00` }
			: { kind: 'instant', ms: instantOf(time, zone) };
	return { ...changes, ...(start && { start: fix(start) }), ...(end && { end: fix(end) }) };
}

/**
 * Changes for a whole series, told from one of its occurrences: a new start moves all of them by
 * as many days, and to that hour.
 */
export function wholeSeriesChanges(series: Series, entered: SeriesChanges): Event {
	const changes = changesFor(entered, series);
	const { zone, recurrence, date, times } = series;
	const { recurrenceRule: rule, isAllDay } = changes;
	const occurrence = changedWhen(changes, zone, times);
	const toFirst = dayNumber(recurrence.range.startDate) - dayNumber(date);
	const start = shiftTime(occurrence.times.start, toFirst);
	const firstStart: EnteredTime = { kind: 'local', text: start.dateTime ?? '' };
	return {
		...plainChanges(changes),
		...(changesTimes(changes) && {
			start,
			end: shiftTime(occurrence.times.end, toFirst),
			recurrence: asGraph(moveSeries(recurrence, date, dateOf(occurrence.start, zone))),
		}),
		...(isAllDay !== undefined && { isAllDay }),
		...(rule !== undefined && { recurrence: recurrenceChange(rule, firstStart, zone) }),
	};
}

/** By days of the calendar, so that the hour stays when the clocks change in between. */
function shiftTime(time: DateTimeTimeZone | null | undefined, days: number): DateTimeTimeZone {
	const local = time?.dateTime ?? '';
	return { ...time, dateTime: addDays(local.slice(0, 10), days) + local.slice(10) };
}

interface SplitInput {
	readonly graph: GraphClient;
	readonly events: GraphPath;
	readonly itemKey: string;
	/** For the event that is answered. */
	readonly headers: Readonly<Record<string, string>>;
}

/**
 * Makes a new series of an occurrence and those after it, with the changes, and ends the old one
 * before it. The new one comes first: if that fails, nothing has happened.
 *
 * @returns the new series, or the old one where the occurrence is its first
 */
export async function changeFollowing(
	series: Series,
	entered: SeriesChanges,
	{ graph, events, itemKey, headers }: SplitInput,
): Promise<Event> {
	const { before, after } = splitSeries(series.recurrence, series.date);
	if (!before) {
		const body = wholeSeriesChanges(series, entered);
		return await graph.request<Event>({ method: 'PATCH', path: series.path, headers, body });
	}
	const body = followingSeries(series, after, entered);
	const created = await graph.request<Event>({
		method: 'POST',
		path: events,
		headers,
		body: { ...body, transactionId: transactionIdOf(itemKey, body) },
		repeatable: true,
	});
	try {
		await endSeries(graph, series.path, before);
	} catch (error) {
		throw await takeBack(graph, path`${events}/${created.id ?? ''}`, error);
	}
	return created;
}

function followingSeries(series: Series, after: Recurrence, entered: SeriesChanges): Event {
	const changes = changesFor(entered, series);
	const { zone, date, times } = series;
	const when = changedWhen(changes, zone, times);
	const { recurrenceRule: rule, isAllDay } = changes;
	return {
		...copyOf(series),
		...plainChanges(changes),
		...when.times,
		...(isAllDay !== undefined && { isAllDay }),
		recurrence:
			rule === undefined
				? asGraph(moveSeries(after, date, dateOf(when.start, zone)))
				: recurrenceChange(rule, when.start, zone),
	};
}

export async function endSeries(
	graph: GraphClient,
	series: GraphPath,
	before: Recurrence,
): Promise<void> {
	const recurrence = asGraph(before);
	await graph.request({ method: 'PATCH', path: series, body: { recurrence } });
}

async function takeBack(
	graph: GraphClient,
	created: GraphPath,
	cause: unknown,
): Promise<AftermathError> {
	try {
		await graph.request({ method: 'DELETE', path: created });
		return new AftermathError(cause, 'The series is as it was: the new one was deleted again.');
	} catch {
		return new AftermathError(
			cause,
			'The new series was created, but the old one could not be ended: its later occurrences are there twice. Delete one of the two.',
		);
	}
}
