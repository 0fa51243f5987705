import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { withImap } from '../../core/mail/imap';
import { ana, eventually, mime } from '../core/mail/watchHarness';
import { describeWithDovecot, type MailServers, startMailServers } from '../support/mailServers';
import { type Counter, startCounter } from './support/counter';
import { finished, runsOf, runWorkflow } from './support/n8n';
import { type OwnN8n, startOwnN8n } from './support/ownN8n';

const support = 'support@contoso.example';
const kills = 3;

interface WorkflowNode {
	readonly name: string;
	readonly type: string;
	readonly parameters: Readonly<Record<string, unknown>>;
}

describeWithDovecot('the IMAP trigger in n8n', () => {
	let servers: MailServers;
	let n8n: OwnN8n;
	let counter: Counter;

	beforeAll(async () => {
		servers = await startMailServers();
		counter = await startCounter();
		const { directory, loginUrl, imap, caFile } = servers;
		const [app] = directory.apps;
		n8n = await startOwnN8n('e2e-imap', {
			caFile,
			credential: {
				customLoginUrl: loginUrl,
				tenantId: directory.tenantId,
				clientId: app?.clientId,
				clientSecret: app?.clientSecret,
				customImapHost: `${imap.host}:${imap.port}`,
			},
		});
	});
	afterAll(async () => {
		await n8n.close();
		await counter.close();
		await servers.close();
	});

	const active = new Set<string>();
	afterEach(async () => {
		for (const id of active) await n8n.rest.call('POST', `/workflows/${id}/deactivate`);
		active.clear();
		await eventually(async () => (await servers.sessions()).length === 0);
		counter.calls.length = 0;
	});

	const save = async (
		name: string,
		mailbox: string,
		nodes: readonly WorkflowNode[],
		connections: object,
	) => {
		const { id, name: credentialName } = n8n.credential;
		const saved = await n8n.rest.call<{ id: string; versionId: string }>('POST', '/workflows', {
			name,
			nodes: nodes.map((node, index) => ({
				id: `node-${index}`,
				typeVersion: 1,
				position: [index * 220, 0],
				...node,
				...(node.type.startsWith('n8n-nodes-microsoft365.') && {
					parameters: { ...node.parameters, authentication: 'application', mailbox },
					credentials: { microsoft365AppOnlyApi: { id, name: credentialName } },
				}),
			})),
			connections,
			settings: {},
		});
		return saved;
	};
	const activate = async ({ id, versionId }: { id: string; versionId: string }) => {
		active.add(id);
		await n8n.rest.call('POST', `/workflows/${id}/activate`, { versionId });
	};
	/** n8n starts triggers after it has answered. */
	const activated = async (workflow: { id: string; versionId: string }, mailbox = ana) => {
		await activate(workflow);
		// n8n publishes in the background: killed before, it would not start the trigger again.
		await eventually(async () => {
			const { status } = await n8n.rest.call<{ status: string }>(
				'GET',
				`/workflows/${workflow.id}/publication-status`,
			);
			return status === 'published';
		}, 30_000);
		await eventually(async () => (await sessionsOf(mailbox)) === 1);
		// The session is open, and the folder is next.
		await sleep(500);
	};
	const counting = async (parameters: Readonly<Record<string, unknown>> = {}) =>
		await save(
			'Count',
			ana,
			[
				{
					name: 'Trigger',
					type: 'n8n-nodes-microsoft365.microsoft365ImapTrigger',
					parameters: { folder: { __rl: true, mode: 'path', value: 'INBOX' }, ...parameters },
				},
				{
					name: 'Count',
					type: 'n8n-nodes-base.httpRequest',
					parameters: {
						method: 'POST',
						url: counter.url,
						sendBody: true,
						specifyBody: 'json',
						jsonBody: '={{ JSON.stringify({ subject: $json.subject }) }}',
					},
				},
			].map((node, index) => ({ ...node, typeVersion: index === 0 ? 1 : 4.2 })),
			{ Trigger: { main: [[{ node: 'Count', type: 'main', index: 0 }]] } },
		);
	const deactivate = async (id: string) => {
		active.delete(id);
		await n8n.rest.call('POST', `/workflows/${id}/deactivate`);
	};
	const counted = () =>
		counter.calls.map((call) => (JSON.parse(call) as { subject: string }).subject);
	const sessionsOf = async (mailbox: string) =>
		(await servers.sessions()).filter((one) => one === mailbox).length;

	it('runs within two seconds of a delivery, through restarts of the server, on one connection', async () => {
		const workflow = await counting();
		await servers.deliver(ana, mime('Old'));
		await activated(workflow);

		await servers.deliver(ana, mime('First'));
		await eventually(() => counter.calls.length === 1);
		// The first run of a process loads n8n's nodes.
		const startedAt = performance.now();
		await servers.deliver(ana, mime('Second'));
		await eventually(() => counter.calls.length === 2);
		const tookMs = performance.now() - startedAt;
		expect(tookMs).toBeLessThan(2_000);
		console.info(`From the delivery to the workflow's second node: ${Math.round(tookMs)} ms`);

		await servers.down();
		await servers.deliver(ana, mime('While the server was down'));
		await servers.up();
		await eventually(() => counter.calls.length === 3, 20_000);
		await servers.cut(ana);
		await servers.deliver(ana, mime('After the cut'));
		await eventually(() => counter.calls.length === 4, 20_000);
		expect(counted()).toEqual(['First', 'Second', 'While the server was down', 'After the cut']);

		await deactivate(workflow.id);
		await eventually(async () => (await sessionsOf(ana)) === 0);
		expect(await runsOf(n8n.rest, workflow.id)).toHaveLength(4);
	}, 120_000);

	/** Until all messages have got to the end, or nothing has moved for long: n8n starts triggers late. */
	const untilQuiet = async (workflowId: string, messageCount: number) => {
		for (let quiet = 0; quiet < (counter.calls.length < messageCount ? 5 : 1); quiet++) {
			const before = counter.calls.length;
			await sleep(before < messageCount ? 8_000 : 3_000);
			const runs = await runsOf(n8n.rest, workflowId);
			const isBusy = runs.some(({ status }) => status === 'running');
			if (isBusy || counter.calls.length !== before) quiet = -1;
		}
	};

	it('starts one run for each message, however often n8n is killed', async () => {
		const workflow = await counting({ after: 'markRead' });
		await activated(workflow);
		const expected: string[] = [];
		const deliver = async (count: number) => {
			for (let index = 0; index < count; index++) {
				const subject = `Message ${expected.length}`;
				expected.push(subject);
				await servers.deliver(ana, mime(subject));
			}
		};
		for (let kill = 0; kill < kills; kill++) {
			const before = counter.calls.length;
			await deliver(6);
			// Killed while it is at work, not while it starts.
			await eventually(() => counter.calls.length > before, 60_000);
			await sleep(kill * 150);
			await n8n.kill();
			await deliver(2);
			await n8n.start();
		}
		await deliver(1);
		await untilQuiet(workflow.id, expected.length);
		const runs = await runsOf(n8n.rest, workflow.id);
		// A run that had begun when n8n was killed isn't begun again: n8n ends it as crashed.
		const crashed = runs.filter(({ status }) => status !== 'success');
		const reached = counted();
		expect(new Set(reached).size).toBe(reached.length);
		const silent = expected.filter((subject) => !reached.includes(subject));
		expect(silent.length).toBeLessThanOrEqual(crashed.length);
		await deactivate(workflow.id);
		console.info(`${kills} kills: ${runs.length} runs, ${crashed.length} of them interrupted`);
	}, 600_000);

	it('stores attachments with the run, and leaves nothing behind', async () => {
		const workflow = await counting({ output: 'attachments' });
		await activated(workflow);
		const boundary = [
			'MIME-Version: 1.0',
			'Content-Type: multipart/mixed; boundary=b',
			'',
			'--b',
			'Content-Type: application/pdf',
			'Content-Disposition: attachment; filename=a.pdf',
			'',
			'%PDF',
			'--b--',
			'',
		];
		await servers.deliver(
			ana,
			['From: ben@contoso.example', 'Subject: Attached', ...boundary].join('\r\n'),
		);
		await eventually(() => counter.calls.length === 1);
		const [run] = await runsOf(n8n.rest, workflow.id);
		const execution = await finished(n8n.rest, run?.id ?? '');
		const [item] = execution.items('Trigger');
		expect(item?.json['attachments']).toMatchObject([{ fileName: 'a.pdf', field: 'data_0' }]);
		expect(item?.binary?.['data_0']).toMatchObject({
			fileName: 'a.pdf',
			mimeType: 'application/pdf',
			id: expect.stringContaining(`executions/${run?.id}/`) as string,
		});
		const storage = join(dirname(n8n.logFile), '.n8n', 'storage');
		const left = existsSync(storage)
			? readdirSync(storage, { recursive: true }).filter((name) =>
					String(name).includes('executions/temp/'),
				)
			: [];
		expect(left).toEqual([]);
		await deactivate(workflow.id);
	}, 120_000);

	it('takes the newest message in a test run', async () => {
		const workflow = await counting({ filters: { subject: 'test run' } });
		await servers.deliver(ana, mime('For the test run'));
		await servers.deliver(ana, mime('Newer, but another'));
		const execution = await runWorkflow(n8n.rest, workflow.id, 'Trigger');
		expect(execution.items('Trigger').map(({ json }) => json['subject'])).toEqual([
			'For the test run',
		]);
		await eventually(async () => (await sessionsOf(ana)) === 0);
	}, 120_000);

	it('shows why it can not be switched on', async () => {
		const workflow = await counting({ folder: { __rl: true, mode: 'path', value: 'Nowhere' } });
		await activate(workflow);
		interface Publication {
			readonly status: string;
			readonly triggers: ReadonlyArray<{ readonly errorMessage: string | null }>;
		}
		let shown: Publication | undefined;
		await eventually(async () => {
			shown = await n8n.rest.call('GET', `/workflows/${workflow.id}/publication-status`);
			return shown?.status === 'failed';
		}, 60_000);
		expect(shown?.triggers[0]?.errorMessage).toContain('Nowhere');
		expect(await runsOf(n8n.rest, workflow.id)).toEqual([]);
		await eventually(async () => (await sessionsOf(ana)) === 0);
	}, 120_000);

	it('"Shared mailbox by IMAP" files invoices and flags the rest', async () => {
		const file = resolve(__dirname, '../../examples/shared-mailbox-by-imap.json');
		const example = JSON.parse(readFileSync(file, 'utf8')) as {
			name: string;
			nodes: WorkflowNode[];
			connections: object;
		};
		const workflow = await save(example.name, support, example.nodes, example.connections);
		await activated(workflow, support);
		await servers.deliver(support, mime('Your invoice 4711'));
		await servers.deliver(support, mime('How do I change my password?'));
		await eventually(async () => {
			const runs = await runsOf(n8n.rest, workflow.id);
			return runs.filter(({ status }) => status === 'success').length === 2;
		}, 30_000);
		await deactivate(workflow.id);
		const messagesIn = async (folder: string) =>
			await withImap(
				servers.login('imap', { user: ana, mailbox: support }),
				{},
				async (session) => {
					await session.run(async (client) => await client.mailboxOpen(folder));
					const found = await session.run(
						async (client) => await client.fetchAll('1:*', { envelope: true, flags: true }),
					);
					return found.map(({ envelope, flags }) => [
						envelope?.subject,
						flags?.has('\\Flagged') ?? false,
					]);
				},
			);
		expect(await messagesIn('Invoices')).toEqual([['Your invoice 4711', false]]);
		expect(await messagesIn('INBOX')).toEqual([['How do I change my password?', true]]);
	}, 120_000);
});
