import { createLedger } from '../../../core/changes/ledger';
import type { LedgerEntry } from '../../../core/changes/types';

const entry = (key: string): LedgerEntry => ({
	key,
	source: 'inbox',
	change: { id: key, version: '', at: '2026-01-01T00:00:00Z', item: {} },
	intendedAt: 0,
});

test('knows what was handed over, what is about to be, and what needs no run', () => {
	const ledger = createLedger({ seen: ['a'], intents: [entry('b')] });
	ledger.pass('c');
	expect(['a', 'b', 'c', 'd'].map((key) => ledger.has(key))).toEqual([true, true, true, false]);
	expect(ledger.intents().map(({ key }) => key)).toEqual(['b']);
	ledger.confirm('b');
	expect(ledger.intents()).toEqual([]);
	expect(ledger.has('b')).toBe(true);
});

test('what was never intended can not be confirmed into it', () => {
	const ledger = createLedger();
	ledger.confirm('a');
	expect(ledger.has('a')).toBe(false);
});

test('forgets the oldest beyond its capacity, at the end of a round', () => {
	const ledger = createLedger({ seen: ['a', 'b', 'c', 'd'] }, 2);
	ledger.endRound();
	expect(ledger.seen()).toEqual(['a', 'b', 'c', 'd']);
	ledger.endRound();
	expect(ledger.seen()).toEqual(['c', 'd']);
});

test('keeps what a source answers again each time, however much it is', () => {
	const keys = Array.from({ length: 50 }, (_, index) => `k${index}`);
	const ledger = createLedger({}, 2);
	for (let round = 0; round < 5; round++) {
		for (const key of keys) if (!ledger.has(key)) ledger.pass(key);
		ledger.endRound();
	}
	expect(ledger.seen()).toHaveLength(50);
	ledger.pass('new');
	ledger.endRound();
	expect(ledger.seen()).toEqual(['k49', 'new']);
});

test('goes through JSON', () => {
	const ledger = createLedger({ seen: ['a'], intents: [entry('b')] });
	const stored = JSON.parse(JSON.stringify({ seen: ledger.seen(), intents: ledger.intents() }));
	const again = createLedger(stored as { seen: string[]; intents: LedgerEntry[] });
	expect([again.seen(), again.intents()]).toEqual([['a'], [entry('b')]]);
});
