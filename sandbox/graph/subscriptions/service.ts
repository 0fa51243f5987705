import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock';
import type { SandboxDirectory } from '../../directory';
import type { Change, ChangeFeed, ItemChange } from '../changes';
import { matches } from '../odata/evaluate';
import type { GraphService } from '../server/call';
import { Notifier, type OutgoingNotification } from './notifier';
import type { WatchedStores } from './resources';
import { subscriptionRoutes } from './routes';
import type { LifecycleEvent, StoredSubscription } from './types';

const minuteMs = 60_000;
/** So long before the end Graph asks to be asked again; it doesn't document how long. */
const reauthorizeWithinMs = 30 * minuteMs;

/** Subscriptions, and what they make of the changes in the stores. */
export class SubscriptionService implements GraphService {
	readonly routes: GraphService['routes'];
	readonly notifier: Notifier;
	readonly #subscriptions = new Map<string, StoredSubscription>();
	readonly #timer: NodeJS.Timeout;

	constructor(
		readonly clock: Clock,
		readonly directory: SandboxDirectory,
		readonly stores: WatchedStores,
		feed: ChangeFeed,
		ca: string | undefined,
	) {
		this.routes = subscriptionRoutes(this);
		this.notifier = new Notifier(ca, {
			isWanted: (id) => this.#subscriptions.has(id),
			onGivenUp: (id) => {
				const subscription = this.#subscriptions.get(id);
				const kind = subscription?.watched.kind;
				if (subscription && (kind === 'message' || kind === 'event')) {
					this.sendLifecycle(subscription, 'missed');
				}
			},
		});
		feed.listen((make) => {
			if (this.#subscriptions.size > 0) this.#onChange(make());
		});
		// The sandbox's clock may be advanced without a request.
		this.#timer = setInterval(() => {
			this.tick();
		}, 1_000).unref();
	}

	/** Those that live, the oldest first. */
	get live(): readonly StoredSubscription[] {
		this.tick();
		return [...this.#subscriptions.values()];
	}

	get(id: string): StoredSubscription | undefined {
		this.tick();
		return this.#subscriptions.get(id);
	}

	add(subscription: Omit<StoredSubscription, 'id' | 'isReauthorizationAsked'>): StoredSubscription {
		const stored = { ...subscription, id: randomUUID(), isReauthorizationAsked: false };
		this.#subscriptions.set(stored.id, stored);
		return stored;
	}

	/** Without a word to anybody. */
	remove(id: string): boolean {
		return this.#subscriptions.delete(id);
	}

	renew(subscription: StoredSubscription, expiresAt: number): void {
		subscription.expiresAt = expiresAt;
		subscription.isReauthorizationAsked = false;
	}

	/** Ends what has expired, and asks for what will soon. */
	tick(): void {
		const now = this.clock.now();
		for (const subscription of this.#subscriptions.values()) {
			if (subscription.expiresAt <= now) this.#subscriptions.delete(subscription.id);
			else if (
				!subscription.isReauthorizationAsked &&
				subscription.expiresAt - now < reauthorizeWithinMs
			) {
				subscription.isReauthorizationAsked = true;
				this.sendLifecycle(subscription, 'reauthorizationRequired');
			}
		}
	}

	/** Source: "Reduce missing change notifications and removed subscriptions". */
	sendLifecycle(subscription: StoredSubscription, lifecycleEvent: LifecycleEvent): boolean {
		const url = subscription.lifecycleNotificationUrl;
		if (url === undefined) return false;
		this.notifier.notify({
			kind: 'lifecycle',
			url,
			subscriptionId: subscription.id,
			changedAt: Date.now(),
			value: {
				subscriptionId: subscription.id,
				subscriptionExpirationDateTime: timeText(subscription.expiresAt),
				tenantId: this.directory.tenantId,
				...(subscription.clientState !== undefined && { clientState: subscription.clientState }),
				lifecycleEvent,
			},
		});
		return true;
	}

	/** What Graph would send for a change. */
	notificationOf(subscription: StoredSubscription, change: Change): OutgoingNotification {
		const { clientState } = subscription;
		const isItem = change.kind === 'message' || change.kind === 'event';
		return {
			kind: 'change',
			url: subscription.notificationUrl,
			subscriptionId: subscription.id,
			changedAt: Date.now(),
			value: {
				subscriptionId: subscription.id,
				subscriptionExpirationDateTime: timeText(subscription.expiresAt),
				changeType: isItem ? change.changeType : 'updated',
				...(isItem
					? itemPart(change, subscription.hasImmutableIds)
					: {
							resource: subscription.resource,
							resourceData: {
								'@odata.type':
									change.kind === 'drive'
										? '#Microsoft.Graph.DriveItem'
										: '#Microsoft.Graph.ListItem',
							},
						}),
				...(clientState !== undefined && { clientState }),
				tenantId: this.directory.tenantId,
			},
		};
	}

	reset(): void {
		this.#subscriptions.clear();
	}

	close(): void {
		clearInterval(this.#timer);
		this.notifier.close();
	}

	#onChange(change: Change): void {
		for (const subscription of this.live) {
			if (isWatched(subscription, change)) {
				this.notifier.notify(this.notificationOf(subscription, change));
			}
		}
	}
}

function isWatched({ watched, changeTypes }: StoredSubscription, change: Change): boolean {
	if ('id' in watched) {
		return 'id' in change && change.kind === watched.kind && change.id === watched.id;
	}
	return (
		'ownerId' in change &&
		change.kind === watched.kind &&
		change.ownerId === watched.ownerId &&
		(watched.container === undefined || change.container === watched.container) &&
		changeTypes.includes(change.changeType) &&
		(watched.filter === undefined || matches(watched.filter, change.item))
	);
}

function itemPart(
	{ kind, ownerId, ids, etag, changeType }: ItemChange,
	hasImmutableIds: boolean,
): Readonly<Record<string, unknown>> {
	const id = ids[hasImmutableIds ? 'immutable' : 'folderBound'];
	const [type, set] = kind === 'message' ? ['Message', 'Messages'] : ['Event', 'Events'];
	const resource = `Users/${ownerId}/${set}/${id}`;
	return {
		resource,
		resourceData: {
			'@odata.type': `#Microsoft.Graph.${type}`,
			'@odata.id': resource,
			...(changeType !== 'deleted' && { '@odata.etag': etag }),
			id,
		},
	};
}

export function timeText(ms: number): string {
	return new Date(ms).toISOString();
}
