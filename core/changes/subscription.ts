import { NotFoundError } from '../graph/errors';
import { path } from '../graph/path';
import type { GraphClient } from '../graph/types';

/** What a trigger wants to be told of. learn.microsoft.com/graph/api/resources/subscription */
export interface SubscriptionWish {
	/** As Graph names it, without a leading slash: `me/mailFolders('inbox')/messages`. */
	readonly resource: string;
	/** One or more of `created`, `updated` and `deleted`, with commas. */
	readonly changeType: string;
	/** The longest that Graph lets a subscription of this resource live. */
	readonly maxMinutes: number;
}

/** A subscription as a trigger keeps it, in JSON. */
export interface KeptSubscription {
	readonly id: string;
	readonly resource: string;
	readonly changeType: string;
	/** How long Graph was last asked to let it live: less than the maximum where the cloud refused that. */
	readonly minutes: number;
	/** Milliseconds since 1970. */
	readonly expiresAt: number;
	/** Half of its life; milliseconds since 1970. */
	readonly renewAt: number;
}

/** Where Graph tells of changes, and how a notification shows that it is Graph's. */
export interface NotificationTarget {
	/** The same for changes and for what happens to the subscription itself. */
	readonly url: string;
	/** Known to Graph and us alone; at most 128 characters. */
	readonly clientState: string;
}

/** Of Graph's answer, what matters here. */
interface GraphSubscription {
	readonly id: string;
	readonly resource?: string;
	readonly notificationUrl?: string | null;
	readonly expirationDateTime?: string;
}

const minuteMs = 60_000;
/** Clocks differ, and requests take their time: a few seconds over the maximum are refused. */
export const spareMinutes = 5;
/** What every cloud has allowed for mail and calendars before it was raised. */
export const fallbackMinutes = 4_230;
const collection = path`/subscriptions`;

export const askedMinutes = ({ maxMinutes }: SubscriptionWish): number => maxMinutes - spareMinutes;

export const isFor = (kept: KeptSubscription, wish: SubscriptionWish): boolean =>
	kept.resource === wish.resource && kept.changeType === wish.changeType;

/**
 * Graph calls the URL twice before it answers; both must answer within ten seconds. Like each of
 * this client's requests it prefers immutable IDs, which is settled with the creation.
 */
export async function createSubscription(
	graph: GraphClient,
	wish: SubscriptionWish,
	target: NotificationTarget,
	{ minutes, nowMs }: { readonly minutes: number; readonly nowMs: number },
): Promise<KeptSubscription> {
	const answer = await graph.request<GraphSubscription>({
		method: 'POST',
		path: collection,
		body: {
			changeType: wish.changeType,
			resource: wish.resource,
			notificationUrl: target.url,
			lifecycleNotificationUrl: target.url,
			clientState: target.clientState,
			expirationDateTime: expiry(nowMs, minutes),
		},
	});
	return keptAs(answer, wish, minutes, nowMs);
}

/**
 * Also authorises it anew. Microsoft's page on lifecycle events asks not to send `/reauthorize` and
 * this one within ten minutes, and to let this one do both.
 */
export async function renewSubscription(
	graph: GraphClient,
	kept: KeptSubscription,
	{ minutes, nowMs }: { readonly minutes: number; readonly nowMs: number },
): Promise<KeptSubscription> {
	const answer = await graph.request<GraphSubscription | undefined>({
		method: 'PATCH',
		path: path`/subscriptions/${kept.id}`,
		body: { expirationDateTime: expiry(nowMs, minutes) },
	});
	return keptAs({ ...answer, id: kept.id }, kept, minutes, nowMs);
}

/** Whether Graph still has it, at this address. */
export async function isSubscribed(
	graph: GraphClient,
	{ id }: KeptSubscription,
	url: string,
): Promise<boolean> {
	try {
		const answer = await graph.request<GraphSubscription>({
			method: 'GET',
			path: path`/subscriptions/${id}`,
		});
		return answer.notificationUrl === url;
	} catch (error) {
		if (error instanceof NotFoundError) return false;
		throw error;
	}
}

/** Done as well where it is gone already. */
export async function deleteSubscription(graph: GraphClient, id: string): Promise<void> {
	try {
		await graph.request({ method: 'DELETE', path: path`/subscriptions/${id}` });
	} catch (error) {
		if (!(error instanceof NotFoundError)) throw error;
	}
}

/** IDs of all of the credential's subscriptions that report to an address. */
export async function subscriptionsAt(graph: GraphClient, url: string): Promise<string[]> {
	const found: string[] = [];
	let next: URL | undefined;
	do {
		const page: GraphSubscriptions = await graph.request<GraphSubscriptions>({
			method: 'GET',
			path: collection,
			...(next && { query: Object.fromEntries(next.searchParams) }),
		});
		for (const { id, notificationUrl } of page.value ?? []) {
			if (notificationUrl === url) found.push(id);
		}
		const link = page['@odata.nextLink'];
		next = link === undefined ? undefined : new URL(link);
	} while (next);
	return found;
}

interface GraphSubscriptions {
	readonly value?: readonly GraphSubscription[];
	readonly '@odata.nextLink'?: string;
}

function expiry(nowMs: number, minutes: number): string {
	return new Date(nowMs + minutes * minuteMs).toISOString();
}

function keptAs(
	{ id, expirationDateTime }: GraphSubscription,
	{ resource, changeType }: Pick<SubscriptionWish, 'resource' | 'changeType'>,
	minutes: number,
	nowMs: number,
): KeptSubscription {
	const told = expirationDateTime === undefined ? NaN : Date.parse(expirationDateTime);
	const expiresAt = Number.isNaN(told) ? nowMs + minutes * minuteMs : told;
	const renewAt = nowMs + Math.max(minuteMs, (expiresAt - nowMs) / 2);
	return { id, resource, changeType, minutes, expiresAt, renewAt };
}
