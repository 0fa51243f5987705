import { startSubscriber, type Subscriber } from './subscriber';
import {
	allScopes,
	ana,
	startWire,
	text,
	type SendOptions,
	type Wire,
	type WireAnswer,
} from './wire';

export const subscriptionScopes = `${allScopes} Calendars.ReadWrite Files.ReadWrite.All Sites.ReadWrite.All`;

export interface SubscriptionWire {
	readonly wire: Wire;
	readonly subscriber: Subscriber;
	/** ISO 8601, by the sandbox's clock. */
	inMinutes(minutes: number): string;
	control(method: string, path: string, body?: unknown): Promise<WireAnswer>;
	/** By Ana, for what is created, two hours long, with the client state `secret`. */
	subscribe(
		resource: string,
		extra?: Readonly<Record<string, unknown>>,
		options?: SendOptions,
	): Promise<WireAnswer>;
	/** The id of a subscription that was made. */
	subscribed(resource: string, extra?: Readonly<Record<string, unknown>>): Promise<string>;
	/** Until nothing is on its way. */
	settled(): Promise<void>;
	reset(): Promise<void>;
	close(): Promise<void>;
}

/** A Graph, and an application that subscribes to it. */
export async function startSubscriptionWire(): Promise<SubscriptionWire> {
	const wire = await startWire();
	const subscriber = await startSubscriber();
	const inMinutes = (minutes: number): string =>
		new Date(wire.clock.now() + minutes * 60_000).toISOString();
	const control: SubscriptionWire['control'] = async (method, path, body) => {
		const answer = await wire.send(method, `${wire.graph.url}/__sandbox__/${path}`, {
			...(body !== undefined && { body }),
		});
		expect(answer.body.error).toBeUndefined();
		return answer;
	};
	const subscribe: SubscriptionWire['subscribe'] = async (resource, extra = {}, options = {}) =>
		await wire.send('POST', '/subscriptions', {
			token: wire.token({ upn: ana, scopes: subscriptionScopes }),
			...options,
			body: {
				changeType: 'created',
				notificationUrl: subscriber.url,
				resource,
				expirationDateTime: inMinutes(120),
				clientState: 'secret',
				...extra,
			},
		});
	return {
		wire,
		subscriber,
		inMinutes,
		control,
		subscribe,
		subscribed: async (resource, extra) => {
			const answer = await subscribe(resource, extra);
			expect([answer.status, answer.body.error]).toEqual([201, undefined]);
			return text(answer.body.id);
		},
		settled: async () => {
			const { body } = await control('POST', 'notifications/settle', {});
			expect(body).toEqual({ settled: true });
		},
		reset: async () => {
			wire.graph.state.reset();
			await control('DELETE', 'notifications');
			subscriber.forget();
		},
		close: async () => {
			await wire.close();
			await subscriber.close();
		},
	};
}
