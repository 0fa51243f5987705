import type { INodeParameters } from 'n8n-workflow';
import { ana, type SourceSandbox, startSourceSandbox } from '../../core/changes/sourceSandbox';
import { until } from '../../support/until';
import { PollingN8n } from './pollingN8n';

let box: SourceSandbox;
let n8n: PollingN8n;
let workflows = 0;

beforeAll(async () => (box = await startSourceSandbox()));
beforeEach(() => box.reset());
afterEach(async () => await n8n.deactivate());
afterAll(async () => await box.stop());

const install = (parameters: INodeParameters = {}, more = {}): PollingN8n => {
	n8n = new PollingN8n({
		credential: box.credential,
		parameters,
		workflowId: `workflow ${++workflows}`,
		...more,
	});
	return n8n;
};
const deliver = (subject: string, count = 1): string[] =>
	box.sandbox.state.deliver({ to: ana, subject, count }).messages.map(({ id }) => id);
const subjects = (): unknown[] => n8n.runs.map(({ json }) => json.map(({ subject }) => subject));
/** Until a look that was begun has ended: what it logs or starts is there then. */
const look = async (isOver: () => boolean): Promise<void> => {
	n8n.tick();
	await until(isOver);
};
/** Time for what is not to happen. */
const idle = async (): Promise<void> => {
	const before = box.requests().length;
	n8n.tick();
	await until(() => box.requests().length > before);
	await new Promise((resolve) => setTimeout(resolve, 30));
};

test('looks at the poll times and soon after the activation', async () => {
	install({
		pollTimes: {
			item: [
				{ mode: 'everyX', value: 5, unit: 'minutes' },
				{ mode: 'custom', cronExpression: '0 8 * * *' },
			],
		},
	});
	deliver('Old');
	await n8n.activate();
	expect(n8n.crons).toEqual([expect.stringMatching(/^\d+ \*\/5 \* \* \* \*$/), '0 8 * * *']);
	deliver('New');
	// Without a tick.
	await until(() => n8n.runs.length === 1);
	expect(subjects()).toEqual([['New']]);
});

test('refuses to be activated without a poll time, and says what is wrong with the rest', async () => {
	install({ pollTimes: { item: [] } });
	await expect(n8n.activate()).rejects.toThrow('There is no poll time');
	install({ mailbox: 'no address' });
	await expect(n8n.activate()).rejects.toThrow(
		'Mailbox: is "no address", which is no email address',
	);
	install({ folder: { __rl: true, mode: 'id', value: 'missing' } });
	await expect(n8n.activate()).rejects.toMatchObject({ httpCode: expect.stringMatching(/4../) });
	install({ event: 'noSuchEvent' });
	await expect(n8n.activate()).rejects.toThrow('This node has no event "noSuchEvent"');
});

test('starts a run for each item, or one for all that a look finds', async () => {
	install();
	await n8n.activate();
	deliver('Each', 3);
	await look(() => n8n.runs.length === 3);
	await n8n.deactivate();

	install({ triggerOptions: { runs: 'all' } });
	await n8n.activate();
	deliver('All', 3);
	await look(() => n8n.runs.length === 1);
	expect(subjects()).toEqual([['All 1', 'All 2', 'All 3']]);
});

test('catches up after a pause, a change of the workflow, and a restart that loses the last cursor', async () => {
	install();
	await n8n.activate();
	const atActivation = n8n.staticData;
	deliver('Before');
	await look(() => n8n.runs.length === 1);
	await n8n.deactivate();
	deliver('In the pause');
	await n8n.activate();
	await look(() => n8n.runs.length === 2);
	await n8n.deactivate();
	deliver('While it was saved');
	n8n.staticData = atActivation;
	await n8n.activate('update');
	await look(() => n8n.runs.length === 3);
	await n8n.deactivate();
	// Another process: it has what is stored, and nothing else.
	n8n.staticData = atActivation;
	deliver('While another was the leader');
	await n8n.activate('leadershipChange');
	await look(() => n8n.runs.length === 4);
	expect(subjects().flat()).toEqual([
		'Before',
		'In the pause',
		'While it was saved',
		'While another was the leader',
	]);
	expect(n8n.refused.length).toBeGreaterThanOrEqual(3);
});

test('a run that n8n had recorded when it was killed, but not begun, is begun after the restart', async () => {
	install();
	await n8n.activate();
	n8n.diesBeforeRuns = true;
	deliver('Caught in between', 2);
	await look(() => n8n.staticData.includes('"intents\\":[{'));
	await n8n.deactivate();
	n8n.diesBeforeRuns = false;
	// Another process, which knows what is stored and nothing else.
	await n8n.activate('leadershipChange');
	await look(() => n8n.runs.length === 2);
	expect(subjects().flat().toSorted()).toEqual(['Caught in between 1', 'Caught in between 2']);
	await idle();
	await n8n.deactivate();
	// It is stored that they are done: the next restart does nothing.
	n8n.refused.length = 0;
	await n8n.activate('leadershipChange');
	await idle();
	expect([n8n.runs.length, n8n.emptyRuns, n8n.refused]).toEqual([2, [], []]);
});

