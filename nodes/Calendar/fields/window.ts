import { type EnteredTime, instantOf, utcText } from '../../../core/time';
import { utc, zoneOf } from '../../../core/calendar/zone';
import { ParameterError } from '../../kit/field';
import { time } from './time';

/** Between two times; those without an offset are in the workflow's zone. */
export const windowFields = [
	time('from', { displayName: 'From', required: true }),
	time('until', { displayName: 'Until', required: true }),
] as const;

/**
 * The two bounds in milliseconds since 1970.
 * @throws {ParameterError} for an end that isn't after the beginning
 */
export function windowOf(
	{ from, until }: { readonly from: EnteredTime; readonly until: EnteredTime },
	timezone: string,
): { readonly fromMs: number; readonly untilMs: number } {
	const zone = zoneOf(timezone) ?? utc;
	const fromMs = instantOf(from, zone);
	const untilMs = instantOf(until, zone);
	if (untilMs <= fromMs) throw new ParameterError('Until', 'is not after From');
	return { fromMs, untilMs };
}

/** As `calendarView` and `instances` take them. */
export function windowQuery(
	params: { readonly from: EnteredTime; readonly until: EnteredTime },
	timezone: string,
): { readonly startDateTime: string; readonly endDateTime: string } {
	const { fromMs, untilMs } = windowOf(params, timezone);
	return { startDateTime: utcText(fromMs), endDateTime: utcText(untilMs) };
}
