import type { Expression } from '../odata/expression';
import type { ChangeType } from '../changes';

/** What a subscription's `resource` names. */
export type Watched =
	| {
			readonly kind: 'message' | 'event';
			readonly ownerId: string;
			/** A folder's or calendar's serial; `undefined` for the whole mailbox. */
			readonly container?: number;
			readonly filter?: Expression;
	  }
	| { readonly kind: 'drive' | 'list'; readonly id: string };

export interface StoredSubscription {
	readonly id: string;
	/** As it was asked for. */
	readonly resource: string;
	readonly watched: Watched;
	readonly changeTypes: readonly ChangeType[];
	readonly changeType: string;
	readonly clientState?: string;
	notificationUrl: string;
	readonly lifecycleNotificationUrl?: string;
	readonly latestSupportedTlsVersion: string;
	expiresAt: number;
	/** `reauthorizationRequired` was sent for this expiry. */
	isReauthorizationAsked: boolean;
	readonly applicationId: string;
	/** The signed-in user's id, or the app's. */
	readonly creatorId: string;
	readonly hasImmutableIds: boolean;
}

export type LifecycleEvent = 'reauthorizationRequired' | 'subscriptionRemoved' | 'missed';

export const lifecycleEvents: readonly LifecycleEvent[] = [
	'reauthorizationRequired',
	'subscriptionRemoved',
	'missed',
];
