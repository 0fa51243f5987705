import { ana, type InstantSandbox, startInstantSandbox, until } from './instantSandbox';

jest.setTimeout(30_000);

let sandbox: InstantSandbox;
const begin = async (...args: Parameters<typeof startInstantSandbox>) => {
	sandbox = await startInstantSandbox(...args);
	return sandbox;
};
afterEach(async () => {
	await sandbox.close();
});

const ofSubscriptions = (requests: readonly string[]) =>
	requests.filter((request) => request.includes('/subscriptions'));

describe('activation', () => {
	it('subscribes to each folder, with the lifecycle URL and immutable IDs', async () => {
		const { n8n, live } = await begin({
			scope: 'folders',
			folders: ['inbox', 'archive'],
		});
		await n8n.startProcess().activate();
		expect(
			live().map(({ resource, changeType, notificationUrl, lifecycleNotificationUrl }) => ({
				resource,
				changeType,
				notificationUrl,
				lifecycleNotificationUrl,
			})),
		).toEqual(
			['inbox', 'archive'].map((folder) => ({
				resource: `me/mailFolders('${folder}')/messages`,
				changeType: 'created',
				notificationUrl: n8n.url,
				lifecycleNotificationUrl: n8n.url,
			})),
		);
		expect(live().every(({ hasImmutableIds }) => hasImmutableIds)).toBe(true);
	});

	it("says what to choose instead for a colleague's mailbox, and leaves nothing behind", async () => {
		const { n8n, live } = await begin(
			{ mailbox: 'support@contoso.example' },
			{ scopes: 'Mail.ReadWrite Mail.ReadWrite.Shared' },
		);
		const error: unknown = await n8n
			.startProcess()
			.activate()
			.catch((thrown: unknown) => thrown);
		expect(error).toMatchObject({
			message: expect.stringMatching(
				/own mailbox only: choose "The App Itself \(App-Only\)".*"Microsoft 365 Trigger"/,
			) as string,
			description: expect.stringContaining('ExtensionError') as string,
		});
		expect(live()).toEqual([]);
	});

	it('says what must be reachable when the handshake fails, and leaves nothing behind', async () => {
		const { n8n, live, clock } = await begin();
		const process = n8n.startProcess();
		// The address leads to a process that answers nothing.
		n8n.routeTo();
		const other = n8n.startProcess();
		n8n.routeTo(other);
		await other.kill();
		const refused = process.activate().catch((thrown: unknown) => thrown);
		const advancing = setInterval(() => void clock.advance(5_000), 20);
		const error = await refused;
		clearInterval(advancing);
		expect(error).toMatchObject({
			message: expect.stringContaining(
				"Microsoft could not reach this trigger's address",
			) as string,
			description: expect.stringContaining(n8n.url) as string,
		});
		expect((error as { description: string }).description).toContain('behind any firewall');
		expect(live()).toEqual([]);
	});
});

describe('deactivation', () => {
	it('removes the subscription, and goes on from there when activated again', async () => {
		const { n8n, settle, live, deliver, clock, subjects, requests } = await begin();
		const process = n8n.startProcess();
		await process.activate();
		await settle();
		deliver('First');
		await until(() => n8n.runs.length === 1);
		const before = requests().length;
		await process.deactivate();
		expect(live()).toEqual([]);
		expect(ofSubscriptions(requests().slice(before))).toHaveLength(1);
		deliver('Meanwhile');
		await clock.advance(60_000);
		expect(subjects()).toEqual(['First']);
		await process.activate();
		await clock.advance(1_000);
		await until(() => n8n.runs.length === 2);
		expect(subjects()).toEqual(['First', 'Meanwhile']);
		expect(live()).toHaveLength(1);
	});

	it("in another process than the trigger's removes what reports to the address", async () => {
		const { n8n, settle, live } = await begin();
		const leader = n8n.startProcess();
		await leader.activate();
		await settle();
		const other = n8n.startProcess();
		await other.deactivate();
		expect(live()).toEqual([]);
	});

	it('does not fail when Microsoft can not be reached', async () => {
		const { n8n, graph, settle, live } = await begin();
		const process = n8n.startProcess();
		await process.activate();
		await settle();
		graph.faults.add({ match: 'DELETE /v1.0/subscriptions', status: 403, times: 1 });
		await process.deactivate();
		expect(live()).toHaveLength(1);
		expect(n8n.logs.join()).toContain('ends by itself');
	});
});

