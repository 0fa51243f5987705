import type { KeptSubscription, SubscriptionWish } from '../../../core/changes/subscription';
import {
	createSubscriptions,
	type SubscriptionsOptions,
} from '../../../core/changes/subscriptions';
import type { GraphClient, GraphRequest } from '../../../core/graph/types';
import { createGraphHarness } from '../../support/graphHarness';
import { scriptedServers } from '../../support/scriptedServer';
import { createSteppedClock } from '../../support/steppedClock';
import { createSubscriptionService, graphError } from './subscriptionService';

export const url = 'https://n8n.example/webhook/1/microsoft365';
export const inbox: SubscriptionWish = {
	resource: "me/mailFolders('inbox')/messages",
	changeType: 'created',
	maxMinutes: 10_080,
};
export const archive: SubscriptionWish = {
	...inbox,
	resource: "me/mailFolders('archive')/messages",
};
export const minuteMs = 60_000;
export const dayMs = 24 * 60 * minuteMs;
export const timedOut = graphError(
	400,
	'InvalidRequest',
	'Subscription validation request timed out.',
);

/** Subscriptions on a service of their own, with a clock that the test moves. */
export function subscriptionHarness() {
	const servers = scriptedServers();
	let running: Array<{ stop(): void }> = [];
	afterEach(() => {
		for (const one of running) one.stop();
		running = [];
	});

	async function begin(options: Partial<SubscriptionsOptions> = {}) {
		const server = await servers.start();
		const service = createSubscriptionService();
		server.respondWith((request) => service.respond(request));
		const harness = createGraphHarness(server.origin);
		let underWay = 0;
		const clock = createSteppedClock(() => underWay > 0);
		const graph: GraphClient = {
			...harness.graph,
			request: async <T>(request: GraphRequest) => {
				underWay++;
				try {
					return await harness.graph.request<T>(request);
				} finally {
					underWay--;
				}
			},
		};
		const seen = {
			kept: [] as readonly KeptSubscription[],
			mayHaveOthers: false,
			looks: 0,
			outages: [] as unknown[],
			logs: [] as string[],
		};
		const make = (more: Partial<SubscriptionsOptions> = {}) => {
			const subscriptions = createSubscriptions({
				graph,
				clock,
				random: () => 0,
				wishes: [inbox],
				target: { url, clientState: 'secret' },
				isDelegated: true,
				kept: [],
				mayHaveLeftOthers: false,
				onKept: (kept, mayHaveOthers) => Object.assign(seen, { kept, mayHaveOthers }),
				onNew: () => seen.looks++,
				onOutage: (error) => seen.outages.push(error),
				log: (text) => seen.logs.push(text),
				patienceMs: 45_000,
				...options,
				...more,
			});
			running.push(subscriptions);
			return subscriptions;
		};
		return { service, clock, graph, seen, make, subscriptions: make() };
	}
	return { begin, startServer: async () => await servers.start() };
}
