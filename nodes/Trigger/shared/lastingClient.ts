import type { GraphClient } from '../../../core/graph/types';

export interface LastingClient {
	/** Always the same object, for whoever keeps it. */
	readonly graph: GraphClient;
	/** Connects anew: the person may have connected the credential again, or changed it. */
	renew(): Promise<void>;
}

/** A client that outlives a credential's tokens, for a trigger that is active for months. */
export async function lastingClient(connect: () => Promise<GraphClient>): Promise<LastingClient> {
	let current = await connect();
	return {
		graph: {
			get cloud() {
				return current.cloud;
			},
			request: async (request) => await current.request(request),
			stream: async (request) => await current.stream(request),
			pages: (request, options) => current.pages(request, options),
			batch: async (requests) => await current.batch(requests),
			upload: async (session, source, options) => await current.upload(session, source, options),
			delta: (request, deltaLink) => current.delta(request, deltaLink),
			startJob: async (request) => await current.startJob(request),
		},
		renew: async () => {
			current = await connect();
		},
	};
}
