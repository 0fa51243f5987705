import { setTimeout as sleep } from 'node:timers/promises';
import { seeded } from '../core/changes/fakeInstallation';
import { until } from '../support/until';
import { type Counter, startCounter } from './support/counter';
import { deactivate } from './support/instant';
import { activate, runsOf } from './support/n8n';
import { type OwnN8n, startOwnN8n } from './support/ownN8n';
import { control } from './support/sandbox';

/**
 * How often n8n is killed. Three times in the suite; the long form is
 * `N8N_KILLS=50 npm run e2e -- triggerKilled`.
 */
const kills = Number(process.env.N8N_KILLS ?? 3);
const seed = Number(process.env.N8N_KILLS_SEED ?? 1);

/** How long n8n may take until it is at work again. */
const patienceMs = 240_000;
const mailbox = 'ben@contoso.example';
const everySecond = { item: [{ mode: 'custom', cronExpression: '* * * * * *' }] };

describe('n8n is killed at any moment', () => {
	let n8n: OwnN8n;
	let counter: Counter;

	beforeAll(async () => {
		counter = await startCounter();
		n8n = await startOwnN8n('e2e-killed');
	}, 240_000);
	afterAll(async () => {
		await n8n.close();
		await counter.close();
	});

	test('and an orderly restart runs nothing once more', async () => {
		const workflowId = await activeWorkflow(n8n, counter.url);
		const deliver = async (count: number) =>
			await control('graph', 'POST', 'deliver', { to: mailbox, subject: 'In order', count });
		await deliver(5);
		await until(() => counter.calls.length === 5, { patienceMs: 60_000, pauseMs: 100 });
		await n8n.stop();
		await n8n.start();
		await deliver(1);
		await until(() => counter.calls.length === 6, { patienceMs: 120_000, pauseMs: 100 });
		expect(await runsOf(n8n.rest, workflowId)).toHaveLength(6);
		await deactivate(n8n.rest, workflowId);
		counter.calls.length = 0;
	}, 240_000);

	test(
		'and each message that has come in meanwhile has started one run',
		async () => {
			const random = seeded(seed);
			const workflowId = await activeWorkflow(n8n, counter.url);
			const delivered: string[] = [];
			const deliver = async (): Promise<void> => {
				const count = random() < 0.3 ? 1 + Math.floor(random() * 8) : 1;
				const { messages } = (await control('graph', 'POST', 'deliver', {
					to: mailbox,
					subject: 'While it dies',
					count,
					spacingMs: 0,
				})) as { messages: Array<{ id: string }> };
				delivered.push(...messages.map(({ id }) => id));
			};
			for (let kill = 0; kill < kills; kill++) {
				// While it starts, or while it is at work.
				const isAtWork = kill % 3 !== 2;
				const callsBefore = counter.calls.length;
				const patienceEnds = performance.now() + 60_000;
				let diesAt = isAtWork ? Infinity : performance.now() + random() * 4_000;
				while (performance.now() < Math.min(diesAt, patienceEnds)) {
					await deliver();
					if (diesAt === Infinity && counter.calls.length > callsBefore) {
						diesAt = performance.now() + random() * 2_500;
					}
					await sleep(Math.min(random() * 400, Math.max(0, diesAt - performance.now())));
				}
				await n8n.kill();
				await deliver();
				await n8n.start();
			}
			await deliver();

			// A run that had begun when n8n was killed isn't begun again: n8n ends it as crashed, for its
			// user to see and to retry. It is there for each message that didn't get to the end.
			const { ended, silent, runCount } = await accountFor(n8n, workflowId, counter, delivered);
			expect([...ended].filter(([, count]) => count > 1)).toEqual([]);
			expect([...ended.keys()].filter((id) => !delivered.includes(id))).toEqual([]);
			expect(silent.filter(({ isInCrashedRun }) => !isInCrashedRun)).toEqual([]);
			console.info(
				`${kills} kills, ${delivered.length} messages, ${runCount} runs: ` +
					`${ended.size} got to the end of theirs, ` +
					`${silent.length} were in a run that was killed in its middle`,
			);
		},
		300_000 + kills * 120_000,
	);
});

async function activeWorkflow({ rest, credential }: OwnN8n, url: string): Promise<string> {
	const { id } = await rest.call<{ id: string }>('POST', '/workflows', {
		name: 'Count',
		nodes: [
			{
				id: 'trigger',
				name: 'Trigger',
				type: 'n8n-nodes-microsoft365.microsoft365Trigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {
					authentication: 'application',
					event: 'messageReceived',
					mailbox,
					pollTimes: everySecond,
				},
				credentials: { microsoft365AppOnlyApi: { id: credential.id, name: credential.name } },
			},
			{
				id: 'count',
				name: 'Count',
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.2,
				position: [220, 0],
				parameters: {
					method: 'POST',
					url,
					sendBody: true,
					specifyBody: 'json',
					jsonBody: '={{ JSON.stringify({ id: $json.id }) }}',
				},
			},
		],
		connections: { Trigger: { main: [[{ node: 'Count', type: 'main', index: 0 }]] } },
		settings: {},
	});
	await activate(rest, id, 'Trigger');
	return id;
}

interface Account {
	/** How often each message has got to the end. */
	readonly ended: ReadonlyMap<string, number>;
	/** Those that haven't. */
	readonly silent: ReadonlyArray<{ readonly id: string; readonly isInCrashedRun: boolean }>;
	readonly runCount: number;
}

/**
 * Where each message has got to, once nothing moves and all of them are accounted for: n8n starts
 * its triggers only when it has recovered the runs that were killed, which can take a minute.
 */
async function accountFor(
	n8n: OwnN8n,
	workflowId: string,
	{ calls }: Counter,
	delivered: readonly string[],
): Promise<Account> {
	const crashedRuns = new Map<string, string>();
	const patienceEnds = performance.now() + patienceMs;
	for (let before = -1; ;) {
		await sleep(5_000);
		const runs = await runsOf(n8n.rest, workflowId);
		const isBusy = runs.some(({ status }) => ['new', 'running'].includes(status));
		const isMoving = isBusy || calls.length !== before;
		before = calls.length;
		const isLast = performance.now() > patienceEnds;
		if (isMoving && !isLast) continue;

		for (const { id, status } of runs) {
			if (status !== 'success' && !crashedRuns.has(id)) crashedRuns.set(id, await dataOf(n8n, id));
		}
		const ended = new Map<string, number>();
		for (const call of calls) {
			const { id } = JSON.parse(call) as { id: string };
			ended.set(id, (ended.get(id) ?? 0) + 1);
		}
		const crashed = [...crashedRuns.values()];
		const silent = delivered
			.filter((id) => !ended.has(id))
			.map((id) => ({ id, isInCrashedRun: crashed.some((data) => data.includes(id)) }));
		if (isLast || silent.every(({ isInCrashedRun }) => isInCrashedRun)) {
			return { ended, silent, runCount: runs.length };
		}
	}
}

/** As n8n keeps it, input included. */
async function dataOf({ rest }: OwnN8n, runId: string): Promise<string> {
	const { data } = await rest.call<{ data: string }>('GET', `/executions/${runId}`);
	return data;
}
