import type { GraphClient } from '../graph/types';
import { changeKey, groupKey } from './key';
import { createLedger } from './ledger';
import type { Change, LedgerEntry, Source, TriggerState } from './types';

/** Details are fetched for so many at once: what one `$batch` takes. */
const chunkSize = 20;
/** The most items of one run where a run takes all that a look found. */
const largestGroup = 200;
/** Of one source, held in memory before it is handed over; `at` orders within it. */
const portionSize = 5_000;

/** One change with what the workflow gets of it. */
export interface RunItem<Detail> {
	readonly key: string;
	readonly change: Change;
	readonly detail: Detail;
}

/** One run of the workflow. */
export interface Run<Detail> {
	/** A second run of this key is to be refused. */
	readonly key: string;
	readonly items: ReadonlyArray<RunItem<Detail>>;
	/**
	 * More than 0: so many processes have ended before it was confirmed. It may have been recorded
	 * then, and yet never have begun.
	 */
	readonly restarts: number;
}

export interface WatchOptions<Detail> {
	readonly graph: GraphClient;
	/** Tells this trigger from every other one of the installation. */
	readonly scope: string;
	readonly sources: readonly Source[];
	/** Where an earlier watch stopped. Default: begin now. */
	readonly state?: TriggerState | undefined;
	/** Whether the process that stopped there is this one. */
	readonly isOwnState?: boolean;
	/** A run for each change, or one for all that a look finds. Default: `each`. */
	readonly runs?: 'each' | 'all';
	/** Judges by what the source knows; what doesn't match never starts a run. */
	readonly matches?: ((change: Change) => boolean) | undefined;
	/**
	 * At most twenty changes, an answer at the place of each; `undefined` for what is gone or
	 * doesn't match after all.
	 */
	readonly details: (changes: readonly Change[]) => Promise<ReadonlyArray<Detail | undefined>>;
	/**
	 * Resolves when the run is given away and there is room for the next one. `confirmed` is called
	 * once, then or later, when the run is known to be recorded.
	 */
	readonly handOver: (run: Run<Detail>, confirmed: () => void) => Promise<void>;
	/** Called with each new state, and always before the hand-over that it makes safe. */
	readonly persist: (state: TriggerState) => void;
	/** Milliseconds since 1970. */
	readonly now?: () => number;
}

/** Finds what is new in its sources and hands each thing over once. Looks one after the other. */
export interface Watch {
	/** Gives each source without a cursor the state of now. @throws what a source throws */
	start(): Promise<void>;
	/**
	 * Hands over what earlier looks left behind, then what is new, in the order of happening.
	 * Looks while another look runs: one more follows it.
	 *
	 * @throws what a source or `details` throws, after what the other sources found was handed over
	 */
	look(): Promise<void>;
	/** No more hand-overs; resolves when a look that runs has ended. */
	stop(): Promise<void>;
	state(): TriggerState;
}

interface Found {
	readonly source: Source;
	readonly change: Change;
	readonly key: string;
}