describe('after n8n was killed', () => {
	it('the subscription is taken up again, and what came meanwhile runs once', async () => {
		const { n8n, settle, live, deliver, clock, subjects, requests } = await begin();
		const first = n8n.startProcess();
		await first.activate();
		await settle();
		deliver('First');
		await until(() => n8n.runs.length === 1);
		const [before] = live();
		await first.kill();
		deliver('Meanwhile');
		const asked = requests().length;
		await n8n.startProcess().activate('init');
		await clock.advance(1_000);
		await until(() => n8n.runs.length === 2);
		expect(subjects()).toEqual(['First', 'Meanwhile']);
		expect(live().map(({ id }) => id)).toEqual([before?.id]);
		await until(() => ofSubscriptions(requests().slice(asked)).length > 0);
		expect(ofSubscriptions(requests().slice(asked))).toEqual([
			expect.stringMatching(/^GET .*\/subscriptions\/[^/]+$/),
		]);
		deliver('Last');
		await until(() => n8n.runs.length === 3);
	});

	it('in the middle of an activation, nothing is left of it', async () => {
		const { n8n, live, graph, clock, settle, deliver } = await begin();
		const first = n8n.startProcess();
		graph.faults.add({ match: 'POST /v1.0/subscriptions', delayMs: 100, times: 1 });
		const activation = first.activate();
		await until(() => n8n.staticData()['door'] !== undefined);
		const stored = n8n.staticData();
		await activation;
		await first.kill();
		expect(live()).toHaveLength(1);
		// The database as it was when the process died: without the subscription.
		expect(JSON.stringify(stored)).not.toContain(live()[0]?.id);
		n8n.restore(stored);
		const [orphan] = live();
		await n8n.startProcess().activate('init');
		await clock.advance(1_000);
		await settle();
		await until(() => live().length === 1 && live()[0]?.id !== orphan?.id);
		deliver('Next');
		await until(() => n8n.runs.length === 1);
	});

	it('and Microsoft is down at the start, it looks and subscribes when it is up again', async () => {
		const { n8n, settle, live, deliver, clock, subjects, graph } = await begin();
		const first = n8n.startProcess();
		await first.activate();
		await settle();
		deliver('First');
		await until(() => n8n.runs.length === 1);
		await first.kill();
		for (const { id } of live()) graph.state.subscriptions.remove(id);
		graph.faults.add({ match: '* /v1.0/subscriptions', status: 500, times: 6 });
		await n8n.startProcess().activate('init');
		deliver('Meanwhile');
		await clock.advance(1_000);
		await until(() => n8n.runs.length === 2);
		await until(async () => {
			await clock.advance(60_000);
			return live().length === 1;
		});
		expect(subjects()).toEqual(['First', 'Meanwhile']);
		deliver('Last');
		await until(() => n8n.runs.length === 3);
	});
});

describe('over days', () => {
	it('renews at half of its life, while the workflow is idle', async () => {
		const { n8n, settle, live, clock, requests } = await begin({ floorMinutes: 1440 });
		await n8n.startProcess().activate();
		await settle();
		const expiresAt = live()[0]?.expiresAt ?? 0;
		const before = requests().length;
		await clock.advance(3.6 * 24 * 3_600_000);
		await until(() => (live()[0]?.expiresAt ?? 0) > expiresAt);
		expect(ofSubscriptions(requests().slice(before))).toEqual([
			expect.stringMatching(/^PATCH .*\/subscriptions\/[^/]+$/),
		]);
	});
});

it(`watches ${ana}'s own mailbox by her address too, as the person who is signed in`, async () => {
	const { n8n, live, settle, deliver } = await begin({
		mailbox: ana,
	});
	await n8n.startProcess().activate();
	await settle();
	expect(live().map(({ resource }) => resource)).toEqual([
		`users/${ana}/mailFolders('inbox')/messages`,
	]);
	deliver('Hello');
	await until(() => n8n.runs.length === 1);
});
