import {
	alignUp,
	confidenceOf,
	isWithin,
	type Schedule,
	slotsIn,
} from '../../../core/calendar/freeSlots';
import { zoneOf } from '../../../core/calendar/zone';

const startMs = Date.UTC(2026, 2, 2, 8);
const hourMs = 3_600_000;

function slots(schedules: Schedule[], durationMinutes = 60) {
	return [
		...slotsIn({
			schedules,
			startMs,
			endMs: startMs + 2 * hourMs,
			cellMinutes: 30,
			durationMinutes,
		}),
	];
}

describe('slots', () => {
	it('are as available as their worst half hour', () => {
		const found = slots([
			{ address: 'a', view: '0120' },
			{ address: 'b', view: '4430' },
		]);
		expect(found.map(({ availability }) => [...availability.values()])).toEqual([
			['tentative', 'free'],
			['busy', 'oof'],
			['busy', 'oof'],
		]);
		expect(found[1]?.startMs).toBe(startMs + hourMs / 2);
		expect(found[1]?.endMs).toBe(startMs + 1.5 * hourMs);
	});

	it('end within the search, and take the cell in which they end', () => {
		expect(slots([], 120)).toHaveLength(1);
		expect(slots([], 121)).toEqual([]);
		const [first] = slots([{ address: 'a', view: '0200' }], 45);
		expect(first?.availability.get('a')).toBe('busy');
	});

	it('are unknown where nothing is known', () => {
		const [first] = slots([{ address: 'a', view: '' }]);
		expect(first?.availability.get('a')).toBe('unknown');
	});

	it("have Microsoft's confidence", () => {
		// The example of https://learn.microsoft.com/graph/api/user-findmeetingtimes
		const [first] = slots([
			{ address: 'Dana', view: '0000' },
			{ address: 'John', view: '' },
			{ address: 'Samantha', view: '2222' },
		]);
		expect(first && confidenceOf(first)).toBeCloseTo(49.67, 2);
		expect(confidenceOf({ startMs, endMs: startMs, availability: new Map() })).toBe(100);
	});
});

describe('working hours', () => {
	const zone = zoneOf('America/New_York');
	if (!zone) throw new Error('America/New_York is unknown');
	const hours = { weekdays: [1, 2, 3, 4, 5], fromMinute: 9 * 60, untilMinute: 17 * 60, zone };
	const slot = (text: string, minutes = 60) => ({
		startMs: Date.parse(text),
		endMs: Date.parse(text) + minutes * 60_000,
		availability: new Map(),
	});

	it.each([
		// New York is at UTC-5 before 8 March 2026 and at UTC-4 after.
		['2026-03-06T14:00:00Z', true],
		['2026-03-06T13:30:00Z', false],
		['2026-03-09T13:00:00Z', true],
		['2026-03-09T20:00:00Z', true],
		['2026-03-09T20:30:00Z', false],
		['2026-03-07T15:00:00Z', false],
		['2026-03-09T03:00:00Z', false],
	])('%s is within: %p', (text, expected) => {
		expect(isWithin(slot(text), hours)).toBe(expected);
	});

	it('are always where none are known', () => {
		expect(isWithin(slot('2026-03-07T03:00:00Z'), undefined)).toBe(true);
	});
});

it('begins at the next full step', () => {
	expect(alignUp(startMs + 1, 30)).toBe(startMs + hourMs / 2);
	expect(alignUp(startMs, 30)).toBe(startMs);
});
