import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import type { N8nRest } from '../../sandbox/n8n/rest';
import { saveScreenshot } from './support/artifacts';
import { openNode, signedInPage, startBrowser } from './support/browser';
import { activate, exampleAsApp, finished, n8nRest, runsOf, runWorkflow } from './support/n8n';
import { control } from './support/sandbox';

const support = 'support@contoso.example';
const everySecond = { item: [{ mode: 'custom', cronExpression: '* * * * * *' }] };

describe('the polling trigger in a real n8n', () => {
	let rest: N8nRest;
	let workflowId: string;

	const deliver = async (subject: string, count = 1) =>
		await control('graph', 'POST', 'deliver', {
			to: support,
			subject,
			body: '<p>Please pay <b>soon</b>.</p>',
			from: 'billing@fabrikam.example',
			count,
			spacingMs: 0,
		});
	const runs = async () => {
		const all = await runsOf(rest, workflowId);
		return all.filter(({ mode }) => mode === 'trigger');
	};
	const runsReach = async (count: number) => {
		const deadline = performance.now() + 60_000;
		while ((await runs()).length < count) {
			if (performance.now() > deadline) throw new Error(`There are no ${count} runs`);
			await sleep(250);
		}
		return await Promise.all((await runs()).map(async ({ id }) => await finished(rest, id)));
	};

	beforeAll(async () => {
		rest = n8nRest();
		await deliver('There before');
		workflowId = await exampleAsApp(
			rest,
			'new-mail-to-list-item.json',
			{},
			{ pollTimes: everySecond },
		);
	});

	it('takes the newest real message for a test, on the way of production', async () => {
		const execution = await runWorkflow(rest, workflowId, 'New Mail');
		expect(execution.error).toBeUndefined();
		expect(execution.items('New Mail')).toMatchObject([{ json: { subject: 'There before' } }]);
		expect(execution.items('Add to the List')).toMatchObject([{ json: { Title: 'There before' } }]);
	});

	it('activated, starts nothing for what was there, and one run for each new message', async () => {
		await activate(rest, workflowId, 'New Mail');
		await sleep(2_500);
		expect(await runs()).toEqual([]);
		await deliver('Bill', 5);
		const executions = await runsReach(5);
		expect(executions.map(({ status }) => status)).toEqual(Array(5).fill('success'));
		const items = executions.flatMap((execution) => execution.items('Add to the List'));
		expect(items.map(({ json }) => json['Title']).toSorted()).toEqual(
			[1, 2, 3, 4, 5].map((number) => `Bill ${number}`),
		);
		expect(items[0]?.json['Notes']).toContain('<billing@fabrikam.example>');
		expect(items[0]?.json['Notes']).toContain('Please pay soon.');
		// The key that n8n refuses a second run by is none of the workflow's business.
		expect(Object.keys(executions[0]?.items('New Mail')[0] ?? {}).toSorted()).toEqual([
			'json',
			'pairedItem',
		]);
	});

	it('goes on after it was switched off and on again', async () => {
		await rest.call('POST', `/workflows/${workflowId}/deactivate`, {});
		await deliver('In the pause');
		await activate(rest, workflowId, 'New Mail');
		const executions = await runsReach(6);
		const subjects = executions.flatMap((each) => each.items('New Mail').map(({ json }) => json));
		expect(subjects.map(({ subject }) => subject)).toContain('In the pause');
		await rest.call('POST', `/workflows/${workflowId}/deactivate`, {});
	});

	describe('in the editor', () => {
		let browser: Browser;
		let page: Page;
		beforeAll(async () => {
			browser = await startBrowser();
			page = await signedInPage(browser);
		});
		afterAll(async () => {
			await browser.close();
		});

		it('has n8n’s Poll Times, and fetches a test event', async () => {
			await openNode(page, workflowId, 'New Mail');
			await page.getByText('Poll Times', { exact: true }).waitFor();
			await saveScreenshot(page, 'trigger-form');
			await page.getByTestId('node-execute-button').click();
			await page.getByText('In the pause').first().waitFor();
			await saveScreenshot(page, 'trigger-test-event');
		});
	});
});
