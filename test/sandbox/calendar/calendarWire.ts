import { type Json, type Wire, type WireAnswer, startWire, text } from '../graph/wire';

export const ana = 'ana@contoso.example';
export const ben = 'ben@contoso.example';
export const chloe = 'chloe@contoso.example';
export const room = 'room1@contoso.example';

const scopes =
	'Calendars.ReadWrite Calendars.ReadWrite.Shared Mail.ReadWrite Group.ReadWrite.All Place.Read.All';

export const at = (dateTime: string, timeZone = 'Europe/Berlin') => ({ dateTime, timeZone });
export const person = (address: string, type = 'required') => ({ type, emailAddress: { address } });
export const list = (answer: { body: Json }) => answer.body['value'] as unknown as Json[];

/** On 2 March 2026, a Monday, of Ana with Ben and Chloé. */
export const meeting = {
	subject: 'Planning',
	start: at('2026-03-02T09:00:00'),
	end: at('2026-03-02T10:00:00'),
	attendees: [person(ben), person(chloe)],
};

/** Five Mondays; the clocks change before the last. */
export const weekly = {
	pattern: { type: 'weekly', interval: 1, daysOfWeek: ['monday'], firstDayOfWeek: 'sunday' },
	range: { type: 'numbered', startDate: '2026-03-02', numberOfOccurrences: 5 },
};

export interface CalendarWire {
	readonly wire: Wire;
	as(
		who: string,
		method: string,
		path: string,
		body?: unknown,
		headers?: Readonly<Record<string, string>>,
	): Promise<WireAnswer>;
	/** The meeting with these changes. @returns its id */
	create(extra?: Readonly<Record<string, unknown>>, organizer?: string): Promise<string>;
	/** What somebody has in March and April 2026, in the zone's times. */
	view(who: string, zone?: string): Promise<Json[]>;
	inbox(who: string): Promise<Json[]>;
	/** The id of the one event that somebody has. */
	copyOf(who: string): Promise<string>;
}

export async function startCalendarWire(): Promise<CalendarWire> {
	const wire = await startWire();
	const as: CalendarWire['as'] = async (who, method, path, body, headers = {}) =>
		await wire.send(method, path, {
			token: wire.token({ upn: who, scopes }),
			headers,
			...(body !== undefined && { body }),
		});
	return {
		wire,
		as,
		create: async (extra = {}, organizer = ana) => {
			const answer = await as(organizer, 'POST', '/me/events', { ...meeting, ...extra });
			if (answer.status !== 201) throw new Error(answer.text);
			return text(answer.body['id']);
		},
		view: async (who, zone = 'Europe/Berlin') =>
			list(
				await as(
					who,
					'GET',
					'/me/calendarView?startDateTime=2026-03-01T00:00:00Z&endDateTime=2026-05-01T00:00:00Z&$top=100',
					undefined,
					{ prefer: `outlook.timezone="${zone}"` },
				),
			),
		inbox: async (who) => list(await as(who, 'GET', '/me/messages?$top=50')),
		copyOf: async (who) => text(list(await as(who, 'GET', '/me/events'))[0]?.['id']),
	};
}
