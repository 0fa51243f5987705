import type { SubscriptionWish } from '../../../core/changes/subscription';
import type { GraphPath } from '../../../core/graph/path';
import type { EventInput, TriggerEvent } from '../event';

/** The subscriptions that an event needs, each once: two folders of a drive share the drive's. */
export async function subscriptionWishes(
	{ subscriptions }: TriggerEvent,
	input: EventInput<unknown>,
): Promise<SubscriptionWish[]> {
	const wishes = new Map<string, SubscriptionWish>();
	for (const wish of (await subscriptions?.(input as never)) ?? []) {
		const { changeType, maxMinutes } = wish;
		const resource = resourceName(wish.resource);
		wishes.set(`${changeType} ${resource}`, { resource, changeType, maxMinutes });
	}
	return [...wishes.values()];
}

/**
 * As Microsoft writes the resources of subscriptions: decoded, folders and calendars in brackets,
 * e.g. `users/ana@contoso.com/mailFolders('inbox')/messages`.
 */
export function resourceName(resource: GraphPath): string {
	return resource
		.toString()
		.slice(1)
		.replaceAll(/(?<=\/)(mailFolders|calendars)\/([^/]+)/g, "$1('$2')")
		.split('/')
		.map(decodeURIComponent)
		.join('/');
}
