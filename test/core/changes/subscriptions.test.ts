import { createGraphHarness } from '../../support/graphHarness';
import { graphError } from './subscriptionService';
import {
	archive,
	inbox,
	minuteMs,
	subscriptionHarness,
	timedOut,
	url,
} from './subscriptionHarness';

const { begin, startServer } = subscriptionHarness();

const expiryOf = (clock: { now(): number }, minutes: number) =>
	new Date(clock.now() + minutes * minuteMs).toISOString();

describe('creation', () => {
	it('names address, lifecycle address, secret and minutes less than the maximum', async () => {
		const { service, clock, seen, subscriptions } = await begin();
		await subscriptions.start('untilReady');
		expect([...service.subscriptions.values()].map(({ body }) => body)).toEqual([
			{
				changeType: 'created',
				resource: "me/mailFolders('inbox')/messages",
				notificationUrl: url,
				lifecycleNotificationUrl: url,
				clientState: 'secret',
				expirationDateTime: expiryOf(clock, 10_075),
			},
		]);
		expect(service.requests).toEqual(['POST /subscriptions']);
		expect(seen.kept).toMatchObject([{ resource: inbox.resource, minutes: 10_075 }]);
		expect(subscriptions.isComplete()).toBe(true);
		expect(seen.looks).toBe(1);
	});

	it('tries again when the handshake did not arrive', async () => {
		const { service, clock, subscriptions } = await begin();
		service.fail('POST', timedOut, timedOut, timedOut);
		const started = subscriptions.start('untilReady');
		await clock.advance(30_000);
		await started;
		expect(service.requests).toHaveLength(4);
		expect(service.subscriptions.size).toBe(1);
	});

	it('asks for 4,230 minutes where the cloud refuses more, and renews with those', async () => {
		const { service, clock, subscriptions } = await begin();
		service.fail(
			'POST',
			graphError(
				400,
				'ExtensionError',
				'Subscription expiration can only be 4230 minutes in the future.',
			),
		);
		await subscriptions.start('untilReady');
		const [only] = service.subscriptions.values();
		expect(only?.expirationDateTime).toBe(expiryOf(clock, 4_225));
		await clock.advance(2_113 * minuteMs);
		expect(service.requests.at(-1)).toBe(`PATCH /subscriptions/${only?.id}`);
		expect(Date.parse(only?.expirationDateTime ?? '')).toBeGreaterThan(
			clock.now() + 4_200 * minuteMs,
		);
		expect(service.requests.filter((title) => title.startsWith('POST'))).toHaveLength(2);
	});

	it('has at most four handshakes under way at once', async () => {
		const wishes = Array.from({ length: 9 }, (_, number) => ({
			...inbox,
			resource: `me/mailFolders('${number}')/messages`,
		}));
		const server = await startServer();
		let underWay = 0;
		let most = 0;
		server.respondWith(async ({ json }) => {
			most = Math.max(most, ++underWay);
			await new Promise((resolve) => setTimeout(resolve, 40));
			underWay--;
			return { status: 201, json: { ...(json as object), id: `s${Math.random()}` } };
		});
		const { graph } = createGraphHarness(server.origin);
		const { make } = await begin();
		const subscriptions = make({ graph, wishes });
		await subscriptions.start('untilReady');
		expect(subscriptions.isComplete()).toBe(true);
		expect(most).toBe(4);
	});

	it('removes those that it has made when another is refused, after its tries', async () => {
		const { service, clock, make } = await begin();
		const subscriptions = make({ wishes: [archive, inbox] });
		service.fail('POST', timedOut);
		const started = subscriptions.start('untilReady');
		await clock.advance(10);
		expect(service.subscriptions.size).toBe(1);
		service.fail('POST', ...Array.from({ length: 20 }, () => timedOut));
		const refused = expect(started).rejects.toMatchObject({
			name: 'SubscriptionError',
			refusal: 'unreachable',
		});
		await clock.advance(60_000);
		await refused;
		expect(service.subscriptions.size).toBe(0);
		expect(service.requests.at(-1)).toMatch(/^DELETE/);
	});
});

describe('readable refusals', () => {
	it.each([
		[
			"a colleague's mailbox",
			"users/ben@contoso.example/mailFolders('inbox')/messages",
			graphError(
				403,
				'ExtensionError',
				'Operation: Create; Exception: [Status Code: Forbidden; Reason: Forbidden]',
			),
			"Microsoft tells a signed-in person of changes in that person's own mailbox only: choose " +
				'"The App Itself (App-Only)" under Connect As, or use the node "Microsoft 365 Trigger"',
			/shared mailboxes/,
		],
		[
			'an address without TLS',
			inbox.resource,
			graphError(400, 'InvalidRequest', 'The notificationUrl must use https.'),
			'Microsoft sends no notifications to https://n8n.example: give n8n a public https address, or use',
			/must use https.*WEBHOOK_URL.*behind any firewall/,
		],
		[
			'files without the permission to write them',
			'drives/b!1/root',
			graphError(403, 'accessDenied', 'Access denied.'),
			'grant Files.ReadWrite.All, for lists Sites.ReadWrite.All, or use the node',
			/To read is enough for polling/,
		],
		[
			'too many',
			inbox.resource,
			graphError(400, 'InvalidRequest', 'The maximum number of subscriptions is exceeded.'),
			'Microsoft grants no further subscription',
			/1,000/,
		],
	])('%s', async (_what, resource, reply, message, advice) => {
		const { service, make } = await begin();
		service.fail('POST', reply);
		const error: unknown = await make({ wishes: [{ ...inbox, resource }] })
			.start('untilReady')
			.catch((thrown: unknown) => thrown);
		expect(error).toMatchObject({ name: 'SubscriptionError', requestId: 'req-1' });
		expect((error as Error).message).toContain(message);
		expect((error as { nextStep: string }).nextStep).toMatch(advice);
		expect(service.requests).toEqual(['POST /subscriptions']);
	});

	it('an address that Microsoft can not reach', async () => {
		const { service, clock, subscriptions } = await begin();
		service.fail('POST', ...Array.from({ length: 20 }, () => timedOut));
		const result = subscriptions.start('untilReady').catch((thrown: unknown) => thrown);
		await clock.advance(120_000);
		const error = (await result) as Error & { nextStep: string };
		expect(error.message).toBe(
			"Microsoft could not reach this trigger's address: make n8n reachable from the internet, " +
				'or use the node "Microsoft 365 Trigger", which asks Microsoft itself',
		);
		expect(error.nextStep).toContain('Subscription validation request timed out.');
		expect(error.nextStep).toContain(url);
		expect(error.nextStep).toContain('works behind any firewall');
		expect(service.requests.length).toBeGreaterThan(3);
	});

	it('leaves an app that lacks the permission with what Graph says', async () => {
		const { service, make } = await begin();
		service.fail('POST', graphError(403, 'ErrorAccessDenied', 'Access is denied.'));
		const subscriptions = make({
			isDelegated: false,
			wishes: [{ ...inbox, resource: 'users/ben@contoso.example/messages' }],
		});
		await expect(subscriptions.start('untilReady')).rejects.toMatchObject({
			name: 'AccessDeniedError',
		});
	});
});
