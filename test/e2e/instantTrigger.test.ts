import { setTimeout as sleep } from 'node:timers/promises';
import type { N8nRest, SavedCredential } from '../../sandbox/n8n/rest';
import { until } from '../support/until';
import {
	activate,
	deactivate,
	deliver,
	e2ePatience,
	instantWorkflow,
	notifications,
	subjectsOfRuns,
	triggerName,
} from './support/instant';
import { finished, n8nRest, runsOf, sandboxCredential } from './support/n8n';
import { type OwnN8n, startOwnN8n } from './support/ownN8n';
import { control } from './support/sandbox';

const ana = 'ana@contoso.example';
const ben = 'ben@contoso.example';

describe('the instant trigger', () => {
	let rest: N8nRest;
	let credential: SavedCredential;

	beforeAll(async () => {
		rest = n8nRest();
		credential = await sandboxCredential(rest, 'microsoft365AppOnlyApi');
	});
	const made: string[] = [];
	const newWorkflow = async () => {
		const workflow = await instantWorkflow(rest, credential, ana);
		made.push(workflow.id);
		return workflow;
	};
	afterEach(async () => {
		for (const id of made.splice(0)) await deactivate(rest, id).catch(() => undefined);
		await control('graph', 'DELETE', 'notifications');
	});

	it('runs on each message once, answers Microsoft at once, and leaves with deactivation', async () => {
		const workflow = await newWorkflow();
		await deliver(ana, 'Before');
		await activate(rest, workflow);
		const { subscriptions } = await notifications(rest);
		expect(subscriptions).toEqual([
			expect.objectContaining({
				resource: `users/${ana}/mailFolders('inbox')/messages`,
				lifecycleNotificationUrl: subscriptions[0]?.notificationUrl,
			}),
		]);
		const subjects = ['One', 'Two', 'Three'];
		for (const [place, subject] of subjects.entries()) {
			await deliver(ana, subject);
			await subjectsOfRuns(rest, workflow.id, place + 1);
		}
		expect(await subjectsOfRuns(rest, workflow.id, 3)).toEqual(subjects);
		const { sent } = await notifications(rest);
		const changes = sent.filter(({ kind }) => kind === 'change');
		expect(changes.length).toBeGreaterThanOrEqual(3);
		for (const { status, ms } of sent) {
			expect(status).toBeLessThan(300);
			expect(ms).toBeLessThan(3_000);
		}

		await deactivate(rest, workflow.id);
		expect((await notifications(rest)).subscriptions).toEqual([]);
		await deliver(ana, 'While off');
		await sleep(1_000);
		expect(await runsOf(rest, workflow.id)).toHaveLength(3);
		await activate(rest, workflow);
		expect(await subjectsOfRuns(rest, workflow.id, 4)).toEqual([...subjects, 'While off']);
	});

	it('keeps one subscription when the active workflow is saved and published again', async () => {
		const workflow = await newWorkflow();
		await activate(rest, workflow);
		const saved = await rest.call<{ versionId: string; nodes: object[] }>(
			'GET',
			`/workflows/${workflow.id}`,
		);
		const { versionId } = await rest.call<{ versionId: string }>(
			'PATCH',
			`/workflows/${workflow.id}`,
			{
				nodes: saved.nodes.map((node) => ({ ...node, notes: 'Changed' })),
				versionId: saved.versionId,
			},
		);
		await activate(rest, { id: workflow.id, versionId });
		expect((await notifications(rest)).subscriptions).toHaveLength(1);
		await deliver(ana, 'After the change');
		expect(await subjectsOfRuns(rest, workflow.id, 1)).toEqual(['After the change']);
	});

	it('takes the newest message for a test, without a subscription', async () => {
		// Exchange tells seconds: two messages of one second have no order.
		await sleep(1_100);
		await deliver(ana, 'The newest');
		const workflow = await newWorkflow();
		const started = await rest.call<{ waitingForWebhook?: boolean }>(
			'POST',
			`/workflows/${workflow.id}/run`,
			{ triggerToStartFrom: { name: triggerName } },
		);
		expect(started.waitingForWebhook).toBe(true);
		await until(async () => (await runsOf(rest, workflow.id)).length === 1, e2ePatience);
		const [run] = await runsOf(rest, workflow.id);
		const execution = await finished(rest, run?.id ?? '');
		expect(execution.status).toBe('success');
		expect(execution.items(triggerName).map(({ json }) => json['subject'])).toEqual(['The newest']);
		expect((await notifications(rest)).subscriptions).toEqual([]);
	});

	it('says what to do about an address that Microsoft refuses, and leaves nothing behind', async () => {
		const workflow = await newWorkflow();
		await control('graph', 'POST', 'faults', {
			match: 'POST /v1.0/subscriptions',
			status: 400,
			body: {
				error: { code: 'InvalidRequest', message: 'The notificationUrl must use https.' },
			},
		});
		try {
			await expect(activate(rest, workflow)).rejects.toThrow(
				/Microsoft sends no notifications to http.*Microsoft 365 Trigger/,
			);
		} finally {
			await control('graph', 'DELETE', 'faults');
		}
		expect((await notifications(rest)).subscriptions).toEqual([]);
	});
});

describe('an n8n with an instant trigger is stopped', () => {
	let n8n: OwnN8n;

	beforeAll(async () => {
		n8n = await startOwnN8n('e2e-instant');
	});
	afterAll(async () => {
		await n8n.close();
	});

	it('by its user, and then by a power cut: what came meanwhile runs once', async () => {
		const workflow = await instantWorkflow(n8n.rest, n8n.credential, ben);
		await activate(n8n.rest, workflow);
		await deliver(ben, 'First');
		await subjectsOfRuns(n8n.rest, workflow.id, 1);
		const [before] = (await notifications(n8n.rest)).subscriptions;

		await n8n.close();
		await deliver(ben, 'While stopped');
		await n8n.start();
		await subjectsOfRuns(n8n.rest, workflow.id, 2);

		await n8n.kill();
		await deliver(ben, 'While killed');
		await n8n.start();
		expect(await subjectsOfRuns(n8n.rest, workflow.id, 3)).toEqual([
			'First',
			'While stopped',
			'While killed',
		]);
		await deliver(ben, 'Last');
		await subjectsOfRuns(n8n.rest, workflow.id, 4);
		expect((await notifications(n8n.rest)).subscriptions.map(({ id }) => id)).toEqual([before?.id]);
		await deactivate(n8n.rest, workflow.id);
		expect((await notifications(n8n.rest)).subscriptions).toEqual([]);
	});
});
