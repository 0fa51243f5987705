import { DateTime } from 'luxon';
import { type Zone, zoneOf } from './zone';

/** Graph's `dateTimeTimeZone`: a local time, and the zone that it is local to. */
export interface GraphTime {
	/** Without an offset, e.g. `2026-03-31T08:00:00` or with Graph's seven digits of a second. */
	readonly dateTime: string;
	readonly timeZone: string;
}

/** A day, e.g. `2026-03-31`. */
export type LocalDate = string;

/**
 * A time as somebody entered it: with an offset it is a point in time, without one it is local to
 * a zone that is known only later.
 */
export type EnteredTime =
	| { readonly kind: 'local'; readonly text: string }
	| { readonly kind: 'instant'; readonly ms: number };

const localFormat = "yyyy-MM-dd'T'HH:mm:ss";

/**
 * Reads what forms and expressions answer for a time: ISO 8601 or SQL text, a Date, a luxon
 * DateTime or milliseconds since 1970.
 *
 * @returns `undefined` for what is no time
 */
export function readTime(value: unknown): EnteredTime | undefined {
	if (value instanceof Date) return instant(value.getTime());
	if (typeof value === 'number') return instant(value);
	// A luxon DateTime may come from another copy of the library, which `instanceof` doesn't know.
	if (typeof value === 'object' && value !== null && 'toISO' in value) {
		return readTime(String((value as { toISO(): unknown }).toISO()));
	}
	return typeof value === 'string' ? readText(value.trim()) : undefined;
}

function instant(ms: number): EnteredTime | undefined {
	return Number.isFinite(ms) ? { kind: 'instant', ms } : undefined;
}

function readText(text: string): EnteredTime | undefined {
	if (!/^\d{4}-?\d\d/.test(text)) return undefined;
	// Parsed in two zones, a text with an offset is one instant, and one without is two.
	const [here, there] = ['UTC', 'UTC+1'].map((zone) => {
		const iso = DateTime.fromISO(text, { zone });
		return iso.isValid ? iso : DateTime.fromSQL(text, { zone });
	});
	if (!here?.isValid || !there?.isValid) return undefined;
	return here.toMillis() === there.toMillis()
		? instant(here.toMillis())
		: { kind: 'local', text: here.toFormat(localFormat) };
}

/**
 * The point in time, in milliseconds since 1970. A local time that the clocks skip is read with
 * the offset from before the gap, one that they repeat is its first occurrence (RFC 5545, 3.3.5).
 */
export function instantOf(time: EnteredTime, zone: Zone): number {
	if (time.kind === 'instant') return time.ms;
	return firstOf(DateTime.fromISO(time.text, { zone: zone.iana })).toMillis();
}

/** Luxon says nothing about which of two equal local times it takes. */
function firstOf(time: DateTime): DateTime {
	return time.getPossibleOffsets().reduce((first, each) => (each < first ? each : first), time);
}

/**
 * A time as Graph takes it: local to the zone, so that a series keeps its hour when the clocks
 * change. The second of two equal local times has no local text of its own and goes as UTC.
 */
export function toGraphTime(time: EnteredTime, zone: Zone): GraphTime {
	return graphTimeAt(instantOf(time, zone), zone);
}

export function graphTimeAt(ms: number, zone: Zone): GraphTime {
	const local = DateTime.fromMillis(ms, { zone: zone.iana });
	const text = local.toFormat(localFormat);
	if (instantOf({ kind: 'local', text }, zone) === local.startOf('second').toMillis()) {
		return { dateTime: text, timeZone: zone.name };
	}
	return { dateTime: local.toUTC().toFormat(localFormat), timeZone: 'UTC' };
}

/** The day that a time falls on in a zone. */
export function dateOf(time: EnteredTime, zone: Zone): LocalDate {
	return time.kind === 'local' ? time.text.slice(0, 10) : dateAt(time.ms, zone);
}

export function dateAt(ms: number, zone: Zone): LocalDate {
	return DateTime.fromMillis(ms, { zone: zone.iana }).toFormat('yyyy-MM-dd');
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

export function isoAt(ms: number, zone: Zone): string {
	const local = DateTime.fromMillis(ms, { zone: zone.iana });
	return local.toISO({ suppressMilliseconds: true }) ?? '';
}

/** Minutes since midnight, and the day of the week (0 is Sunday), in a zone. */
export function clockAt(
	ms: number,
	zone: Zone,
): { readonly minute: number; readonly weekday: number } {
	const local = DateTime.fromMillis(ms, { zone: zone.iana });
	return { minute: local.hour * 60 + local.minute, weekday: local.weekday % 7 };
}

/** UTC to the second, as `calendarView` takes its bounds, e.g. `2026-03-31T08:00:00Z`. */
export function utcText(ms: number): string {
	return DateTime.fromMillis(ms, { zone: 'utc' }).toFormat(`${localFormat}'Z'`);
}
