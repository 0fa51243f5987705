import { messageDelta, receivedChange } from '../../../core/changes/messageDelta';
import { messageWindow } from '../../../core/changes/messageWindow';
import type { Source } from '../../../core/changes/types';
import { path } from '../../../core/graph/path';
import { createClock } from '../../../sandbox/clock';
import { createTestToken } from '../../../sandbox/graph/testTokens';
import { createGraphHarness } from '../../support/graphHarness';
import { createFate, FakeInstallation, seeded } from './fakeInstallation';
import { ana, type SourceSandbox, startSourceSandbox } from './sourceSandbox';

const mailbox = path`/me`;

/** The sources of Ana's folders, as the cloud has them. */
type Kind = 'delta' | 'window';

function sourcesOf(kind: Kind, folders: readonly string[], now: () => number): Source[] {
	return folders.map((folder) => {
		const names = { key: folder, family: 'ana', mailbox, select: ['subject'], now };
		return kind === 'delta'
			? messageDelta({ ...names, folder })
			: messageWindow({
					...names,
					folder,
					by: 'receivedDateTime',
					versionOf: () => '',
					changeOf: ({ message }) => receivedChange(message),
					exampleOf: receivedChange,
				});
	});
}

/** Waits as long as the real one, by a clock that needn't. */
function patientClient({ sandbox }: SourceSandbox) {
	const { graph, clock } = createGraphHarness(sandbox.url, {
		tokens: {
			kind: 'delegated',
			getToken: async () => await Promise.resolve(token),
			renew: async () => await Promise.reject(new Error('The token was refused')),
		},
	});
	return { graph, waits: clock.sleeps };
}

const token = createTestToken({
	upn: ana,
	scopes: 'Mail.ReadWrite',
	clock: createClock(),
	expiresInSeconds: 10 ** 9,
});

