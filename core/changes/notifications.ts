import { createHash, timingSafeEqual } from 'node:crypto';

/** What happens to a subscription itself. learn.microsoft.com/graph/change-notifications-lifecycle-events */
export type LifecycleEvent = 'reauthorizationRequired' | 'subscriptionRemoved' | 'missed';

/** Something has changed, or, with an event, something has happened to the subscription. */
export interface Notification {
	readonly subscriptionId: string;
	readonly lifecycleEvent?: LifecycleEvent;
}

const lifecycleEvents: ReadonlySet<string> = new Set<LifecycleEvent>([
	'reauthorizationRequired',
	'subscriptionRemoved',
	'missed',
]);

/**
 * The token that a handshake wants back as plain text. It comes first, before the body is looked
 * at: handshakes have none. The query is decoded already.
 */
export function validationTokenOf(query: unknown): string | undefined {
	const token = fieldOf(query, 'validationToken');
	return typeof token === 'string' && token !== '' ? token : undefined;
}

/**
 * The notifications of one POST that know our secret, each only once; whatever else is in it is
 * somebody else's, and left out without a word.
 */
export function readNotifications(body: unknown, clientState: string): Notification[] {
	const entries = fieldOf(body, 'value');
	if (!Array.isArray(entries)) return [];
	const found = new Map<string, Notification>();
	for (const entry of entries as unknown[]) {
		const notification = readNotification(entry, clientState);
		if (!notification) continue;
		const { subscriptionId, lifecycleEvent = '' } = notification;
		found.set(`${lifecycleEvent} ${subscriptionId}`, notification);
	}
	return [...found.values()];
}

function readNotification(entry: unknown, clientState: string): Notification | undefined {
	const subscriptionId = fieldOf(entry, 'subscriptionId');
	const told = fieldOf(entry, 'clientState');
	if (typeof subscriptionId !== 'string' || typeof told !== 'string') return undefined;
	if (!isSameSecret(told, clientState)) return undefined;
	const event = fieldOf(entry, 'lifecycleEvent');
	if (event === undefined || event === null) return { subscriptionId };
	// One that this version doesn't know: a look can't be wrong.
	if (typeof event !== 'string' || !lifecycleEvents.has(event)) return { subscriptionId };
	return { subscriptionId, lifecycleEvent: event as LifecycleEvent };
}

/** In a time that tells nothing of where they differ. An empty secret is nobody's. */
export function isSameSecret(told: string, secret: string): boolean {
	if (secret === '') return false;
	const digest = (text: string) => createHash('sha256').update(text).digest();
	return timingSafeEqual(digest(told), digest(secret));
}

function fieldOf(value: unknown, name: string): unknown {
	if (typeof value !== 'object' || value === null) return undefined;
	return (value as Record<string, unknown>)[name];
}
