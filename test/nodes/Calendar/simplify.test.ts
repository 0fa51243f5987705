import { simplifyEvent } from '../../../nodes/Calendar/simplify';

const tokyo = { name: 'Asia/Tokyo', iana: 'Asia/Tokyo' };
const utcTime = (dateTime: string) => ({ dateTime, timeZone: 'UTC' });

it.each([
	['as days', 'UTC', '2026-05-04T00:00:00.0000000', '2026-05-07T00:00:00.0000000'],
	[
		'in another zone',
		'Europe/Berlin',
		'2026-05-03T22:00:00.0000000',
		'2026-05-06T22:00:00.0000000',
	],
])(
	'gives the days of an all-day event that comes %s',
	(_how, originalStartTimeZone, start, end) => {
		const event = {
			isAllDay: true,
			originalStartTimeZone,
			start: utcTime(start),
			end: utcTime(end),
		};
		expect(simplifyEvent(event, tokyo)).toMatchObject({ start: '2026-05-04', end: '2026-05-06' });
	},
);

it('reads an event that has next to nothing', () => {
	expect(simplifyEvent({ id: 'AAMk' }, tokyo)).toMatchObject({
		id: 'AAMk',
		start: '',
		end: '',
		attendees: [],
		recurrenceRule: '',
		createdDateTime: '',
	});
});

it('leaves the rule empty for a pattern that nobody knows, and gives the rest', () => {
	const recurrence = { pattern: { type: 'lunar' }, range: { startDate: '2026-03-02' } } as never;
	expect(simplifyEvent({ subject: 'Moon', recurrence }, tokyo)).toMatchObject({
		subject: 'Moon',
		recurrenceRule: '',
	});
});
