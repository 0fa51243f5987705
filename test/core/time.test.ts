import { DateTime } from 'luxon';
import { inZone, parseTime } from '../../core/time';

describe('parseTime', () => {
	it.each([
		['2026-03-31T08:00:00', '2026-03-31T06:00:00Z'],
		['2026-01-31T08:00:00', '2026-01-31T07:00:00Z'],
		['2026-03-31 08:00:00', '2026-03-31T06:00:00Z'],
		['2026-03-31', '2026-03-30T22:00:00Z'],
		['2026-03-31T08:00:00.123-05:00', '2026-03-31T13:00:00Z'],
		[new Date('2026-03-31T08:00:00Z'), '2026-03-31T08:00:00Z'],
		[Date.UTC(2026, 2, 31, 8), '2026-03-31T08:00:00Z'],
		[DateTime.fromISO('2026-03-31T08:00:00Z', { zone: 'Asia/Tokyo' }), '2026-03-31T08:00:00Z'],
	])('reads %p in Berlin as %s', (value, utc) => {
		expect(parseTime(value, 'Europe/Berlin')).toBe(utc);
	});

	it.each(['yesterday', '', {}, null, Number.NaN])('takes %p for no time', (value) => {
		expect(parseTime(value, 'Europe/Berlin')).toBeUndefined();
	});
});

describe('inZone', () => {
	it('gives the offset of the zone at that time of the year', () => {
		expect(inZone('2026-01-31T07:00:00Z', 'Europe/Berlin')).toBe('2026-01-31T08:00:00+01:00');
		expect(inZone('2026-07-31T07:00:00.5Z', 'Asia/Kolkata')).toBe('2026-07-31T12:30:00.500+05:30');
	});

	it('leaves alone what is no time', () => {
		expect(inZone('soon', 'Europe/Berlin')).toBe('soon');
	});
});
