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
import { runsOf } from './support/n8n';
import { type OwnQueueMode, startOwnQueueMode } from './support/ownQueueMode';

const chloe = 'chloe@contoso.example';

describe('n8n in queue mode: a main process, a webhook process and a worker', () => {
	let n8n: OwnQueueMode;

	beforeAll(async () => {
		n8n = await startOwnQueueMode('e2e-queue');
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
});
