import {
	startSubscriptionWire,
	subscriptionScopes as scopes,
	type SubscriptionWire,
} from './subscriptionWire';
import { ana, ben, support, text } from './wire';

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

describe('creation', () => {
	test('shakes hands and answers as the metadata has it', async () => {
		const answer = await its.subscribe("me/mailFolders('inbox')/messages");
		expect(answer.status).toBe(201);
		expect(answer.body).toMatchObject({
			resource: "me/mailFolders('inbox')/messages",
			changeType: 'created',
			clientState: 'secret',
			notificationUrl: its.subscriber.url,
			latestSupportedTlsVersion: 'v1_2',
		});
		expect((await its.wire.send('GET', '/subscriptions')).body.value).toMatchObject([
			{ id: answer.body.id },
		]);
		const { sent } = (await its.control('GET', 'notifications')).body;
		expect(sent).toMatchObject([{ kind: 'validation', status: 200 }]);
	});

	test.each([
		[{ status: 403 }, /HTTP status code is 'Forbidden'.*must respond with 200 OK/],
		[{ text: 'hello' }, /Response must exactly match validationToken/],
		[{ contentType: 'text/html' }, /Response must exactly match validationToken/],
		[{ delayMs: 300 }, /validation request timed out/],
	])('refuses an endpoint that answers %j', async (handshake, message) => {
		its.subscriber.handshake = handshake;
		await its.control('POST', 'notifications', { validationTimeoutMs: 100 });
		const answer = await its.subscribe('me/messages');
		expect([answer.status, answer.body.error?.code]).toEqual([400, 'ValidationError']);
		expect(answer.body.error?.message).toMatch(message);
		expect((await its.wire.send('GET', '/subscriptions')).body.value).toEqual([]);
	});

	test('loses a handshake on demand, as Graph does at times', async () => {
		await its.control('POST', 'notifications', { loseValidations: 1, validationTimeoutMs: 20 });
		const lost = await its.subscribe('me/messages');
		expect(lost.body.error?.message).toBe('Subscription validation request timed out.');
		await its.control('DELETE', 'notifications');
		expect((await its.subscribe('me/messages')).status).toBe(201);
	});

	test('validates the lifecycle endpoint, too', async () => {
		const answer = await its.subscribe('me/messages', {
			lifecycleNotificationUrl: 'http://127.0.0.1:9/nobody',
		});
		expect([answer.status, answer.body.error?.code]).toEqual([400, 'ValidationError']);
	});

	test.each([
		['me/messages', { expirationDateTime: () => its.inMinutes(10_081) }, 'ExtensionError'],
		['me/events', { expirationDateTime: () => its.inMinutes(10_081) }, 'ExtensionError'],
		['me/drive/root', { changeType: 'created' }, 'InvalidRequest'],
		[
			'me/drive/root',
			{ changeType: 'updated', expirationDateTime: () => its.inMinutes(42_301) },
			'ExtensionError',
		],
		['me/messages', { clientState: 'x'.repeat(129) }, 'InvalidRequest'],
		['me/messages', { notificationUrl: 'http://example.com/hook' }, 'InvalidRequest'],
		['me/mailFolders', {}, 'InvalidRequest'],
		['me/nonsense', {}, 'BadRequest'],
		['me/messages', { changeType: 'moved' }, 'InvalidRequest'],
	])('refuses %s with %j', async (resource, extra, code) => {
		const body = Object.fromEntries(
			Object.entries(extra).map(([name, value]): [string, unknown] => [
				name,
				typeof value === 'function' ? value() : value,
			]),
		);
		const answer = await its.subscribe(resource, body);
		expect([answer.status, answer.body.error?.code]).toEqual([400, code]);
	});

	test('lengthens what is shorter than 45 minutes', async () => {
		const answer = await its.subscribe('me/messages', { expirationDateTime: its.inMinutes(5) });
		const left = Date.parse(text(answer.body.expirationDateTime)) - its.wire.clock.now();
		expect(Math.round(left / 60_000)).toBe(45);
	});

	test("refuses delegated subscriptions to somebody else's mailbox", async () => {
		const shared = await its.subscribe(`users/${support}/messages`);
		expect([shared.status, shared.body.error?.code]).toEqual([403, 'ExtensionError']);
		const app = its.wire.token({ roles: ['Mail.Read'] });
		expect((await its.subscribe(`users/${support}/messages`, {}, { token: app })).status).toBe(201);
	});

	test('needs the permission of the resource', async () => {
		const token = its.wire.token({ upn: ana, scopes: 'Mail.Read' });
		expect((await its.subscribe('me/messages', {}, { token })).status).toBe(201);
		expect((await its.subscribe('me/events', {}, { token })).status).toBe(403);
		const drive = await its.subscribe('me/drive/root', { changeType: 'updated' }, { token });
		expect(drive.status).toBe(403);
	});
});

describe('life', () => {
	test('is renewed, deleted, and nobody else sees it', async () => {
		const { body } = await its.subscribe('me/messages');
		const path = `/subscriptions/${text(body.id)}`;
		const renewed = await its.wire.send('PATCH', path, {
			body: { expirationDateTime: its.inMinutes(600) },
		});
		expect(renewed.status).toBe(200);
		expect(Date.parse(text(renewed.body.expirationDateTime))).toBeGreaterThan(
			its.wire.clock.now() + 599 * 60_000,
		);
		const late = await its.wire.send('PATCH', path, {
			body: { lifecycleNotificationUrl: its.subscriber.url },
		});
		expect(late.status).toBe(400);
		const other = its.wire.token({ upn: ben, scopes });
		expect((await its.wire.send('GET', path, { token: other })).status).toBe(404);
		expect((await its.wire.send('POST', `${path}/reauthorize`)).status).toBe(204);
		expect((await its.wire.send('DELETE', path)).status).toBe(204);
		expect((await its.wire.send('GET', path)).body.error?.code).toBe('ResourceNotFound');
	});

	test('ends by the clock, after asking for a renewal', async () => {
		const { body } = await its.subscribe('me/messages', {
			lifecycleNotificationUrl: its.subscriber.url,
		});
		await its.control('POST', 'clock', { advanceMs: 100 * 60_000 });
		await its.settled();
		expect(its.subscriber.received).toMatchObject([
			{ lifecycleEvent: 'reauthorizationRequired', subscriptionId: body.id, clientState: 'secret' },
		]);
		await its.control('POST', 'clock', { advanceMs: 30 * 60_000 });
		const fresh = its.wire.token({ upn: ana, scopes });
		const gone = await its.wire.send('GET', `/subscriptions/${text(body.id)}`, { token: fresh });
		expect(gone.status).toBe(404);
	});

	test('lifecycle events on demand; a removed one is gone', async () => {
		const { body } = await its.subscribe('me/messages', {
			lifecycleNotificationUrl: its.subscriber.url,
		});
		const subscriptionId = text(body.id);
		for (const event of ['missed', 'subscriptionRemoved']) {
			await its.control('POST', 'notifications/lifecycle', { subscriptionId, event });
		}
		await its.settled();
		expect(its.subscriber.received.map(({ lifecycleEvent }) => lifecycleEvent)).toEqual([
			'missed',
			'subscriptionRemoved',
		]);
		expect((await its.wire.send('GET', '/subscriptions')).body.value).toEqual([]);
	});
});
