import { removeSubscriptions } from '../../../core/changes/removeSubscriptions';
import { graphError } from './subscriptionService';
import { archive, dayMs, inbox, subscriptionHarness, timedOut, url } from './subscriptionHarness';

const { begin } = subscriptionHarness();

describe('life', () => {
	it('renews at half of it, again and again', async () => {
		const { service, clock, subscriptions } = await begin();
		await subscriptions.start('untilReady');
		const [only] = service.subscriptions.values();
		await clock.advance(3.4 * dayMs);
		expect(service.requests).toEqual(['POST /subscriptions']);
		await clock.advance(0.2 * dayMs);
		expect(service.requests).toEqual(['POST /subscriptions', `PATCH /subscriptions/${only?.id}`]);
		await clock.advance(28 * dayMs);
		expect(service.requests).toHaveLength(2 + 8);
		expect(Date.parse(only?.expirationDateTime ?? '')).toBeGreaterThan(clock.now() + 3 * dayMs);
	});

	it('goes on trying to renew while Graph is down, and says nothing while it still lives', async () => {
		const { service, clock, seen, subscriptions } = await begin();
		await subscriptions.start('untilReady');
		const [only] = service.subscriptions.values();
		service.fail('PATCH', ...Array.from({ length: 4 }, () => graphError(500, 'x', 'down')));
		await clock.advance(3.6 * dayMs);
		expect(service.requests.filter((title) => title.startsWith('PATCH'))).toHaveLength(5);
		expect(Date.parse(only?.expirationDateTime ?? '')).toBeGreaterThan(clock.now() + 6 * dayMs);
		expect(seen.outages).toEqual([]);
	});

	it('makes a new one when renewal finds it gone, and asks for a look', async () => {
		const { service, clock, seen, subscriptions } = await begin();
		await subscriptions.start('untilReady');
		const [old] = seen.kept;
		service.subscriptions.clear();
		await clock.advance(3.6 * dayMs);
		expect(service.requests.slice(1)).toEqual([
			`PATCH /subscriptions/${old?.id}`,
			'POST /subscriptions',
		]);
		expect(seen.looks).toBe(2);
		expect(seen.kept.map(({ id }) => id)).toEqual([...service.subscriptions.keys()]);
	});

	it('makes a new one when Graph says that it was removed, and knows the old one no more', async () => {
		const { service, clock, seen, subscriptions } = await begin();
		await subscriptions.start('untilReady');
		const [old] = service.subscriptions.keys();
		service.subscriptions.clear();
		const removed = { subscriptionId: old ?? '', lifecycleEvent: 'subscriptionRemoved' } as const;
		subscriptions.heed([removed]);
		subscriptions.heed([removed]);
		await clock.advance(1_000);
		subscriptions.heed([removed]);
		await clock.advance(1_000);
		expect(service.requests).toEqual(['POST /subscriptions', 'POST /subscriptions']);
		expect(seen.looks).toBe(2);
		expect(subscriptions.heed([{ subscriptionId: old ?? '' }])).toBe(false);
	});

	it('renews when asked to authorise again, once for a doubled request', async () => {
		const { service, clock, subscriptions } = await begin();
		await subscriptions.start('untilReady');
		const [id = ''] = service.subscriptions.keys();
		const asked = { subscriptionId: id, lifecycleEvent: 'reauthorizationRequired' } as const;
		await clock.advance(dayMs);
		expect(subscriptions.heed([asked])).toBe(false);
		await clock.advance(1_000);
		subscriptions.heed([asked]);
		await clock.advance(1_000);
		expect(service.requests.slice(1)).toEqual([`PATCH /subscriptions/${id}`]);
	});

	it('asks for a look on changes and on missed ones, not on those of strangers', async () => {
		const { service, subscriptions } = await begin();
		await subscriptions.start('untilReady');
		const [id = ''] = service.subscriptions.keys();
		expect(subscriptions.heed([{ subscriptionId: id }])).toBe(true);
		expect(subscriptions.heed([{ subscriptionId: id, lifecycleEvent: 'missed' }])).toBe(true);
		expect(subscriptions.heed([{ subscriptionId: 'stranger' }])).toBe(false);
		expect(subscriptions.heed([{ subscriptionId: 'stranger', lifecycleEvent: 'missed' }])).toBe(
			false,
		);
		expect(service.requests).toEqual(['POST /subscriptions']);
	});

	it('tells of an outage when there is none any more, and of its end', async () => {
		const { service, clock, seen, subscriptions } = await begin();
		await subscriptions.start('untilReady');
		service.subscriptions.clear();
		service.fail('POST', timedOut, timedOut);
		await clock.advance(3.6 * dayMs);
		expect(seen.outages).toEqual([
			expect.objectContaining({ refusal: 'unreachable' }),
			expect.objectContaining({ refusal: 'unreachable' }),
			undefined,
		]);
		expect(subscriptions.isComplete()).toBe(true);
	});

	it('does nothing any more once stopped', async () => {
		const { service, clock, subscriptions } = await begin();
		await subscriptions.start('untilReady');
		subscriptions.stop();
		await clock.advance(30 * dayMs);
		expect(service.requests).toEqual(['POST /subscriptions']);
		expect(service.subscriptions.size).toBe(1);
	});
});

