import type { LedgerEntry, TriggerState } from './types';

/** Far more than a source answers twice; a busy window source answers more, see `endRound`. */
const defaultCapacity = 1_000;

/** What was handed over, and what is about to be. Pure bookkeeping: it stores nothing itself. */
export interface Ledger {
	/** Whether it was or is being handed over, or needs no run. Also marks it as still answered. */
	has(key: string): boolean;
	/** Needs no run, now or later: it doesn't match the trigger's filters. */
	pass(key: string): void;
	/** About to be handed over. Is done again after a restart, unless confirmed before. */
	intend(entry: LedgerEntry): void;
	/** In n8n's database. */
	confirm(key: string): void;
	/** Intended, not confirmed; oldest first. */
	intents(): readonly LedgerEntry[];
	/** Oldest first. */
	seen(): readonly string[];
	/**
	 * Each source was looked at: forgets the oldest keys beyond the capacity, but none that was
	 * asked for since the last round, because the sources' overlap will answer it again.
	 */
	endRound(): void;
}

export function createLedger(
	{ seen = [], intents = [] }: Partial<Pick<TriggerState, 'seen' | 'intents'>> = {},
	capacity = defaultCapacity,
): Ledger {
	let round = 0;
	const rounds = new Map<string, number>(seen.map((key) => [key, round]));
	const intended = new Map(intents.map((entry) => [entry.key, entry]));

	// A map keeps the order of insertion: what is marked anew moves to its end.
	const mark = (key: string): void => {
		rounds.delete(key);
		rounds.set(key, round);
	};

	return {
		has: (key) => {
			if (intended.has(key)) return true;
			if (!rounds.has(key)) return false;
			mark(key);
			return true;
		},
		pass: mark,
		intend: (entry) => {
			intended.set(entry.key, entry);
		},
		confirm: (key) => {
			if (intended.delete(key)) mark(key);
		},
		intents: () => [...intended.values()],
		seen: () => [...rounds.keys()],
		endRound: () => {
			for (const [key, lastRound] of rounds) {
				if (rounds.size <= capacity || lastRound === round) break;
				rounds.delete(key);
			}
			round++;
		},
	};
}