export function createWatch<Detail>(options: WatchOptions<Detail>): Watch {
	const { graph, scope, sources, details, handOver, persist, now = Date.now } = options;
	const { runs = 'each', matches = () => true } = options;
	const ledger = createLedger({
		seen: options.state?.seen ?? [],
		// The others belong to what the user has since taken out of the trigger.
		intents: (options.state?.intents ?? [])
			.filter(({ source }) => sources.some(({ key }) => key === source))
			.map((entry) =>
				options.isOwnState ? entry : { ...entry, restarts: (entry.restarts ?? 0) + 1 },
			),
	});
	const cursors = new Map<string, unknown>(
		sources.flatMap(({ key }) => {
			const cursor = options.state?.cursors[key];
			return cursor === undefined ? [] : [[key, cursor]];
		}),
	);
	const inFlight = new Set<string>();
	let revision = options.state?.revision ?? 0;
	let current: Promise<void> | undefined;
	let next: Promise<void> | undefined;
	let isStopped = false;

	const state = (): TriggerState => ({
		format: 1,
		revision,
		cursors: Object.fromEntries(cursors),
		seen: ledger.seen(),
		intents: ledger.intents(),
	});
	const save = (): void => {
		revision++;
		persist(state());
	};

	async function start(): Promise<void> {
		for (const source of sources) {
			if (!cursors.has(source.key)) cursors.set(source.key, await source.start(graph));
		}
		save();
	}

	async function lookOnce(): Promise<void> {
		await handOverEntries(ledger.intents().filter(({ key }) => !inFlight.has(key)));
		const readings = sources
			.filter(({ key }) => cursors.has(key))
			.map((source) => reading(source, graph, cursors.get(source.key)));
		const failures: unknown[] = [];
		let open = readings;
		while (open.length > 0 && !isStopped) {
			const portions = await Promise.allSettled(open.map(async (read) => await read.next()));
			const found: Found[] = [];
			const reached: Array<[string, unknown]> = [];
			const stillOpen: typeof open = [];
			for (const [place, portion] of portions.entries()) {
				const read = open[place];
				if (!read) continue;
				if (portion.status === 'rejected') {
					failures.push(portion.reason);
					continue;
				}
				const { changes, cursor, isLast } = portion.value;
				found.push(...changes.map((change) => toFound(read.source, change)));
				if (cursor !== undefined) reached.push([read.source.key, cursor]);
				if (!isLast) stillOpen.push(read);
			}
			await handOverFound(found, reached);
			open = stillOpen;
		}
		if (isStopped) return;
		if (failures.length > 0) throw failures[0];
		ledger.endRound();
		save();
	}

	const toFound = (source: Source, change: Change): Found => ({
		source,
		change,
		key: changeKey(scope, source, change),
	});

	async function handOverFound(
		found: readonly Found[],
		reached: ReadonlyArray<[string, unknown]>,
	): Promise<void> {
		const fresh = new Map<string, Found>();
		for (const one of found) {
			if (ledger.has(one.key)) continue;
			if (matches(one.change)) fresh.set(one.key, one);
			else ledger.pass(one.key);
		}
		const inTime = [...fresh.values()].sort(byTime);
		const size = runs === 'all' ? largestGroup : chunkSize;
		for (let from = 0; from < inTime.length; from += size) {
			const entries = asEntries(inTime.slice(from, from + size));
			for (const entry of entries) ledger.intend(entry);
			if (from + size >= inTime.length) moveCursors(reached);
			save();
			await handOverEntries(entries);
			if (isStopped) return;
		}
		if (inTime.length === 0) moveCursors(reached);
	}

	function moveCursors(reached: ReadonlyArray<[string, unknown]>): void {
		for (const [key, cursor] of reached) cursors.set(key, cursor);
	}

	function asEntries(found: readonly Found[]): LedgerEntry[] {
		const group = runs === 'all' ? groupKey(found.map(({ key }) => key)) : undefined;
		return found.map(({ source, change, key }) => ({
			key,
			source: source.key,
			change,
			...(group !== undefined && { group }),
			intendedAt: now(),
		}));
	}

	/** Entries of one group become one run, whatever the trigger was set to when they were found. */
	async function handOverEntries(entries: readonly LedgerEntry[]): Promise<void> {
		const perRun = new Map<string, { items: Array<RunItem<Detail>>; restarts: number }>();
		for (let from = 0; from < entries.length; from += chunkSize) {
			const chunk = entries.slice(from, from + chunkSize);
			const answers = await details(chunk.map(({ change }) => change));
			for (const [place, { key, change, group, restarts = 0 }] of chunk.entries()) {
				const detail = answers[place];
				if (detail === undefined) {
					ledger.confirm(key);
					continue;
				}
				const run = perRun.get(group ?? key) ?? { items: [], restarts };
				run.items.push({ key, change, detail });
				perRun.set(group ?? key, run);
			}
		}
		for (const [key, run] of perRun) {
			if (isStopped) return;
			await handOverRun({ key, ...run });
		}
	}

	async function handOverRun(run: Run<Detail>): Promise<void> {
		for (const { key } of run.items) inFlight.add(key);
		const confirmed = (): void => {
			for (const { key } of run.items) {
				inFlight.delete(key);
				ledger.confirm(key);
			}
			save();
		};
		try {
			await handOver(run, confirmed);
		} catch (error) {
			for (const { key } of run.items) inFlight.delete(key);
			throw error;
		}
	}

	const begin = (): Promise<void> => {
		if (isStopped) return Promise.resolve();
		current = lookOnce().finally(() => (current = undefined));
		return current;
	};

	return {
		start,
		look: () => {
			if (!current) return begin();
			next ??= current
				.catch(() => undefined)
				.then(async () => {
					next = undefined;
					await begin();
				});
			return next;
		},
		stop: async () => {
			isStopped = true;
			await Promise.allSettled([current, next]);
		},
		state,
	};
}

interface Portion {
	readonly changes: readonly Change[];
	/** What may be stored once the changes are intended; `undefined` where the source found none. */
	readonly cursor: unknown;
	readonly isLast: boolean;
}

/** Reads a source's looks in portions that fit into memory. */
function reading(source: Source, graph: GraphClient, from: unknown) {
	const looks = source.look(graph, from)[Symbol.asyncIterator]();
	return {
		source,
		async next(): Promise<Portion> {
			const changes: Change[] = [];
			let cursor: unknown;
			while (changes.length < portionSize) {
				const look = await looks.next();
				if (look.done) return { changes, cursor, isLast: true };
				changes.push(...look.value.changes);
				({ cursor } = look.value);
			}
			return { changes, cursor, isLast: false };
		},
	};
}

/** What happened at the same time keeps one order in every process. */
function byTime(a: Found, b: Found): number {
	return Date.parse(a.change.at) - Date.parse(b.change.at) || (a.key < b.key ? -1 : 1);
}
