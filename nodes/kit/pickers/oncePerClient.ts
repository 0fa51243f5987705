import type { GraphClient } from '../../../core/graph/types';

const found = new WeakMap<GraphClient, Map<string, Promise<unknown>>>();

/**
 * Asks once for what every item of a run names alike, such as one folder for 500 messages.
 * A run has its own client, so nothing outlives it. A failure isn't kept.
 */
export async function oncePerClient<Value>(
	graph: GraphClient,
	key: string,
	find: () => Promise<Value>,
): Promise<Value> {
	const known = found.get(graph) ?? new Map<string, Promise<unknown>>();
	found.set(graph, known);
	const earlier = known.get(key) as Promise<Value> | undefined;
	if (earlier) return await earlier;
	const search = find();
	known.set(key, search);
	search.catch(() => known.delete(key));
	return await search;
}
