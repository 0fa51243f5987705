import type { ScheduleInformation } from '@microsoft/microsoft-graph-types';
import type { Schedule, WorkingHours } from '../../core/calendar/freeSlots';
import { graphTimeAt } from '../../core/calendar/localTime';
import { weekdays } from '../../core/calendar/recurrence';
import { type Zone, utc, zoneOf } from '../../core/calendar/zone';
import { type GraphPath, path } from '../../core/graph/path';
import type { GraphClient, GraphRequest } from '../../core/graph/types';
import { ParameterError } from '../kit/field';
import { preferZone } from './outputZone';

/** https://learn.microsoft.com/graph/outlook-get-free-busy-schedule#limits-and-error-conditions */
const largestGroup = 20;
export const longestDays = 62;

export interface ScheduleQuery {
	readonly mailbox: GraphPath;
	readonly addresses: readonly string[];
	readonly fromMs: number;
	readonly untilMs: number;
	/** Minutes a digit of the view. */
	readonly intervalMinutes: number;
	/** Of the answer's times. */
	readonly zone: Zone;
}

/**
 * The schedules of any number of people and rooms, in their order.
 * @throws {ParameterError} for a time that is longer than Exchange looks up
 */
export async function readSchedules(
	graph: GraphClient,
	query: ScheduleQuery,
): Promise<ScheduleInformation[]> {
	if (query.untilMs - query.fromMs >= longestDays * 86_400_000) {
		throw new ParameterError(
			'Until',
			`is ${longestDays} days or more after From; Exchange looks up less`,
		);
	}
	const requests: GraphRequest[] = [];
	for (let first = 0; first < query.addresses.length; first += largestGroup) {
		requests.push(scheduleRequest(query, query.addresses.slice(first, first + largestGroup)));
	}
	const [only] = requests;
	if (only && requests.length === 1) {
		return (await graph.request<{ value: ScheduleInformation[] }>(only)).value;
	}
	const outcomes = await graph.batch<{ value: ScheduleInformation[] }>(requests);
	return outcomes.flatMap((outcome) => {
		if (!outcome.ok) throw outcome.error;
		return outcome.body.value;
	});
}

function scheduleRequest(query: ScheduleQuery, schedules: readonly string[]): GraphRequest {
	const { mailbox, fromMs, untilMs, intervalMinutes, zone } = query;
	return {
		method: 'POST',
		path: path`${mailbox}/calendar/getSchedule`,
		headers: preferZone(zone),
		body: {
			schedules,
			startTime: graphTimeAt(fromMs, zone),
			endTime: graphTimeAt(untilMs, zone),
			availabilityViewInterval: intervalMinutes,
		},
		// It only reads.
		repeatable: true,
	};
}

/** @param zone for working hours in a time zone of somebody's own making */
export function scheduleOf(information: ScheduleInformation, zone: Zone): Schedule {
	const { scheduleId, availabilityView, workingHours } = information;
	const hours = workingHours && workingHoursOf(workingHours, zone);
	return {
		address: scheduleId ?? '',
		view: availabilityView ?? '',
		...(hours && { workingHours: hours }),
	};
}

function workingHoursOf(
	hours: NonNullable<ScheduleInformation['workingHours']>,
	zone: Zone,
): WorkingHours | undefined {
	const { daysOfWeek, startTime, endTime, timeZone } = hours;
	if (!daysOfWeek || !startTime || !endTime) return undefined;
	return {
		weekdays: daysOfWeek.map((day) => weekdays.indexOf(day)),
		fromMinute: minuteOf(startTime),
		untilMinute: minuteOf(endTime),
		zone: (timeZone?.name ? zoneOf(timeZone.name) : undefined) ?? zone ?? utc,
	};
}

function minuteOf(time: string): number {
	const [hours = 0, minutes = 0] = time.split(':').map(Number);
	return hours * 60 + minutes;
}

/** The addresses that Exchange knew nothing of, with its reasons. */
export function scheduleProblems(informations: readonly ScheduleInformation[]): string[] {
	return informations.flatMap(({ scheduleId, error }) =>
		error ? [`${scheduleId ?? ''} (${error.responseCode ?? error.message ?? 'unknown'})`] : [],
	);
}
