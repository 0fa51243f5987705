import { type GraphTime, graphTimeAt } from '../../../core/calendar/localTime';
import { type LocalDate, dateAt, instantOf, isoAt } from '../../../core/time';
import { type Zone, utc, zoneOf } from '../../../core/calendar/zone';
import { badRequest } from '../refused';

/** A point in time, in milliseconds since 1970. */
export type Ms = number;

export function knownZone(name: string): Zone {
	const zone = zoneOf(name);
	if (zone) return zone;
	throw badRequest(
		`A valid TimeZone value must be specified. The following TimeZone value is not supported: '${name}'.`,
		'TimeZoneNotSupportedException',
	);
}

/** @throws {RefusedError} Graph's 400 for a time or zone that can't be read */
export function msOf({ dateTime, timeZone }: GraphTime): Ms {
	const hasOffset = /(Z|[+-]\d\d:\d\d)$/.test(dateTime);
	const ms = hasOffset
		? Date.parse(dateTime)
		: instantOf({ kind: 'local', text: dateTime.slice(0, 19) }, knownZone(timeZone));
	if (!Number.isNaN(ms)) return ms;
	throw badRequest('The property value is not a valid date and time.', 'ErrorInvalidArgument');
}

/** As Graph writes times: local, with seven digits of the second. */
export function timeIn(ms: Ms, zone: Zone): GraphTime {
	const local = isoAt(ms, zone).slice(0, 19);
	return { dateTime: `${local}.0000000`, timeZone: zone.name };
}

/** All-day events are days, the same in every zone. */
export function dayIn(time: GraphTime, zone: Zone): GraphTime {
	return { dateTime: `${time.dateTime.slice(0, 10)}T00:00:00.0000000`, timeZone: zone.name };
}

/** The same local hour on another day. */
export function onDay(time: GraphTime, date: LocalDate): GraphTime {
	return { ...time, dateTime: date + time.dateTime.slice(10) };
}

export function dateOfTime(time: GraphTime, zone: Zone = knownZone(time.timeZone)): LocalDate {
	return dateAt(msOf(time), zone);
}

export const inZoneOf = (ms: Ms, time: GraphTime): GraphTime =>
	graphTimeAt(ms, zoneOf(time.timeZone) ?? utc);

/** A bound of a view: ISO 8601, UTC where it has no offset. */
export function boundOf(text: string | undefined): Ms | undefined {
	if (text === undefined) return undefined;
	const ms = Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`);
	if (Number.isNaN(ms)) throw badRequest('The DateTime value is invalid.', 'ErrorInvalidParameter');
	return ms;
}