test('a run that had begun is not begun again: its trigger node lets nothing through', async () => {
	install();
	await n8n.activate();
	deliver('Done');
	await look(() => n8n.runs.length === 1);
	await n8n.kill();
	await n8n.activate('leadershipChange');
	await look(() => n8n.emptyRuns.length === 1);
	await idle();
	expect(n8n.runs).toHaveLength(1);
	await n8n.deactivate();
	await n8n.activate('leadershipChange');
	await idle();
	expect([n8n.runs.length, n8n.emptyRuns.length]).toEqual([1, 1]);
});

test('after an orderly stop the next process hands nothing over again', async () => {
	install();
	await n8n.activate();
	deliver('Done', 3);
	await look(() => n8n.runs.length === 3);
	await idle();
	await n8n.deactivate();
	n8n.refused.length = 0;
	await n8n.activate('leadershipChange');
	await idle();
	expect([n8n.runs.length, n8n.emptyRuns, n8n.refused]).toEqual([3, [], []]);
});

test('starts fresh after a pause where that is wanted, but not after a restart', async () => {
	install({ triggerOptions: { afterPause: 'fresh' } });
	await n8n.activate();
	await n8n.deactivate();
	deliver('In the pause');
	await n8n.activate('activate');
	await idle();
	await n8n.deactivate();
	deliver('During the restart');
	await n8n.activate('init');
	await look(() => n8n.runs.length === 1);
	expect(subjects()).toEqual([['During the restart']]);
});

test('tells of an outage once, and of its end in the log', async () => {
	install();
	await n8n.activate();
	box.sandbox.faults.add({ match: 'GET delta', status: 403 });
	await look(() => n8n.failures.length === 1);
	await look(() => n8n.warnings.length === 2);
	await look(() => n8n.warnings.length === 3);
	expect(n8n.failures).toEqual(['Microsoft 365 refused "On message received": access is denied']);
	box.sandbox.faults.clear();
	deliver('Afterwards');
	await look(() => n8n.runs.length === 1);
	await until(() => n8n.infos.some((text) => text.endsWith('works again')));
	// Another outage is news again.
	box.sandbox.faults.add({ match: 'GET delta', status: 404 });
	await look(() => n8n.failures.length === 2);
});

test('goes on where n8n lacks failed executions of triggers', async () => {
	install({}, { lacksFailedExecutions: true });
	await n8n.activate();
	box.sandbox.faults.add({ match: 'GET delta', status: 403, times: 1 });
	await look(() => n8n.warnings.length === 1);
	deliver('Afterwards');
	await look(() => n8n.runs.length === 1);
});

test('works again by itself when the person has connected the credential anew', async () => {
	install();
	await n8n.activate();
	n8n.credential = { ...box.credential, oauthTokenData: {} };
	await look(() => n8n.failures.length === 1);
	n8n.credential = box.credential;
	deliver('Afterwards');
	await look(() => n8n.runs.length === 1);
	expect(subjects()).toEqual([['Afterwards']]);
});

test('marks as read and moves after the hand-over; what was moved starts nothing in its new folder', async () => {
	install({
		scope: 'folders',
		folders: ['inbox', 'archive'],
		markAsRead: true,
		move: true,
		destination: { __rl: true, mode: 'id', value: 'archive' },
	});
	await n8n.activate();
	const ids = deliver('Order', 3);
	await look(() => n8n.runs.length === 3);
	const inArchive = () => {
		const store = box.sandbox.state.mailbox(ana);
		return store.messagesIn(store.folder('archive').serial);
	};
	await until(() => inArchive().length === ids.length);
	expect(inArchive().every(({ isRead }) => isRead)).toBe(true);
	await idle();
	await idle();
	expect(n8n.runs).toHaveLength(3);
	expect(n8n.refused).toEqual([]);
});

test('an item that can not be moved is handed over all the same, and logged', async () => {
	install({
		move: true,
		destination: { __rl: true, mode: 'id', value: 'archive' },
	});
	await n8n.activate();
	deliver('Order');
	box.sandbox.faults.add({ match: 'POST move', status: 403 });
	await look(() => n8n.runs.length === 1);
	await until(() => n8n.infos.some((text) => text.includes('not marked or moved')));
	await idle();
	expect(n8n.runs).toHaveLength(1);
});

test('looks one after the other, and once more for what was due meanwhile', async () => {
	install();
	await n8n.activate();
	await idle();
	box.forget();
	box.sandbox.faults.latencyMs = 60;
	for (let tick = 0; tick < 10; tick++) n8n.tick();
	await until(() => box.requests().length === 2);
	await new Promise((resolve) => setTimeout(resolve, 200));
	expect(box.requests()).toHaveLength(2);
	expect(box.sandbox.limits.highestConcurrency).toBeLessThanOrEqual(4);
});

test('switched off in the middle of a look, it starts nothing more', async () => {
	install();
	await n8n.activate();
	deliver('Too late');
	box.sandbox.faults.latencyMs = 60;
	n8n.tick();
	await n8n.deactivate();
	await new Promise((resolve) => setTimeout(resolve, 250));
	expect(n8n.runs).toEqual([]);
	await n8n.activate();
	await until(() => n8n.runs.length === 1);
	expect(subjects()).toEqual([['Too late']]);
});
