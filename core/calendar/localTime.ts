import { type EnteredTime, instantOf, isoAt, type LocalDate, localTextAt } from '../time';
import { utc, type Zone, zoneOf } from './zone';

/** Graph's `dateTimeTimeZone`: a local time, and the zone that it is local to. */
export interface GraphTime {
	/** Without an offset, e.g. `2026-03-31T08:00:00` or with Graph's seven digits of a second. */
	readonly dateTime: string;
	readonly timeZone: string;
}

/**
 * A time as Graph takes it: local to the zone, so that a series keeps its hour when the clocks
 * change. The second of two equal local times has no local text of its own and goes as UTC.
 */
export function toGraphTime(time: EnteredTime, zone: Zone): GraphTime {
	return graphTimeAt(instantOf(time, zone), zone);
}

export function graphTimeAt(ms: number, zone: Zone): GraphTime {
	const text = localTextAt(ms, zone);
	if (instantOf({ kind: 'local', text }, zone) === Math.floor(ms / 1000) * 1000) {
		return { dateTime: text, timeZone: zone.name };
	}
	return { dateTime: localTextAt(ms, utc), timeZone: 'UTC' };
}

/** Midnight of a day, as all-day events begin and end. */
export function midnight(date: LocalDate, zone: Zone): GraphTime {
	return { dateTime: `${date}T00:00:00`, timeZone: zone.name };
}

/**
 * The point in time that Graph means, in milliseconds since 1970.
 * @returns `undefined` for a zone of neither IANA nor Windows, such as `tzone://Microsoft/Custom`
 */
export function instantOfGraph({ dateTime, timeZone }: GraphTime): number | undefined {
	const zone = zoneOf(timeZone);
	return zone && instantOf({ kind: 'local', text: dateTime.slice(0, 19) }, zone);
}

/** Graph's time as ISO 8601 with the offset of a zone, to the second; as Graph gave it where its zone is unknown. */
export function toIso(time: GraphTime, zone: Zone): string {
	const ms = instantOfGraph(time);
	return ms === undefined ? time.dateTime : isoAt(ms, zone);
}
