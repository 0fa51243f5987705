import type { Change, Look, Source } from '../../../core/changes/types';
import type { GraphClient } from '../../../core/graph/types';
import { FakeInstallation } from './fakeInstallation';

const graph = { cloud: {} } as unknown as GraphClient;

const change = (id: string, second = 0, item: Change['item'] = {}): Change => ({
	id,
	version: '',
	at: new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString(),
	item,
});

/** A source that answers what a test puts there; its cursor counts. */
class ScriptedSource implements Source<number> {
	readonly rounds: Array<readonly Change[] | Error> = [];
	readonly asked: number[] = [];

	constructor(readonly key: string) {}

	async start(): Promise<number> {
		return await Promise.resolve(0);
	}

	async *look(_graph: GraphClient, cursor: number): AsyncGenerator<Look<number>> {
		this.asked.push(cursor);
		const round = await Promise.resolve(this.rounds.shift() ?? []);
		if (round instanceof Error) throw round;
		yield { changes: round, cursor: cursor + 1 };
	}

	async newest(): Promise<readonly Change[]> {
		return await Promise.resolve([]);
	}
}

let installation: FakeInstallation;
let inbox: ScriptedSource;
let archive: ScriptedSource;
beforeEach(() => {
	installation = new FakeInstallation();
	inbox = new ScriptedSource('inbox');
	archive = new ScriptedSource('archive');
});
const sources = (): Source[] => [inbox, archive];

test('what several sources found is handed over in the order of happening', async () => {
	const watch = installation.watch(graph, sources());
	await watch.start();
	inbox.rounds.push([change('c', 3), change('a', 1)]);
	archive.rounds.push([change('b', 2)]);
	await watch.look();
	expect(installation.ids()).toEqual(['a', 'b', 'c']);
});

test('a source that fails stands still and holds up no other', async () => {
	const watch = installation.watch(graph, sources());
	await watch.start();
	inbox.rounds.push(new Error('The folder is gone'), [change('late')]);
	archive.rounds.push([change('b')]);
	await expect(watch.look()).rejects.toThrow('The folder is gone');
	expect(installation.ids()).toEqual(['b']);
	await watch.look();
	expect(installation.ids()).toEqual(['b', 'late']);
	expect([inbox.asked, archive.asked]).toEqual([
		[0, 0],
		[0, 1],
	]);
});

test('what does not match starts no run, later neither', async () => {
	const watch = installation.watch(graph, sources(), {
		matches: ({ item }) => item['isWanted'] === true,
	});
	await watch.start();
	inbox.rounds.push([change('no'), change('yes', 0, { isWanted: true })]);
	inbox.rounds.push([change('no', 0, { isWanted: true })]);
	await watch.look();
	await watch.look();
	expect(installation.ids()).toEqual(['yes']);
});

test('one run for all has 200 items at most, and the same key after a restart', async () => {
	const found = Array.from({ length: 450 }, (_, index) => change(`m${index}`));
	const watch = installation.watch(graph, [inbox], { runs: 'all' });
	await watch.start();
	installation.state = JSON.stringify(watch.state());
	inbox.rounds.push(found);
	await watch.look();
	expect(installation.runs.map(({ ids }) => ids.length)).toEqual([200, 200, 50]);
	// The last state was stored before the last runs were confirmed.
	const next = installation.watch(graph, [inbox], { runs: 'all' });
	await next.look();
	expect(installation.runs).toHaveLength(3);
	expect(installation.refusals).toBe(1);
});

test('where details fail, nothing is lost or handed over twice', async () => {
	let fails = true;
	const watch = installation.watch(graph, [inbox], {
		details: async (changes) => {
			if (fails) throw new Error('Microsoft Graph is down');
			return await Promise.resolve(changes);
		},
	});
	await watch.start();
	inbox.rounds.push([change('a'), change('b', 1)], [change('c', 2)]);
	await expect(watch.look()).rejects.toThrow('down');
	await expect(watch.look()).rejects.toThrow('down');
	fails = false;
	await watch.look();
	expect(installation.ids()).toEqual(['a', 'b', 'c']);
	expect(installation.refusals).toBe(0);
});

test('what is gone when its details are asked for is not asked for again', async () => {
	const asked: string[] = [];
	const watch = installation.watch(graph, [inbox], {
		details: async (changes) => {
			asked.push(...changes.map(({ id }) => id));
			return await Promise.resolve(changes.map((each) => (each.id === 'gone' ? undefined : each)));
		},
	});
	await watch.start();
	inbox.rounds.push([change('gone'), change('there')], [change('gone')]);
	await watch.look();
	await watch.look();
	expect(installation.ids()).toEqual(['there']);
	expect(asked.toSorted()).toEqual(['gone', 'there']);
});

test('intents of a folder that is no longer watched are let go', async () => {
	const watch = installation.watch(graph, sources(), {
		handOver: async () => await Promise.reject(new Error('Killed')),
	});
	await watch.start();
	inbox.rounds.push([change('a')]);
	archive.rounds.push([change('b')]);
	await expect(watch.look()).rejects.toThrow('Killed');
	installation.state = JSON.stringify(watch.state());
	const next = installation.watch(graph, [archive]);
	await next.look();
	expect(installation.ids()).toEqual(['b']);
});

test('looks do not overlap: one more follows, however many were asked for', async () => {
	const watch = installation.watch(graph, [inbox]);
	await watch.start();
	await Promise.all([watch.look(), watch.look(), watch.look(), watch.look()]);
	expect(inbox.asked).toEqual([0, 1]);
});

test('stopped, it hands over nothing more and keeps its cursor', async () => {
	let stop: Promise<void> | undefined;
	const watch = installation.watch(graph, [inbox], {
		details: async (changes) => {
			stop ??= watch.stop();
			return await Promise.resolve(changes);
		},
	});
	await watch.start();
	inbox.rounds.push([change('a')]);
	await watch.look();
	await stop;
	await watch.look();
	expect(installation.runs).toEqual([]);
	expect(watch.state().intents.map(({ change: { id } }) => id)).toEqual(['a']);
});
