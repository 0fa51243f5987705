import {
	backoffMs,
	nextDelayMs,
	parseRetryAfterMs,
	RETRY_LIMITS,
} from '../../../core/http/retryTiming';

const NOW_MS = Date.UTC(2026, 0, 1, 12, 0, 0);

describe('parseRetryAfterMs', () => {
	it.each([
		['7', 7_000],
		['0', 0],
		['1.5', 1_500],
		[' 315 ', 315_000],
		['Thu, 01 Jan 2026 12:00:30 GMT', 30_000],
		['Thu, 01 Jan 2026 11:59:00 GMT', 0],
		['soon', undefined],
		['-3', undefined],
		['2026-01-01', undefined],
		['', undefined],
		[undefined, undefined],
	])('reads %p as %p ms', (value, expected) => {
		expect(parseRetryAfterMs(value, NOW_MS)).toBe(expected);
	});
});

describe('backoffMs', () => {
	it('doubles its ceiling up to the cap', () => {
		const ceilings = [1, 2, 3, 6, 9].map((attempt) => backoffMs(attempt, RETRY_LIMITS, () => 1));
		expect(ceilings).toEqual([1_000, 2_000, 4_000, 30_000, 30_000]);
	});

	it('is a random part of its ceiling', () => {
		expect(backoffMs(3, RETRY_LIMITS, () => 0.25)).toBe(1_000);
	});
});

describe('nextDelayMs', () => {
	const half = () => 0.5;
	const first = { attempt: 1, waitedMs: 0, retryAfterMs: undefined };

	it('backs off where the server asked for nothing, or for no time at all', () => {
		expect(nextDelayMs(first, RETRY_LIMITS, half)).toBe(500);
		expect(nextDelayMs({ ...first, retryAfterMs: 0 }, RETRY_LIMITS, half)).toBe(500);
	});

	it('honours 315 seconds, but not for longer in all than the limit', () => {
		const asked = { ...first, retryAfterMs: 315_000 };
		expect(nextDelayMs(asked, RETRY_LIMITS, half)).toBe(315_000);
		expect(nextDelayMs({ ...asked, waitedMs: 285_000 }, RETRY_LIMITS, half)).toBe(315_000);
		expect(nextDelayMs({ ...asked, waitedMs: 285_001 }, RETRY_LIMITS, half)).toBeUndefined();
	});

	it('ends with the last attempt', () => {
		const last = { ...first, attempt: RETRY_LIMITS.maxAttempts };
		expect(nextDelayMs(last, RETRY_LIMITS, half)).toBeUndefined();
	});
});
