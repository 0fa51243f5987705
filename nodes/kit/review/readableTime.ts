/** A point in time for people to read, e.g. `24 Nov 2026, 09:30 (Europe/Berlin)`. */
export function readableTime(iso: string, timezone: string): string {
	const format = new Intl.DateTimeFormat('en-GB', {
		dateStyle: 'medium',
		timeStyle: 'short',
		timeZone: timezone,
	});
	return `${format.format(new Date(iso))} (${timezone})`;
}
