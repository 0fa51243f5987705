import { type Zone, utc, zoneOf } from '../../core/calendar/zone';
import type { HeaderMap } from '../../core/http/types';

interface ZoneInput {
	readonly timezone: string;
	readonly params: { readonly options: { readonly outputTimeZone?: Zone } };
}

/** The zone that was chosen for the output, or the workflow's: never silently UTC. */
export function outputZoneOf({ timezone, params }: ZoneInput): Zone {
	return params.options.outputTimeZone ?? zoneOf(timezone) ?? utc;
}

/** Without it Graph answers times in UTC. https://learn.microsoft.com/graph/api/user-list-events */
export function preferZone(
	zone: Pick<Zone, 'name'>,
	bodyType?: 'html' | 'text' | 'none',
): HeaderMap {
	const body = bodyType === 'text' ? ', outlook.body-content-type="text"' : '';
	return { prefer: `outlook.timezone="${zone.name}"${body}` };
}