describe.each([
	['delta', 'global'],
	['window', 'china'],
] as const)('new messages by %s, %s', (kind, cloud) => {
	let at: SourceSandbox;
	const sources = (...folders: string[]): Source[] =>
		sourcesOf(kind, folders, () => at.clock.now());

	beforeAll(async () => {
		at = await startSourceSandbox(cloud);
	});
	beforeEach(() => {
		at.reset();
	});
	afterAll(async () => {
		await at.stop();
	});

	const deliver = (
		count = 1,
		options: Partial<Parameters<typeof at.sandbox.state.deliver>[0]> = {},
	): string[] =>
		at.sandbox.state
			.deliver({ to: ana, subject: 'Order', count, ...options })
			.messages.map(({ id }) => id);

	test('hands over nothing that was there before, and an idle look costs one request without bodies', async () => {
		deliver(30);
		const installation = new FakeInstallation();
		const watch = installation.watch(at.graph, sources('inbox', 'archive'));
		await watch.start();
		at.forget();
		await watch.look();
		await watch.look();
		expect(installation.runs).toEqual([]);
		expect(at.requests()).toHaveLength(4);
		for (const request of at.requests()) {
			expect(request).not.toMatch(/body/i);
			expect(request).toMatch(/\$select=|%24select/);
		}
	});

	test('each of 1,000 messages starts one run: bursts, equal times, late indexing', async () => {
		const random = seeded(20_261_121);
		const installation = new FakeInstallation(random);
		const watch = installation.watch(at.graph, sources('inbox'));
		deliver(5);
		await watch.start();
		const expected: string[] = [];
		while (expected.length < 1_000) {
			const count = random() < 0.3 ? 1 + Math.floor(random() * 80) : 1;
			const late = random() < 0.2 ? { visibleAfterMs: Math.floor(random() * 15 * 60_000) } : {};
			const spacingMs = random() < 0.5 ? 0 : Math.floor(random() * 3_000);
			expected.push(...deliver(Math.min(count, 1_000 - expected.length), { spacingMs, ...late }));
			at.clock.advance(Math.floor(random() * 90_000));
			if (random() < 0.6) await watch.look();
		}
		at.clock.advance(20 * 60_000);
		await watch.look();
		expect(installation.refusals).toBe(0);
		expect(installation.ids().toSorted()).toEqual(expected.toSorted());
	}, 60_000);

	test('after an hour without Graph, everything comes in the order of its coming in', async () => {
		const { graph, waits } = patientClient(at);
		const installation = new FakeInstallation();
		const watch = installation.watch(graph, sources('inbox'));
		await watch.start();
		const expected: string[] = [];
		at.sandbox.faults.add({ match: '* /messages', dropConnection: true });
		for (let minute = 0; minute < 60; minute++) {
			expected.push(...deliver(1 + (minute % 3), { spacingMs: 2_000 }));
			at.clock.advance(60_000);
			await expect(watch.look()).rejects.toThrow();
		}
		at.sandbox.faults.clear();
		expect(installation.runs).toEqual([]);
		await watch.look();
		expect(installation.ids()).toEqual(expected);
		// Each look asks a few times and leaves it at that.
		expect(waits.length / 60).toBeLessThan(6);
	}, 120_000);

	test('through ten minutes of 429 it asks no earlier than Graph allows, and loses nothing', async () => {
		const { graph, waits } = patientClient(at);
		const installation = new FakeInstallation();
		const watch = installation.watch(graph, sources('inbox'));
		await watch.start();
		const expected = deliver(5);
		at.sandbox.faults.add({
			match: 'GET /messages',
			status: 429,
			headers: { 'retry-after': '120' },
			times: 5,
		});
		at.forget();
		await watch.look();
		expect(waits).toEqual([120_000, 120_000, 120_000, 120_000, 120_000]);
		expect(installation.ids()).toEqual(expected);
		expect(at.requests().length).toBeLessThanOrEqual(7);
	}, 60_000);

	test('wherever the process is killed, each message starts one run', async () => {
		let deaths = 0;
		for (let diesAt = 1; ; diesAt++) {
			at.reset();
			const installation = new FakeInstallation(seeded(diesAt));
			const folders = ['inbox', 'archive'];
			const first = installation.watch(at.graph, sources(...folders));
			deliver(2);
			await first.start();
			// n8n stores the state when it has activated a workflow.
			installation.state = JSON.stringify(first.state());
			const expected = [...deliver(22), ...deliver(2, { folder: 'archive' })];
			const fate = createFate(diesAt);
			const mortal = installation.watch(at.graph, sources(...folders), { fate });
			await Promise.race([mortal.look(), fate.death]);
			expected.push(...deliver(1));
			const next = installation.watch(at.graph, sources(...folders));
			await next.look();
			const { runs } = installation;
			expect([diesAt, runs.map(({ ids }) => ids[0]).toSorted()]).toEqual([
				diesAt,
				expected.toSorted(),
			]);
			if (!fate.isDead) break;
			deaths++;
		}
		// Each message alone has half a dozen places to die at.
		expect(deaths).toBeGreaterThan(100);
	}, 120_000);

	test.each([1, 2, 3, 4, 5])(
		'killed again and again while messages come in, it starts one run for each (%i)',
		async (seed) => {
			const random = seeded(seed);
			const installation = new FakeInstallation(random);
			const first = installation.watch(at.graph, sources('inbox'));
			await first.start();
			installation.state = JSON.stringify(first.state());
			const expected: string[] = [];
			for (let kill = 0; kill < 10; kill++) {
				expected.push(...deliver(Math.floor(random() * 30), { spacingMs: 0 }));
				const fate = createFate(1 + Math.floor(random() * 60));
				const mortal = installation.watch(at.graph, sources('inbox'), { fate });
				await Promise.race([mortal.look(), fate.death]);
			}
			await installation.watch(at.graph, sources('inbox')).look();
			expect(installation.ids().toSorted()).toEqual(expected.toSorted());
		},
		30_000,
	);

	test('moved out and back, and from one watched folder to another, it counts once', async () => {
		const installation = new FakeInstallation();
		const watch = installation.watch(at.graph, sources('inbox', 'archive'));
		await watch.start();
		const [id = ''] = deliver();
		await watch.look();
		for (const destinationId of ['deleteditems', 'inbox', 'archive', 'inbox']) {
			await at.as(ana, 'POST', `/me/messages/${id}/move`, { destinationId });
			at.clock.advance(60_000);
			await watch.look();
		}
		expect(installation.ids()).toHaveLength(1);
		expect(installation.refusals).toBe(0);
	});

	test('what is moved into a watched folder soon after it came in counts there', async () => {
		const installation = new FakeInstallation();
		const watch = installation.watch(at.graph, sources('archive'));
		deliver(1, { folder: 'archive' });
		await watch.start();
		const [id = ''] = deliver();
		await watch.look();
		expect(installation.ids()).toEqual([]);
		await at.as(ana, 'POST', `/me/messages/${id}/move`, { destinationId: 'archive' });
		await watch.look();
		expect(installation.ids()).toHaveLength(1);
	});

	test('the newest real messages serve for tests', async () => {
		deliver(3);
		const [source] = sources('inbox');
		const newest = await source?.newest(at.graph, 2);
		expect(newest?.map(({ item }) => item['subject'])).toEqual(['Order 3', 'Order 2']);
	});
});

