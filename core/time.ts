import type * as Luxon from 'luxon';
import type { Zone } from './calendar/zone';

/** A point in time as Graph takes it in filters: UTC, whole seconds, e.g. `2026-03-01T08:00:00Z`. */
export type UtcTime = string;

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

function luxon(): typeof Luxon.DateTime {
	// At first use: luxon takes a good part of the time that n8n needs to load the package.
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- `import()` would make every time asynchronous
	return (require('luxon') as typeof Luxon).DateTime;
}

/**
 * Reads what forms and expressions answer for a time. Text without an offset is local to `zone`.
 *
 * @param zone IANA name
 * @returns `undefined` for what is no time
 */
export function parseTime(value: unknown, zone: string): UtcTime | undefined {
	const ms = parsedMs(plain(value), zone);
	return ms === undefined || !Number.isFinite(ms) ? undefined : utcText(ms);
}

function parsedMs(value: unknown, zone: string): number | undefined {
	if (value instanceof Date) return value.getTime();
	if (typeof value === 'number') return value;
	return typeof value === 'string' ? fromText(value.trim(), zone).toMillis() : undefined;
}

/** A luxon DateTime, which `instanceof` doesn't know where it is of n8n's own copy of the library, as text. */
function plain(value: unknown): unknown {
	const isDateTime = typeof value === 'object' && value !== null && 'toISO' in value;
	return isDateTime ? String((value as { toISO(): unknown }).toISO()) : value;
}

function fromText(text: string, zone: string): Luxon.DateTime {
	const iso = luxon().fromISO(text, { zone });
	return iso.isValid ? iso : luxon().fromSQL(text, { zone });
}

/** A time of Graph (ISO 8601, UTC) as ISO 8601 with the zone's offset; what is no time stays as it is. */
export function inZone(time: string, zone: string): string {
	const local = luxon().fromISO(time, { zone: 'utc' }).setZone(zone);
	return local.toISO({ suppressMilliseconds: true }) ?? time;
}

/**
 * Reads what forms and expressions answer for a time: ISO 8601 or SQL text, a Date, a luxon
 * DateTime or milliseconds since 1970.
 *
 * @returns `undefined` for what is no time
 */
export function readTime(entered: unknown): EnteredTime | undefined {
	const value = plain(entered);
	if (value instanceof Date) return instant(value.getTime());
	if (typeof value === 'number') return instant(value);
	return typeof value === 'string' ? readText(value.trim()) : undefined;
}

function instant(ms: number): EnteredTime | undefined {
	return Number.isFinite(ms) ? { kind: 'instant', ms } : undefined;
}

function readText(text: string): EnteredTime | undefined {
	if (!/^\d{4}-?\d\d/.test(text)) return undefined;
	// Parsed in two zones, a text with an offset is one instant, and one without is two.
	const here = fromText(text, 'UTC');
	const there = fromText(text, 'UTC+1');
	if (!here.isValid || !there.isValid) return undefined;
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
	return firstOf(luxon().fromISO(time.text, { zone: zone.iana })).toMillis();
}

/** Luxon says nothing about which of two equal local times it takes. */
function firstOf(time: Luxon.DateTime): Luxon.DateTime {
	return time.getPossibleOffsets().reduce((first, each) => (each < first ? each : first), time);
}

function local(ms: number, zone: Zone): Luxon.DateTime {
	return luxon().fromMillis(ms, { zone: zone.iana });
}

/** The local time in a zone, without an offset, e.g. `2026-03-31T08:00:00`. */
export function localTextAt(ms: number, zone: Zone): string {
	return local(ms, zone).toFormat(localFormat);
}

/** The day that a time falls on in a zone. */
export function dateOf(time: EnteredTime, zone: Zone): LocalDate {
	return time.kind === 'local' ? time.text.slice(0, 10) : dateAt(time.ms, zone);
}

export function dateAt(ms: number, zone: Zone): LocalDate {
	return local(ms, zone).toFormat('yyyy-MM-dd');
}

/** ISO 8601 with the offset of a zone, to the second where it is a whole one. */
export function isoAt(ms: number, zone: Zone): string {
	return local(ms, zone).toISO({ suppressMilliseconds: true }) ?? '';
}

/** Minutes since midnight, and the day of the week (0 is Sunday), in a zone. */
export function clockAt(
	ms: number,
	zone: Zone,
): { readonly minute: number; readonly weekday: number } {
	const { hour, minute, weekday } = local(ms, zone);
	return { minute: hour * 60 + minute, weekday: weekday % 7 };
}

/** UTC to the second, as `calendarView` takes its bounds, e.g. `2026-03-31T08:00:00Z`. */
export function utcText(ms: number): UtcTime {
	return luxon().fromMillis(ms, { zone: 'utc' }).toFormat(`${localFormat}'Z'`);
}
