/** Ids as Exchange's look: opaque, URL-safe base64 with padding. */
const prefix = 'AAMkAGI2NGVhZTVlLTI1OGMtNDI4';

const kinds = { calendar: 'K', event: 'E', occurrence: 'O', permission: 'P' } as const;

export type CalendarIdKind = keyof typeof kinds;

export function writeId(kind: CalendarIdKind, ...parts: ReadonlyArray<string | number>): string {
	const text = kinds[kind] + parts.join('|');
	return prefix + Buffer.from(text.padEnd(30, '_')).toString('base64url');
}

/** @returns the id's parts, `undefined` for another kind of id */
export function readId(kind: CalendarIdKind, id: string): string[] | undefined {
	if (!id.startsWith(prefix)) return undefined;
	const text = Buffer.from(id.slice(prefix.length), 'base64url').toString('utf8');
	return text.startsWith(kinds[kind]) ? text.slice(1).replace(/_+$/, '').split('|') : undefined;
}

/** What an event's version is called in `changeKey`. */
export function changeKeyOf({ serial, version }: Versioned): string {
	return Buffer.from(`CQAAABYAE${serial}.${version}`).toString('base64');
}

export function etagOf(event: Versioned): string {
	return `W/"${changeKeyOf(event)}"`;
}

interface Versioned {
	readonly serial: number;
	readonly version: number;
}
