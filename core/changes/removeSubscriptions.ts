import type { GraphClient } from '../graph/types';
import { deleteSubscription, type KeptSubscription, subscriptionsAt } from './subscription';

/** Removes subscriptions, as far as Graph can be reached; what remains ends by itself. */
export async function removeSubscriptions(
	graph: GraphClient,
	kept: readonly KeptSubscription[],
	/** Also whatever else reports to this address. */
	url: string | undefined,
	log: (text: string) => void,
): Promise<void> {
	const ids = new Set(kept.map(({ id }) => id));
	if (url !== undefined) {
		try {
			for (const id of await subscriptionsAt(graph, url)) ids.add(id);
		} catch (error) {
			log(`Microsoft did not list the subscriptions: ${String(error)}`);
		}
	}
	await Promise.all([...ids].map(async (id) => await forget(graph, id, log)));
}

/** Never throws. */
export async function forget(
	graph: GraphClient,
	id: string,
	log: (text: string) => void,
): Promise<void> {
	try {
		await deleteSubscription(graph, id);
	} catch (error) {
		log(`A subscription could not be removed; it ends by itself within days: ${String(error)}`);
	}
}
