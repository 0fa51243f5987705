import { DateTime } from 'luxon';

/** A point in time as Graph takes it in filters: UTC, whole seconds, e.g. `2026-03-01T08:00:00Z`. */
export type UtcTime = string;

/**
 * Reads what forms and expressions answer for a time. Text without an offset is local to `zone`.
 *
 * @param zone IANA name
 * @returns `undefined` for what is no time
 */
export function parseTime(value: unknown, zone: string): UtcTime | undefined {
	const time = toDateTime(value, zone);
	return time?.isValid ? time.toUTC().toFormat("yyyy-MM-dd'T'HH:mm:ss'Z'") : undefined;
}

function toDateTime(value: unknown, zone: string): DateTime | undefined {
	if (value instanceof Date) return DateTime.fromJSDate(value);
	if (typeof value === 'number') return DateTime.fromMillis(value);
	if (typeof value === 'string') return fromText(value.trim(), zone);
	// A luxon DateTime of n8n's own copy of the library, which `instanceof` doesn't know.
	if (typeof value === 'object' && value !== null && 'toISO' in value) {
		return fromText(String((value as { toISO(): unknown }).toISO()), zone);
	}
	return undefined;
}

function fromText(text: string, zone: string): DateTime {
	const iso = DateTime.fromISO(text, { zone });
	return iso.isValid ? iso : DateTime.fromSQL(text, { zone });
}

/** A time of Graph (ISO 8601, UTC) as ISO 8601 with the zone's offset; what is no time stays as it is. */
export function inZone(time: string, zone: string): string {
	const local = DateTime.fromISO(time, { zone: 'utc' }).setZone(zone);
	return local.toISO({ suppressMilliseconds: true }) ?? time;
}
