import { type InstantSandbox, startInstantSandbox, until } from './instantSandbox';

jest.setTimeout(30_000);

let sandbox: InstantSandbox;
beforeEach(async () => {
	sandbox = await startInstantSandbox();
});
afterEach(async () => {
	await sandbox.close();
});

const lines = ({ n8n }: InstantSandbox) => n8n.logs.join('\n');
const passedOn = 'Notifications come to another process of n8n';

it('a webhook process passes notifications on to the leader, each message once', async () => {
	const { n8n, settle, deliver, clock, subjects } = sandbox;
	const leader = n8n.startProcess();
	n8n.routeTo(n8n.startProcess());
	await leader.activate();
	await settle();
	await until(() => lines(sandbox).includes(passedOn));
	deliver('One');
	await until(() => n8n.runs.length === 1);
	deliver('Two');
	await until(() => n8n.runs.length === 2);
	await clock.advance(60_000);
	expect(subjects()).toEqual(['One', 'Two']);
});

it('so do two of them behind a load balancer, and the leader among them', async () => {
	const { n8n, settle, deliver, subjects } = sandbox;
	const leader = n8n.startProcess();
	const [first, second] = [n8n.startProcess(), n8n.startProcess()];
	n8n.routeTo(first, second, leader);
	await leader.activate();
	await settle();
	const all = Array.from({ length: 6 }, (_, number) => `Message ${number}`);
	for (const [place, subject] of all.entries()) {
		deliver(subject);
		await until(() => n8n.runs.length > place);
	}
	expect(subjects()).toEqual(all);
});

it('a leader that serves its own webhook holds no request open', async () => {
	const { n8n, settle, deliver } = sandbox;
	await n8n.startProcess().activate();
	await settle();
	deliver('One');
	await until(() => n8n.runs.length === 1);
	expect(lines(sandbox)).not.toContain(passedOn);
});

it('the next leader hears them after the one before has gone', async () => {
	const { n8n, settle, deliver, clock, subjects } = sandbox;
	const first = n8n.startProcess();
	n8n.routeTo(n8n.startProcess());
	await first.activate();
	await settle();
	deliver('One');
	await until(() => n8n.runs.length === 1);
	await first.kill();
	await n8n.startProcess().activate('leadershipChange');
	await clock.advance(1_000);
	await settle();
	deliver('Two');
	await until(() => n8n.runs.length === 2);
	expect(subjects()).toEqual(['One', 'Two']);
});

it('a leader that can not reach its own address looks each minute, and says so', async () => {
	const { n8n, settle, deliver, clock, subjects } = sandbox;
	const leader = n8n.startProcess();
	n8n.routeTo(n8n.startProcess());
	n8n.hideFromItself();
	await leader.activate();
	await settle();
	await until(() => lines(sandbox).includes('can not reach its own webhook address'));
	deliver('One');
	await clock.advance(60_000);
	await until(() => n8n.runs.length === 1);
	expect(subjects()).toEqual(['One']);
});

/** n8n's main process is up again without what leads to its webhook, and without a subscription. */
async function restartAlone(): Promise<void> {
	const { n8n, settle, live } = sandbox;
	const first = n8n.startProcess();
	await first.activate();
	await settle();
	await first.kill();
	for (const { id } of live()) sandbox.graph.state.subscriptions.remove(id);
	const leader = n8n.startProcess();
	n8n.routeTo();
	await leader.activate('init');
}

it('a leader that starts before its webhook processes hears them soon, and misses nothing', async () => {
	const { n8n, deliver, clock, live, subjects } = sandbox;
	await restartAlone();
	await clock.advance(1_000);
	await until(() => lines(sandbox).includes('can not reach its own webhook address'));
	await until(() => lines(sandbox).includes('Creating the subscription failed'));
	deliver('Before');

	n8n.routeTo(n8n.startProcess());
	await until(async () => {
		await clock.advance(2_000);
		return lines(sandbox).includes(passedOn) && live().length === 1;
	});
	await until(() => n8n.runs.length === 1);
	deliver('After');
	await until(() => n8n.runs.length === 2);
	expect(subjects()).toEqual(['Before', 'After']);
	expect(n8n.failures).toEqual([]);
});

it('a leader whose address stays out of reach tells its user', async () => {
	const { n8n, clock } = sandbox;
	await restartAlone();
	await until(async () => {
		await clock.advance(30_000);
		return n8n.failures.length > 0;
	});
	expect(n8n.failures).toEqual([
		expect.stringContaining("Microsoft could not reach this trigger's address"),
	]);
});
