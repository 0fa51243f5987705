import type { INodeExecutionData, IRun, ITriggerFunctions } from 'n8n-workflow';
import { createHandOver, type NewRun } from '../../../nodes/Trigger/shared/handOver';

interface Deferred<T> {
	readonly promise: Promise<T>;
	readonly resolve: (value: T) => void;
	readonly reject: (error: Error) => void;
}

interface Emitted {
	readonly key: string | undefined;
	readonly items: INodeExecutionData[];
	readonly done: Deferred<IRun>;
}

function deferred<T>(): Deferred<T> {
	let resolve: Deferred<T>['resolve'] = () => undefined;
	let reject: Deferred<T>['reject'] = () => undefined;
	const promise = new Promise<T>((onResolve, onReject) => {
		resolve = onResolve;
		reject = onReject;
	});
	return { promise, resolve, reject };
}

function harness() {
	const emitted: Emitted[] = [];
	const warnings: string[] = [];
	const context = {
		emit: (
			data: INodeExecutionData[][],
			_response: undefined,
			done: Deferred<IRun>,
			key?: string,
		) => {
			emitted.push({ key, items: data[0] ?? [], done });
		},
		helpers: { createDeferredPromise: deferred },
		logger: {
			warn: (text: string) => warnings.push(text),
			error: (text: string) => warnings.push(text),
		},
	} as unknown as ITriggerFunctions;
	const confirmed: string[] = [];
	const handOver = createHandOver(context);
	const give = async (key: string): Promise<void> => {
		await handOver.give(runOf(key), () => confirmed.push(key));
	};
	return { emitted, warnings, confirmed, handOver, give };
}

const runOf = (key: string, restarts = 0): NewRun => ({
	key,
	restarts,
	items: [{ key: `item ${key}`, id: `id ${key}`, data: { json: { subject: key } } }],
});
const settled = async (): Promise<void> => {
	for (let turn = 0; turn < 5; turn++) await Promise.resolve();
};
const end = {} as IRun;
const refused = undefined as unknown as IRun;
const failedWith = (message: string): IRun =>
	({
		status: 'error',
		data: { resultData: { runData: {}, error: { message } } },
	}) as unknown as IRun;
/** As n8n leaves it of a run whose worker has died. */
const emptied = failedWith(
	'This execution failed to be processed too many times and will no longer retry. To allow …',
);

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('a run has its key for the database, and its items theirs for the run itself', async () => {
	const { emitted, give } = harness();
	await give('a');
	expect(emitted).toMatchObject([
		{
			key: 'a',
			items: [{ json: { subject: 'a' }, handedOver: { key: 'item a', id: 'id a' } }],
		},
	]);
});

test('it is confirmed once, when n8n says that the run is over or was refused', async () => {
	const { emitted, confirmed, give } = harness();
	await give('a');
	await settled();
	expect(confirmed).toEqual([]);
	emitted[0]?.done.resolve(end);
	await settled();
	expect(confirmed).toEqual(['a']);
	jest.advanceTimersByTime(120_000);
	expect(confirmed).toEqual(['a']);
});

test('a run that takes long is confirmed after a minute', async () => {
	const { emitted, confirmed, give } = harness();
	await give('a');
	jest.advanceTimersByTime(59_000);
	expect(confirmed).toEqual([]);
	jest.advanceTimersByTime(1_000);
	expect(confirmed).toEqual(['a']);
	emitted[0]?.done.resolve(end);
	await settled();
	expect(confirmed).toEqual(['a']);
});

test('what could not be recorded is handed over again with the same key, later and later', async () => {
	const { emitted, confirmed, warnings, give } = harness();
	await give('a');
	for (const [attempt, delayMs] of [1_000, 5_000, 15_000, 60_000, 60_000].entries()) {
		emitted[attempt]?.done.reject(new Error('The database is locked'));
		await settled();
		jest.advanceTimersByTime(delayMs - 1);
		expect(emitted).toHaveLength(attempt + 1);
		jest.advanceTimersByTime(1);
		expect(emitted).toHaveLength(attempt + 2);
	}
	expect(new Set(emitted.map(({ key }) => key))).toEqual(new Set(['a']));
	expect(confirmed).toEqual([]);
	expect(warnings[0]).toContain('The database is locked');
	emitted.at(-1)?.done.resolve(end);
	await settled();
	expect(confirmed).toEqual(['a']);
});

