import { type InstantSandbox, startInstantSandbox, until } from './instantSandbox';

const minuteMs = 60_000;

jest.setTimeout(30_000);

let sandbox: InstantSandbox;
const begin = async (...args: Parameters<typeof startInstantSandbox>) => {
	sandbox = await startInstantSandbox(...args);
	return sandbox;
};
afterEach(async () => {
	await sandbox.close();
});

it('runs for a message without waiting for any time, and not for what was there before', async () => {
	const { n8n, clock, deliver, subjects } = await begin();
	deliver('Before');
	await n8n.startProcess().activate();
	await clock.advance(5_000);
	deliver('After');
	await until(() => n8n.runs.length > 0);
	expect(subjects()).toEqual(['After']);
});

describe('whatever becomes of the notifications, each message is one run', () => {
	const all = Array.from({ length: 10 }, (_, number) => `Message ${number}`);
	const [first = '', ...rest] = all;

	it.each<[string, (sandbox: InstantSandbox) => void | Promise<void>]>([
		['they come as they should', () => undefined],
		['all are dropped', ({ notifier }) => setTo(notifier, { drop: 'all' })],
		['some are dropped', ({ notifier }) => setTo(notifier, { drop: 3 })],
		['all are doubled', ({ notifier }) => setTo(notifier, { double: 'all' })],
		['they are late', ({ notifier }) => setTo(notifier, { delayMs: 300 })],
		[
			'they are out of order',
			({ notifier }) => setTo(notifier, { shuffle: true, batchMs: 50, double: 5 }),
		],
		['the subscription was removed without a word', removeSilently],
		[
			'the subscription was removed, as Microsoft tells',
			({ graph, live }) => {
				for (const subscription of live()) {
					graph.state.subscriptions.remove(subscription.id);
					graph.state.subscriptions.sendLifecycle(subscription, 'subscriptionRemoved');
				}
			},
		],
	])('%s', async (_what, disturb) => {
		const { n8n, clock, settle, deliver, subjects } = await begin();
		await n8n.startProcess().activate();
		await settle();
		deliver(first);
		await until(() => n8n.runs.length === 1);
		await disturb(sandbox);
		deliver(...rest);
		await settle();
		await clock.advance(10 * minuteMs);
		await until(() => n8n.runs.length >= all.length);
		await clock.advance(minuteMs);
		// Received in the same second they have no order; each once they have.
		expect(subjects().sort()).toEqual(all);
	});

	it('a forged one does nothing, and learns nothing', async () => {
		const { n8n, clock, settle, live, requests, subjects, deliver } = await begin();
		await n8n.startProcess().activate();
		await settle();
		await clock.advance(15_000);
		const before = requests().length;
		const [subscription] = live();
		const forged = { value: [{ subscriptionId: subscription?.id, clientState: 'guessed' }] };
		const statuses = await Promise.all(
			[forged, { value: [] }, {}, [], { microsoft365: { secret: 'guessed', ask: 'test' } }].map(
				async (body) => (await post(n8n.url, body)).status,
			),
		);
		expect(statuses).toEqual([202, 202, 202, 202, 202]);
		await clock.advance(30_000);
		expect(requests().slice(before)).toEqual([]);
		deliver('Real');
		await until(() => n8n.runs.length === 1);
		expect(subjects()).toEqual(['Real']);
	});

	it("of a subscription that is not the trigger's any more, it does nothing", async () => {
		const { n8n, clock, settle, live, requests, graph } = await begin();
		await n8n.startProcess().activate();
		await settle();
		const [old] = live();
		graph.state.subscriptions.remove(old?.id ?? '');
		if (old) graph.state.subscriptions.sendLifecycle(old, 'subscriptionRemoved');
		await until(() => live().some(({ id }) => id !== old?.id));
		await clock.advance(30_000);
		const before = requests().length;
		const late = { value: [{ subscriptionId: old?.id, clientState: old?.clientState }] };
		expect((await post(n8n.url, late)).status).toBe(202);
		await clock.advance(30_000);
		expect(requests().slice(before)).toEqual([]);
	});

	it('"missed" looks at once', async () => {
		const { n8n, settle, live, notifier, deliver, subjects, graph } = await begin();
		await n8n.startProcess().activate();
		await settle();
		setTo(notifier, { drop: 'all' });
		deliver('Lost');
		const [subscription] = live();
		if (subscription) graph.state.subscriptions.sendLifecycle(subscription, 'missed');
		await until(() => n8n.runs.length === 1);
		expect(subjects()).toEqual(['Lost']);
	});
});

describe('the webhook', () => {
	it('answers a handshake at once, without a body, whatever its type, as plain text', async () => {
		const { n8n } = await begin();
		await n8n.startProcess().activate();
		const token = 'Validation: <b>Testing</b> a+b&c';
		for (const contentType of ['text/plain; charset=utf-8', 'application/json']) {
			const answer = await fetch(`${n8n.url}?validationToken=${encodeURIComponent(token)}`, {
				method: 'POST',
				headers: { 'content-type': contentType },
			});
			expect(answer.status).toBe(200);
			expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
			expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
			expect(await answer.text()).toBe(token);
		}
	});

	it('answers notifications at once, while Graph is slow and workflows run on', async () => {
		const { n8n, settle, graph, notifier, deliver } = await begin(
			{},
			{ run: async () => await new Promise(() => undefined) },
		);
		await n8n.startProcess().activate();
		await settle();
		graph.faults.latencyMs = 400;
		deliver('One', 'Two', 'Three');
		await notifier.settle();
		const answers = n8n.answers.filter(({ body }) => body.includes('"changeType"'));
		expect(answers.length).toBeGreaterThan(0);
		for (const { status, ms } of answers) {
			expect(status).toBe(202);
			expect(ms).toBeLessThan(300);
		}
		expect(n8n.runs).toEqual([]);
		await until(() => n8n.runs.length === 3);
	});
});

describe('idle', () => {
	it('costs one request per folder at each regular look, and none in between', async () => {
		const { n8n, clock, settle, requests } = await begin({ floorMinutes: 20 });
		await n8n.startProcess().activate();
		await settle();
		const before = requests().length;
		for (let minute = 0; minute < 60; minute++) await clock.advance(minuteMs);
		await until(() => requests().length === before + 3);
		expect(
			requests()
				.slice(before)
				.every((request) => request.includes('delta')),
		).toBe(true);
	});

	it('looks each minute while Microsoft can not tell of changes', async () => {
		const { n8n, clock, settle, live, requests, graph } = await begin();
		await n8n.startProcess().activate();
		await settle();
		graph.faults.add({ match: 'POST /v1.0/subscriptions', status: 500, times: 1_000 });
		const [subscription] = live();
		if (subscription) {
			graph.state.subscriptions.remove(subscription.id);
			graph.state.subscriptions.sendLifecycle(subscription, 'subscriptionRemoved');
		}
		await until(() => n8n.failures.length === 1);
		const before = requests().length;
		const looks = () =>
			requests()
				.slice(before)
				.filter((request) => request.includes('delta'));
		for (let minute = 1; minute <= 5; minute++) {
			await clock.advance(minuteMs);
			await until(() => looks().length >= minute);
		}
		graph.faults.clear();
	});
});

function setTo(
	notifier: InstantSandbox['notifier'],
	settings: Partial<InstantSandbox['notifier']['settings']>,
): void {
	notifier.settings = { ...notifier.settings, ...settings };
}

function removeSilently({ graph, live }: InstantSandbox): void {
	for (const { id } of live()) graph.state.subscriptions.remove(id);
}

async function post(url: string, body: unknown): Promise<Response> {
	return await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
}
