import { findIana, findWindows } from 'windows-iana';
import { graphTimeAt, instantOfGraph, toGraphTime, toIso } from '../../../core/calendar/localTime';
import { dateAt, dateOf, instantOf, isoAt, readTime } from '../../../core/time';
import { windowsZones } from '../../../core/calendar/windowsZones';
import { type Zone, zoneOf } from '../../../core/calendar/zone';

function zone(name: string): Zone {
	const found = zoneOf(name);
	if (!found) throw new Error(`${name} is unknown`);
	return found;
}

const lisbon = zone('Europe/Lisbon');

function time(value: unknown) {
	const read = readTime(value);
	if (!read) throw new Error('no time was read');
	return read;
}

const inLisbon = (text: string) => toGraphTime(time(text), lisbon);

describe('time zones', () => {
	it('has the Windows zones of CLDR', () => {
		for (const [windowsName, iana] of Object.entries(windowsZones)) {
			expect([windowsName, findIana(windowsName, '001')[0]]).toEqual([windowsName, iana]);
		}
		const known = Intl.supportedValuesOf('timeZone').flatMap((each) => findWindows(each) ?? []);
		expect([...new Set(known)].filter((each) => !(each in windowsZones))).toEqual([]);
	});

	it('takes either name and keeps it', () => {
		expect(zoneOf('Europe/Lisbon')).toEqual({ name: 'Europe/Lisbon', iana: 'Europe/Lisbon' });
		expect(zoneOf(' w. europe standard time ')).toEqual({
			name: 'W. Europe Standard Time',
			iana: 'Europe/Berlin',
		});
		expect(zoneOf('tzone://Microsoft/Utc')?.iana).toBe('UTC');
	});

	it.each(['', 'Lisbon', '+02:00', 'Customized Time Zone'])('knows no zone %p', (name) => {
		expect(zoneOf(name)).toBeUndefined();
	});
});

describe('entered times', () => {
	it('are local without an offset, and instants with one', () => {
		expect(readTime('2026-03-31T08:00')).toEqual({ kind: 'local', text: '2026-03-31T08:00:00' });
		expect(readTime('2026-03-31')).toEqual({ kind: 'local', text: '2026-03-31T00:00:00' });
		expect(readTime('2026-03-31 08:00:00')).toEqual({ kind: 'local', text: '2026-03-31T08:00:00' });
		const ms = Date.UTC(2026, 2, 31, 6);
		for (const value of [
			'2026-03-31T08:00:00+02:00',
			'2026-03-31T06:00:00.000Z',
			new Date(ms),
			ms,
		]) {
			expect(readTime(value)).toEqual({ kind: 'instant', ms });
		}
		// A luxon DateTime, of whatever copy of the library.
		expect(readTime({ toISO: () => '2026-03-31T08:00:00.000+02:00' })).toEqual({
			kind: 'instant',
			ms,
		});
	});

	it.each(['tomorrow', '', '2026-13-01', NaN, {}, true, null])('knows no time in %p', (value) => {
		expect(readTime(value)).toBeUndefined();
	});
});

describe("Graph's times when the clocks change", () => {
	it('keeps local times local', () => {
		expect(inLisbon('2026-03-31T08:00:00')).toEqual({
			dateTime: '2026-03-31T08:00:00',
			timeZone: 'Europe/Lisbon',
		});
		expect(inLisbon('2026-03-31T08:00:00Z').dateTime).toBe('2026-03-31T09:00:00');
		expect(inLisbon('2026-02-28T08:00:00Z').dateTime).toBe('2026-02-28T08:00:00');
	});

	it('reads a time that the clocks skip with the offset from before', () => {
		// Lisbon skips from 01:00 to 02:00 on 29 March 2026.
		expect(inLisbon('2026-03-29T01:30:00').dateTime).toBe('2026-03-29T02:30:00');
		expect(isoAt(instantOf(time('2026-03-29T01:30:00'), lisbon), lisbon)).toBe(
			'2026-03-29T02:30:00+01:00',
		);
	});

	it('reads a time that the clocks repeat as its first, and keeps the second apart', () => {
		// Lisbon repeats 01:00 to 02:00 on 25 October 2026.
		expect(instantOf(time('2026-10-25T01:30:00'), lisbon)).toBe(Date.UTC(2026, 9, 25, 0, 30));
		expect(inLisbon('2026-10-25T00:30:00Z')).toEqual({
			dateTime: '2026-10-25T01:30:00',
			timeZone: 'Europe/Lisbon',
		});
		expect(inLisbon('2026-10-25T01:30:00Z')).toEqual({
			dateTime: '2026-10-25T01:30:00',
			timeZone: 'UTC',
		});
	});

	it.each([
		['Europe/Lisbon', '2026-03-29T01:00:00Z'],
		['Europe/Lisbon', '2026-10-25T01:00:00Z'],
		['America/New_York', '2026-03-08T07:00:00Z'],
		['America/New_York', '2026-11-01T06:00:00Z'],
		['Australia/Lord_Howe', '2026-04-04T15:00:00Z'],
		['Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
		['Asia/Kathmandu', '2026-06-01T00:00:00Z'],
	])('every minute around %s %s comes back the same', (name, change) => {
		const around = zone(name);
		const strayed: string[] = [];
		for (let minute = -180; minute <= 180; minute++) {
			const ms = Date.parse(change) + minute * 60_000;
			if (instantOfGraph(graphTimeAt(ms, around)) !== ms) strayed.push(new Date(ms).toISOString());
		}
		expect(strayed).toEqual([]);
	});
});

describe("Graph's answers", () => {
	it('become ISO with the offset of the zone, from either name', () => {
		const answer = { dateTime: '2026-07-01T09:30:00.0000000', timeZone: 'GMT Standard Time' };
		expect(toIso(answer, lisbon)).toBe('2026-07-01T09:30:00+01:00');
		expect(toIso(answer, zone('Asia/Tokyo'))).toBe('2026-07-01T17:30:00+09:00');
	});

	it("stay as they are where the zone is of somebody's own making", () => {
		const answer = {
			dateTime: '2026-07-01T09:30:00.0000000',
			timeZone: 'tzone://Microsoft/Custom',
		};
		expect(toIso(answer, lisbon)).toBe('2026-07-01T09:30:00.0000000');
	});
});

it('knows the day of a time in its zone', () => {
	expect(dateOf(time('2026-03-31T23:30:00Z'), lisbon)).toBe('2026-04-01');
	expect(dateOf(time('2026-03-31T23:30:00'), lisbon)).toBe('2026-03-31');
	expect(dateAt(Date.UTC(2026, 2, 31, 23, 30), zone('America/New_York'))).toBe('2026-03-31');
});
