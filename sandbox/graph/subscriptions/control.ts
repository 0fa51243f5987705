import { RefusedError } from '../refused';
import { checkUrl } from './handshake';
import { defaultSettings, type NotifierSettings } from './notifier';
import { timeText, type SubscriptionService } from './service';
import { lifecycleEvents, type LifecycleEvent, type StoredSubscription } from './types';

interface Forgery {
	/** The one that it pretends to be of; or any text, together with `url`. */
	readonly subscriptionId?: string;
	readonly url?: string;
	readonly clientState?: string;
	readonly count?: number;
}

/** What `/__sandbox__/notifications…` does. `action` is the method and what follows `notifications`. */
export async function controlNotifications(
	service: SubscriptionService,
	action: string,
	body: Readonly<Record<string, unknown>>,
): Promise<unknown> {
	const { notifier } = service;
	switch (action) {
		case 'GET':
			return {
				subscriptions: service.live.map(shortView),
				sent: notifier.log.sent,
				dropped: notifier.dropped,
				pending: notifier.pending,
				settings: notifier.settings,
			};
		case 'POST':
			notifier.settings = { ...notifier.settings, ...readSettings(body) };
			return { settings: notifier.settings };
		case 'DELETE':
			notifier.settings = { ...defaultSettings };
			notifier.log.clear();
			notifier.dropped = 0;
			return {};
		case 'POST forge':
			return { forged: forge(service, body) };
		case 'POST lifecycle': {
			const subscription = named(service, body);
			const event = lifecycleEvents.find((each) => each === body['event']);
			if (event === undefined) throw refused(`No lifecycle event ${String(body['event'])}`);
			return { sent: tellLifecycle(service, subscription, event) };
		}
		case 'POST remove':
			service.remove(named(service, body).id);
			return {};
		case 'POST settle':
			return { settled: await notifier.settle() };
	}
	throw new RefusedError(404, 'SandboxControl', `There is no notifications: ${action}`);
}

function tellLifecycle(
	service: SubscriptionService,
	subscription: StoredSubscription,
	event: LifecycleEvent,
): boolean {
	if (event === 'subscriptionRemoved') service.remove(subscription.id);
	return service.sendLifecycle(subscription, event);
}

function forge(service: SubscriptionService, forgery: Forgery): number {
	const { subscriptionId = '', clientState = 'forged', count = 1 } = forgery;
	const subscription = service.get(subscriptionId);
	const url =
		forgery.url === undefined ? subscription?.notificationUrl : checkUrl(forgery.url, 'url');
	if (url === undefined)
		throw refused('A forgery needs the subscriptionId of a live one, or a url');
	for (let done = 0; done < count; done += 1) {
		const id = `forged-${done}`;
		service.notifier.notify({
			kind: 'forged',
			url,
			subscriptionId,
			changedAt: Date.now(),
			value: {
				subscriptionId,
				subscriptionExpirationDateTime: timeText(service.clock.now() + 3_600_000),
				changeType: 'created',
				resource: `Users/someone/Messages/${id}`,
				resourceData: { '@odata.type': '#Microsoft.Graph.Message', id },
				clientState,
				tenantId: service.directory.tenantId,
			},
		});
	}
	return count;
}

function named(
	service: SubscriptionService,
	{ subscriptionId }: { readonly subscriptionId?: unknown },
): StoredSubscription {
	const found = service.get(String(subscriptionId));
	if (found === undefined) throw refused(`No live subscription ${String(subscriptionId)}`);
	return found;
}

function readSettings(body: Readonly<Record<string, unknown>>): Partial<NotifierSettings> {
	const unknown = Object.keys(body).find((name) => !Object.hasOwn(defaultSettings, name));
	if (unknown !== undefined) throw refused(`Notifications have no setting ${unknown}`);
	return body;
}

function shortView(subscription: StoredSubscription): unknown {
	const { id, resource, changeType, notificationUrl } = subscription;
	return {
		id,
		resource,
		changeType,
		clientState: subscription.clientState ?? null,
		notificationUrl,
		lifecycleNotificationUrl: subscription.lifecycleNotificationUrl ?? null,
		expirationDateTime: timeText(subscription.expiresAt),
		creatorId: subscription.creatorId,
		immutableIds: subscription.hasImmutableIds,
	};
}

function refused(message: string): RefusedError {
	return new RefusedError(400, 'SandboxControl', message);
}
