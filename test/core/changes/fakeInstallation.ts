import type { Change, Source, TriggerState } from '../../../core/changes/types';
import { createWatch, type Run, type Watch, type WatchOptions } from '../../../core/changes/watch';
import type { GraphClient } from '../../../core/graph/types';

/** What a process can be killed at: each time that it waits for something outside of itself. */
export interface Fate {
	/** Resolves, or never does any more. */
	point(): Promise<void>;
	readonly isDead: boolean;
	/** Points so far. */
	readonly passed: number;
}

/** @param diesAt the number of the point that it doesn't get past; default: none */
export function createFate(diesAt = Infinity): Fate & { readonly death: Promise<void> } {
	let passed = 0;
	let isDead = false;
	let die: () => void = () => undefined;
	const death = new Promise<void>((resolve) => (die = resolve));
	return {
		death,
		get isDead() {
			return isDead;
		},
		get passed() {
			return passed;
		},
		point: async () => {
			passed++;
			if (passed >= diesAt) {
				isDead = true;
				die();
			}
			if (isDead) await new Promise(() => undefined);
		},
	};
}

/** The client of a process that may be killed before and after each request. */
export function mortalClient(graph: GraphClient, fate: Fate): GraphClient {
	return {
		...graph,
		cloud: graph.cloud,
		request: async <T>(request: Parameters<GraphClient['request']>[0]) => {
			await fate.point();
			const answer = await graph.request<T>(request);
			await fate.point();
			return answer;
		},
		batch: async <T>(requests: Parameters<GraphClient['batch']>[0]) => {
			await fate.point();
			const answer = await graph.batch<T>(requests);
			await fate.point();
			return answer;
		},
		delta: async function* <T>(...args: Parameters<GraphClient['delta']>) {
			await fate.point();
			for await (const page of graph.delta<T>(...args)) {
				await fate.point();
				yield page;
			}
		},
	};
}

export interface RecordedRun {
	readonly key: string;
	readonly ids: readonly string[];
}

/**
 * n8n's database as far as triggers go: runs, of which it takes one a key, and the state, which it
 * stores beside them: first the one or first the other, as it happens.
 */
export class FakeInstallation {
	readonly runs: RecordedRun[] = [];
	refusals = 0;
	/** As stored. */
	state: string | undefined;

	constructor(readonly random: () => number = () => 0) {}

	/** The ids that runs have had, in their order. */
	ids(): string[] {
		return this.runs.flatMap(({ ids }) => ids);
	}

	/** A process that goes on from what is stored. */
	watch(
		graph: GraphClient,
		sources: readonly Source[],
		{ fate = createFate(), ...options }: { fate?: Fate } & Partial<WatchOptions<Change>> = {},
	): Watch {
		const stored = this.state === undefined ? undefined : (JSON.parse(this.state) as TriggerState);
		let current = stored;
		const store = async (): Promise<void> => {
			await fate.point();
			this.state = JSON.stringify(current);
			await fate.point();
		};
		const record = async (run: Run<Change>): Promise<void> => {
			await fate.point();
			if (this.runs.some(({ key }) => key === run.key)) this.refusals++;
			else this.runs.push({ key: run.key, ids: run.items.map(({ change }) => change.id) });
			await fate.point();
		};
		const handOver = async (run: Run<Change>, confirmed: () => void): Promise<void> => {
			const steps = [async () => await store(), async () => await record(run)];
			if (this.random() < 0.5) steps.reverse();
			for (const step of steps) await step();
			confirmed();
			// The workflow's run takes its time, and the trigger doesn't wait for it.
			await fate.point();
		};
		return createWatch<Change>({
			graph: mortalClient(graph, fate),
			scope: 'workflow/node',
			sources,
			state: stored,
			details: async (changes) => {
				await fate.point();
				return changes;
			},
			handOver,
			persist: (state) => {
				if (!fate.isDead) current = state;
			},
			...options,
		});
	}
}

/** Numbers that look random and are the same in each run of a test. (mulberry32) */
export function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}