describe('restart', () => {
	it('takes up what Graph still has, with its half-life', async () => {
		const { service, clock, seen, make, subscriptions } = await begin();
		await subscriptions.start('untilReady');
		subscriptions.stop();
		await clock.advance(dayMs);
		const again = make({ kept: seen.kept });
		await again.start('inBackground');
		await clock.advance(0);
		const [id] = service.subscriptions.keys();
		expect(service.requests).toEqual(['POST /subscriptions', `GET /subscriptions/${id}`]);
		await clock.advance(2.6 * dayMs);
		expect(service.requests.at(-1)).toBe(`PATCH /subscriptions/${id}`);
	});

	it.each(['untilReady', 'inBackground'] as const)(
		'makes a new one when Graph has none, removes others at our address (%s)',
		async (patience) => {
			const { service, clock, seen, make, subscriptions } = await begin();
			await subscriptions.start('untilReady');
			subscriptions.stop();
			const [old] = service.subscriptions.keys();
			service.subscriptions.clear();
			const left = { resource: 'x', body: {}, expirationDateTime: '' };
			service.subscriptions.set('left', { ...left, id: 'left', notificationUrl: url });
			const foreign = { ...left, id: 'foreign', notificationUrl: 'https://n8n.example/webhook/2' };
			service.subscriptions.set('foreign', foreign);
			const again = make({ kept: seen.kept });
			await again.start(patience);
			await clock.advance(1_000);
			expect(again.isComplete()).toBe(true);
			expect(service.subscriptions.size).toBe(2);
			expect(service.subscriptions.has('foreign')).toBe(true);
			expect(service.subscriptions.has(old ?? '')).toBe(false);
			expect(service.subscriptions.has('left')).toBe(false);
		},
	);

	it('drops those of another address and of folders that are watched no more', async () => {
		const { service, seen, make } = await begin();
		const before = make({ wishes: [inbox, archive] });
		await before.start('untilReady');
		before.stop();
		const after = make({ kept: seen.kept, wishes: [archive] });
		await after.start('untilReady');
		after.stop();
		expect([...service.subscriptions.values()].map(({ resource }) => resource)).toEqual([
			archive.resource,
		]);
		const moved = make({
			kept: seen.kept,
			wishes: [archive],
			target: { url: 'https://other.example/webhook/1', clientState: 'secret' },
		});
		await moved.start('untilReady');
		expect(
			[...service.subscriptions.values()].map(({ notificationUrl }) => notificationUrl),
		).toEqual(['https://other.example/webhook/1']);
	});

	it('comes back by itself when Graph was down at the restart', async () => {
		const { service, clock, seen, make } = await begin();
		service.fail('POST', graphError(403, 'x', 'no'), graphError(500, 'x', 'down'), timedOut);
		const subscriptions = make();
		await subscriptions.start('inBackground');
		await clock.advance(60_000);
		expect(subscriptions.isComplete()).toBe(true);
		expect(seen.outages.at(-1)).toBeUndefined();
		expect(seen.looks).toBe(1);
		expect(service.subscriptions.size).toBe(1);
	});
});

describe('removal', () => {
	it('removes what is kept, and what else reports to the address', async () => {
		const { service, graph, seen, subscriptions } = await begin();
		await subscriptions.start('untilReady');
		service.subscriptions.set('left', {
			id: 'left',
			resource: 'x',
			body: {},
			notificationUrl: url,
			expirationDateTime: '',
		});
		await removeSubscriptions(graph, seen.kept, url, () => undefined);
		expect(service.subscriptions.size).toBe(0);
	});

	it('never fails: what can not be removed is told in the log', async () => {
		const { service, graph, seen, subscriptions } = await begin();
		await subscriptions.start('untilReady');
		service.fail('DELETE', graphError(403, 'ErrorAccessDenied', 'Access is denied.'));
		const logs: string[] = [];
		await removeSubscriptions(graph, seen.kept, undefined, (text) => logs.push(text));
		expect(logs).toEqual([expect.stringContaining('ends by itself')]);
		expect(service.requests.filter((title) => title.startsWith('DELETE'))).toHaveLength(1);
	});
});