test('at most 20 runs are unconfirmed at once; the next waits for room', async () => {
	const { emitted, give } = harness();
	for (let index = 0; index < 20; index++) await give(String(index));
	let isGiven = false;
	const next = give('20').then(() => (isGiven = true));
	await settled();
	expect([emitted.length, isGiven]).toEqual([20, false]);
	emitted[7]?.done.resolve(end);
	await next;
	expect(emitted).toHaveLength(21);
});

test('a run that was recorded by a process that was killed is begun under another key, once', async () => {
	const { emitted, confirmed, handOver } = harness();
	await handOver.give(runOf('a', 2), () => confirmed.push('a'));
	emitted[0]?.done.resolve(refused);
	await settled();
	expect(emitted.map(({ key }) => key)).toEqual(['a', 'a.2']);
	expect(confirmed).toEqual([]);
	emitted[1]?.done.resolve(refused);
	await settled();
	expect([emitted.length, confirmed]).toEqual([2, ['a']]);
});

test('a run that this process has recorded before is not begun again', async () => {
	const { emitted, confirmed, give } = harness();
	await give('a');
	emitted[0]?.done.resolve(refused);
	await settled();
	expect([emitted.length, confirmed]).toEqual([1, ['a']]);
});

test('stopped, it starts nothing more and confirms nothing more', async () => {
	const { emitted, confirmed, handOver, give } = harness();
	for (let index = 0; index < 20; index++) await give(String(index));
	const waiting = give('20');
	emitted[0]?.done.reject(new Error('The database is locked'));
	await settled();
	handOver.stop();
	await waiting;
	jest.advanceTimersByTime(120_000);
	emitted[1]?.done.resolve(end);
	await settled();
	expect([emitted.length, confirmed]).toEqual([20, []]);
	expect(jest.getTimerCount()).toBe(0);
});

test('stopping has n8n store what was confirmed since its last run', async () => {
	const { emitted, give, handOver } = harness();
	await give('a');
	await give('b');
	emitted[1]?.done.resolve(end);
	await settled();
	handOver.stop();
	handOver.stop();
	// n8n stores the state, then refuses the key.
	expect(emitted.map(({ key }) => key)).toEqual(['a', 'b', 'b']);
});

test('stopping emits nothing where n8n has stored all that is confirmed', async () => {
	const { emitted, give, handOver } = harness();
	await give('a');
	emitted[0]?.done.resolve(end);
	await settled();
	await give('b');
	handOver.stop();
	expect(emitted.map(({ key }) => key)).toEqual(['a', 'b']);
});

test('a run whose worker died is begun again, once, and let through', async () => {
	const { emitted, warnings, confirmed, give } = harness();
	await give('a');
	emitted[0]?.done.resolve(emptied);
	await settled();
	expect(confirmed).toEqual([]);
	expect(emitted[1]).toMatchObject({
		key: 'a.again',
		items: [
			{
				json: { subject: 'a' },
				handedOver: { key: 'item a', id: 'id a', isRepeat: true },
			},
		],
	});
	emitted[1]?.done.resolve(emptied);
	await settled();
	expect(confirmed).toEqual(['a']);
	expect(emitted).toHaveLength(2);
	expect(warnings).toEqual([
		expect.stringContaining('The run of id a has lost its worker'),
		expect.stringContaining('id a has lost its worker twice'),
	]);
});

test('also where that is noticed after the run was taken as recorded', async () => {
	const { emitted, confirmed, give } = harness();
	await give('a');
	await jest.advanceTimersByTimeAsync(60_000);
	expect(confirmed).toEqual(['a']);
	emitted[0]?.done.resolve(emptied);
	await settled();
	emitted[1]?.done.resolve(end);
	await settled();
	expect(emitted.map(({ key }) => key)).toEqual(['a', 'a.again']);
	expect(confirmed).toEqual(['a']);
});

test('a run that failed in one of its nodes is not begun again', async () => {
	const { emitted, confirmed, give } = harness();
	await give('a');
	// In queue mode n8n tells nothing more of it, as if no node had run.
	emitted[0]?.done.resolve(failedWith('The service refused the request'));
	await settled();
	expect([emitted.length, confirmed]).toEqual([1, ['a']]);
});
