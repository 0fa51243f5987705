import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import {
	activate,
	deactivate,
	deliver,
	instantWorkflow,
	notifications,
	subjectsOfRuns,
} from './support/instant';
import { until } from '../support/until';
import { finished, runsOf } from './support/n8n';
import { type OwnQueueMode, startOwnQueueMode } from './support/ownQueueMode';

const chloe = 'chloe@contoso.example';
/** By default n8n takes one to two minutes to notice that a worker has died. */
const soonMissed = {
	QUEUE_WORKER_LOCK_DURATION: '6000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '3000',
};
const waitEightSeconds = {
	type: 'n8n-nodes-base.wait',
	typeVersion: 1.1,
	parameters: { resume: 'timeInterval', amount: 8, unit: 'seconds' },
};

describe('n8n in queue mode: a main process, a webhook process and a worker', () => {
	let n8n: OwnQueueMode;

	beforeAll(async () => {
		n8n = await startOwnQueueMode('e2e-queue', { environment: soonMissed });
	}, 400_000);
	afterAll(async () => {
		await n8n.close();
	}, 60_000);

	it('runs once for each message whose notification the webhook process receives', async () => {
		const workflow = await instantWorkflow(n8n.rest, n8n.credential, chloe);
		await activate(n8n.rest, workflow);
		const [subscription] = (await notifications(n8n)).subscriptions;
		expect(subscription?.notificationUrl).toContain(`${n8n.url}/webhook/`);

		const subjects = ['One', 'Two', 'Three', 'Four', 'Five'];
		const latenciesMs: number[] = [];
		for (const [place, subject] of subjects.entries()) {
			const startedAt = performance.now();
			await deliver(chloe, subject);
			await subjectsOfRuns(n8n.rest, workflow.id, place + 1);
			latenciesMs.push(Math.round(performance.now() - startedAt));
		}
		// The trigger also looks once a minute where notifications can't reach it: these came sooner.
		expect(Math.max(...latenciesMs)).toBeLessThan(30_000);
		console.info(`Queue mode: from delivery to the end of the run ${latenciesMs.join(', ')} ms`);
		await sleep(2_000);
		expect(await subjectsOfRuns(n8n.rest, workflow.id, 5)).toEqual(subjects);
		const { sent } = await notifications(n8n);
		expect(sent.filter(({ kind }) => kind === 'change').length).toBeGreaterThanOrEqual(5);
		for (const { status, ms } of sent) {
			expect(status).toBeLessThan(300);
			expect(ms).toBeLessThan(3_000);
		}
		expect(readFileSync(n8n.main.logFile, 'utf8')).toContain('come to another process of n8n');

		await deactivate(n8n.rest, workflow.id);
		expect((await notifications(n8n)).subscriptions).toEqual([]);
		expect(await runsOf(n8n.rest, workflow.id)).toHaveLength(5);
	});

	it('begins the run of a worker that was killed once more', async () => {
		const workflow = await instantWorkflow(n8n.rest, n8n.credential, chloe, {}, waitEightSeconds);
		await activate(n8n.rest, workflow);
		const runs = async () =>
			(await runsOf(n8n.rest, workflow.id)).sort((a, b) => Number(a.id) - Number(b.id));
		const patience = { patienceMs: 120_000, pauseMs: 250 };
		await deliver(chloe, 'Whose worker dies');
		await until(async () => (await runs()).some(({ status }) => status === 'running'), patience);
		await n8n.workers[0]?.kill();
		await n8n.addWorker();
		await until(async () => (await runs()).some(({ status }) => status === 'success'), patience);
		const ended = await runs();
		expect(ended.map(({ status }) => status)).toEqual(['error', 'success']);
		const { items } = await finished(n8n.rest, ended[1]?.id ?? '');
		expect(items('End').map(({ json }) => json['subject'])).toEqual(['Whose worker dies']);
		await deactivate(n8n.rest, workflow.id);
	}, 300_000);
});
