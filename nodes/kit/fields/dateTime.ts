import { type UtcTime, parseTime } from '../../../core/time';
import { type Field, ParameterError } from '../field';
import { show } from './rawValues';

/** A point in time, entered in the workflow's time zone; empty reads as `undefined`. */
export function dateTime<const Name extends string>(
	name: Name,
	options: { readonly displayName: string; readonly description?: string },
): Field<Name, UtcTime | undefined> {
	return {
		name,
		property: { ...options, name, type: 'dateTime', default: '' },
		read: (raw, { timezone }) => {
			if (raw === undefined || raw === null || raw === '') return undefined;
			const time = parseTime(raw, timezone);
			if (time === undefined) {
				throw new ParameterError(
					options.displayName,
					`is ${show(raw)}, which is no date and time`,
					"Enter it like 2026-03-31T08:00:00; without an offset it is in the workflow's time zone.",
				);
			}
			return time;
		},
	};
}
