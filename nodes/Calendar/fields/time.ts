import { type EnteredTime, readTime } from '../../../core/time';
import { type Zone, zoneOf } from '../../../core/calendar/zone';
import { type Field, ParameterError } from '../../kit/field';
import { asText, show } from '../../kit/fields/rawValues';
import { text } from '../../kit/fields/values';

interface TimeOptions {
	readonly displayName: string;
	readonly description?: string;
	readonly required?: boolean;
}

/** A time that is local to a zone unless it has an offset; empty reads as `undefined`. */
export function time<const Name extends string>(
	name: Name,
	options: TimeOptions & { readonly required: true },
): Field<Name, EnteredTime>;
export function time<const Name extends string>(
	name: Name,
	options: TimeOptions,
): Field<Name, EnteredTime | undefined>;
export function time<const Name extends string>(
	name: Name,
	options: TimeOptions,
): Field<Name, EnteredTime | undefined> {
	const { displayName, required } = options;
	return {
		name,
		property: { ...options, name, type: 'dateTime', default: '' },
		read: (raw) => {
			if (raw === undefined || raw === null || raw === '') {
				if (required) throw new ParameterError(displayName, 'is empty');
				return undefined;
			}
			const entered = readTime(raw);
			if (entered) return entered;
			throw new ParameterError(
				displayName,
				`is ${show(raw)}, which is no date and time`,
				'Enter it like 2026-03-31T08:00:00, or with an offset like 2026-03-31T08:00:00+02:00.',
			);
		},
	};
}

/** A time zone by either of its names. Empty: the workflow's. */
export function zone<const Name extends string>(
	name: Name,
	options: { readonly displayName: string; readonly description: string },
): Field<Name, Zone> {
	const { displayName } = options;
	return {
		name,
		property: text(name, {
			...options,
			placeholder: 'e.g. Europe/Lisbon or GMT Standard Time',
		}).property,
		read: (raw, { timezone }) => {
			const entered = asText(raw, displayName).trim() || timezone;
			const found = zoneOf(entered);
			if (found) return found;
			throw new ParameterError(
				displayName,
				`is ${show(entered)}, which is no time zone`,
				'Enter an IANA name like Europe/Lisbon, or a Windows name like GMT Standard Time.',
			);
		},
	};
}

/** The zone of what the node answers. */
export const outputZoneField = zone('outputTimeZone', {
	displayName: 'Output Time Zone',
	description: "The zone of the times in the output. Empty: the workflow's zone.",
});

/** The zone of an event's own times. */
export const eventZoneField = zone('timeZone', {
	displayName: 'Time Zone',
	description:
		"The zone of the event, in which a series keeps its hour when the clocks change, and of times without an offset. Empty: the workflow's zone.",
});
