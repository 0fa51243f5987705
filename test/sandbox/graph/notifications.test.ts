import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { validateEndpoint } from '../../../sandbox/graph/subscriptions/handshake';
import { NotificationLog } from '../../../sandbox/graph/subscriptions/log';
import { createTls } from '../../../sandbox/tls';
import { startSubscriber } from './subscriber';
import {
	startSubscriptionWire,
	subscriptionScopes as scopes,
	type SubscriptionWire,
} from './subscriptionWire';
import { ana, ben, recipient, text } from './wire';

let its: SubscriptionWire;

beforeAll(async () => {
	its = await startSubscriptionWire();
});

afterAll(async () => {
	await its.close();
});

beforeEach(async () => {
	await its.reset();
});

describe('notifications', () => {
	test('tell of mail that came, changed, moved and went', async () => {
		await its.subscribe("me/mailFolders('inbox')/messages", {
			changeType: 'created,updated,deleted',
		});
		const { messages } = its.wire.graph.state.deliver({ to: ana, subject: 'Hello' });
		const listed = (await its.wire.send('GET', '/me/messages')).body.value?.[0];
		const id = text(listed?.id);
		await its.wire.send('PATCH', `/me/messages/${id}`, { body: { isRead: true } });
		await its.wire.send('POST', `/me/messages/${id}/move`, { body: { destinationId: 'archive' } });
		await its.settled();
		expect(messages).toHaveLength(1);
		expect(its.subscriber.received.map(({ changeType }) => changeType)).toEqual([
			'created',
			'updated',
			'deleted',
		]);
		const resource = `Users/${text((await its.wire.send('GET', '/me')).body.id)}/Messages/${id}`;
		expect(its.subscriber.received[0]).toMatchObject({
			clientState: 'secret',
			resource,
			resourceData: {
				'@odata.type': '#Microsoft.Graph.Message',
				'@odata.id': resource,
				'@odata.etag': expect.stringMatching(/^W\//) as string,
				id,
			},
		});
	});

	test('go together, and carry immutable ids where they were asked for', async () => {
		await its.subscribe('me/messages', {}, { headers: { Prefer: 'IdType="ImmutableId"' } });
		const { messages } = its.wire.graph.state.deliver({ to: ana, count: 20 });
		await its.settled();
		expect(its.subscriber.requests).toEqual([20]);
		expect(its.subscriber.received.map(({ resourceData }) => resourceData?.['id'])).toEqual(
			messages.map(({ id }) => id),
		);
	});

	test('pass a filter', async () => {
		await its.subscribe("me/messages?$filter=importance eq 'high'");
		its.wire.graph.state.deliver({ to: ana, subject: 'calm' });
		its.wire.graph.state.deliver({ to: ana, subject: 'urgent', importance: 'high' });
		await its.settled();
		expect(its.subscriber.received).toHaveLength(1);
	});

	test('tell of events, drives and lists', async () => {
		const token = its.wire.token({ upn: ana, scopes });
		await its.subscribe('me/events', { changeType: 'created,updated,deleted' });
		const drive = await its.subscribe('me/drive/root', { changeType: 'updated' });
		const [site] = its.wire.graph.state.sharePoint.sites.filter(({ name }) => name === 'finance');
		if (site === undefined) throw new Error('No site');
		const list = its.wire.graph.state.sharePoint.addList(site, { displayName: 'Watched' });
		const listPath = `sites/${site.id}/lists/${list.id}`;
		expect((await its.subscribe(listPath, { changeType: 'updated' })).status).toBe(201);
		const time = (dateTime: string) => ({ dateTime, timeZone: 'UTC' });
		await its.wire.send('POST', '/me/events', {
			token,
			body: {
				subject: 'Plan',
				start: time('2030-01-01T10:00:00'),
				end: time('2030-01-01T11:00:00'),
				attendees: [recipient(ben)],
			},
		});
		await its.wire.send('PUT', '/me/drive/root:/a.txt:/content', {
			token,
			body: 'text',
			headers: { 'Content-Type': 'text/plain' },
		});
		await its.wire.send('POST', `/${listPath}/items`, {
			token,
			body: { fields: { Title: 'One' } },
		});
		await its.settled();
		const types = its.subscriber.received.map(({ changeType, resourceData, resource }) => [
			changeType,
			resourceData?.['@odata.type'],
			resource === drive.body.resource || resource === listPath,
		]);
		expect(types).toContainEqual(['created', '#Microsoft.Graph.Event', false]);
		expect(types).toContainEqual(['updated', '#Microsoft.Graph.DriveItem', true]);
		expect(types).toContainEqual(['updated', '#Microsoft.Graph.ListItem', true]);
		const place = its.subscriber.received.find(({ resource }) => resource === listPath);
		expect(place?.resourceData?.['id']).toBeUndefined();
	});

	test('come again after an error', async () => {
		await its.subscribe('me/messages');
		await its.control('POST', 'notifications', { retryDelaysMs: [5, 5] });
		its.subscriber.statuses.push(500, 503);
		its.wire.graph.state.deliver({ to: ana });
		await its.settled();
		expect(its.subscriber.received).toHaveLength(1);
		const { sent } = (await its.control('GET', 'notifications')).body;
		expect(sent).toMatchObject([
			{ kind: 'validation' },
			{ attempt: 1, status: 500 },
			{ attempt: 2, status: 503 },
			{ attempt: 3, status: 202 },
		]);
	});

	test('that are given up end as missed', async () => {
		await its.subscribe('me/messages', { lifecycleNotificationUrl: its.subscriber.url });
		await its.control('POST', 'notifications', { retryDelaysMs: [] });
		its.subscriber.statuses.push(500);
		its.wire.graph.state.deliver({ to: ana });
		await its.settled();
		expect(its.subscriber.received).toMatchObject([{ lifecycleEvent: 'missed' }]);
	});

	test('get lost, doubled, late and shuffled on demand', async () => {
		await its.subscribe('me/messages');
		await its.control('POST', 'notifications', { drop: 1 });
		its.wire.graph.state.deliver({ to: ana });
		await its.settled();
		expect(its.subscriber.received).toHaveLength(0);
		await its.control('POST', 'notifications', { double: 1, delayMs: 50, shuffle: true });
		const startedAt = Date.now();
		its.wire.graph.state.deliver({ to: ana });
		await its.settled();
		expect(Date.now() - startedAt).toBeGreaterThanOrEqual(45);
		expect(its.subscriber.received).toHaveLength(2);
		expect(its.subscriber.received[0]).toEqual(its.subscriber.received[1]);
		const state = (await its.control('GET', 'notifications')).body;
		expect(state.dropped).toBe(1);
	});

	test('are forged on demand', async () => {
		const { body } = await its.subscribe('me/messages');
		await its.control('POST', 'notifications/forge', { subscriptionId: body.id });
		await its.control('POST', 'notifications/forge', {
			subscriptionId: 'unknown',
			url: its.subscriber.url,
			clientState: 'secret',
		});
		await its.settled();
		expect(its.subscriber.received).toMatchObject([
			{ subscriptionId: body.id, clientState: 'forged' },
			{ subscriptionId: 'unknown', clientState: 'secret' },
		]);
	});

	test('stop when the subscription is removed silently', async () => {
		const { body } = await its.subscribe('me/messages');
		await its.control('POST', 'notifications/remove', { subscriptionId: body.id });
		its.wire.graph.state.deliver({ to: ana });
		await its.settled();
		expect(its.subscriber.received).toEqual([]);
		expect((await its.wire.send('GET', `/subscriptions/${text(body.id)}`)).status).toBe(404);
	});

	test('travel by TLS that the throw-away authority vouches for', async () => {
		const folder = await mkdtemp(join(tmpdir(), 'sandbox-notifications-'));
		const tls = await createTls(folder);
		const secure = await startSubscriber(tls);
		const log = new NotificationLog();
		try {
			await validateEndpoint(secure.url, { timeoutMs: 5_000, ca: tls.ca, log });
			expect(log.sent).toMatchObject([{ kind: 'validation', status: 200 }]);
			const untrusted = validateEndpoint(secure.url, { timeoutMs: 5_000, ca: undefined, log });
			await expect(untrusted).rejects.toMatchObject({ status: 400, code: 'ValidationError' });
		} finally {
			await secure.close();
			await rm(folder, { recursive: true });
		}
	});
});
