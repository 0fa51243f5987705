import { windowsZones } from './windowsZones';

/** A time zone by the two names that Microsoft 365 goes by. */
export interface Zone {
	/** As Graph takes and answers it: the Windows or IANA name that was given. */
	readonly name: string;
	/** The IANA name, by which time is reckoned. */
	readonly iana: string;
}

export const utc: Zone = { name: 'UTC', iana: 'UTC' };

const windowsNames = new Map(Object.keys(windowsZones).map((name) => [name.toLowerCase(), name]));

/** UTC, also as Exchange names it for events from other calendars. */
const exchangeNames: Readonly<Record<string, string>> = {
	utc: 'UTC',
	'tzone://microsoft/utc': 'UTC',
	'coordinated universal time': 'UTC',
};

/**
 * @param name IANA (`Europe/Lisbon`) or Windows (`GMT Standard Time`), in any case
 * @returns `undefined` for a name that is neither
 */
export function zoneOf(name: string): Zone | undefined {
	const trimmed = name.trim();
	const known = exchangeNames[trimmed.toLowerCase()];
	if (known !== undefined) return { name: known, iana: known };
	const windowsName = windowsNames.get(trimmed.toLowerCase());
	const windowsIana = windowsName !== undefined ? windowsZones[windowsName] : undefined;
	if (windowsName !== undefined && windowsIana !== undefined) {
		return { name: windowsName, iana: windowsIana };
	}
	// Newer JavaScript engines take offsets such as +02:00 for zones; Graph does not.
	if (!/^[a-z]/i.test(trimmed) || !isIana(trimmed)) return undefined;
	return { name: trimmed, iana: trimmed };
}

function isIana(name: string): boolean {
	try {
		new Intl.DateTimeFormat('en', { timeZone: name });
		return true;
	} catch {
		return false;
	}
}