describe('a delta', () => {
	let at: SourceSandbox;
	beforeAll(async () => {
		at = await startSourceSandbox();
	});
	beforeEach(() => {
		at.reset();
	});
	afterAll(async () => {
		await at.stop();
	});
	const deliver = (count: number, spacingMs = 1_000): string[] =>
		at.sandbox.state.deliver({ to: ana, count, spacingMs }).messages.map(({ id }) => id);
	const sources = () => sourcesOf('delta', ['inbox'], () => at.clock.now());

	test.each([
		['410 syncStateNotFound', undefined],
		[
			'400 syncStateNotFound',
			{ status: 400, body: { error: { code: 'syncStateNotFound', message: 'Gone.' } } },
		],
	])('that Graph has forgotten (%s) is begun anew without loss or flood', async (_name, fault) => {
		deliver(50);
		const installation = new FakeInstallation();
		const watch = installation.watch(at.graph, sources());
		await watch.start();
		const expected = deliver(20);
		await watch.look();
		at.clock.advance(40 * 60_000);
		expected.push(...deliver(3));
		if (fault) at.sandbox.faults.add({ match: 'GET deltatoken', times: 1, ...fault });
		else await at.expireDeltas();
		at.forget();
		await watch.look();
		expect(installation.ids()).toEqual(expected);
		expect(installation.refusals).toBe(0);
		// The link that was forgotten, and one page of the last half hour.
		expect(at.requests()).toHaveLength(2);
	});

	test('is begun anew after 2,000 messages and after a week, before Graph cuts it off', async () => {
		const installation = new FakeInstallation();
		const watch = installation.watch(at.graph, sources(), { runs: 'all' });
		deliver(1);
		await watch.start();
		const expected = deliver(2_100, 100);
		await watch.look();
		at.forget();
		expected.push(...deliver(1));
		await watch.look();
		expect(at.requests()[0]).toMatch(/receivedDateTime ge|receivedDateTime\+ge/);
		expect(at.requests()[0]).not.toContain('deltatoken');
		at.clock.advance(8 * 86_400_000);
		at.forget();
		await watch.look();
		expect(at.requests()[0]).not.toContain('deltatoken');
		at.forget();
		await watch.look();
		expect(at.requests()[0]).toContain('deltatoken');
		expect(installation.ids().toSorted()).toEqual(expected.toSorted());
		expect(installation.refusals).toBe(0);
	}, 60_000);

	test('that answers a round twice starts nothing twice', async () => {
		const installation = new FakeInstallation();
		const watch = installation.watch(at.graph, sources());
		await watch.start();
		const expected = deliver(4);
		await watch.look();
		await fetch(`${at.sandbox.url}/__sandbox__/delta`, {
			method: 'POST',
			body: JSON.stringify({ replay: 1 }),
		});
		expected.push(...deliver(1));
		await watch.look();
		expect(installation.ids()).toEqual(expected);
		expect(installation.refusals).toBe(0);
	});
});
