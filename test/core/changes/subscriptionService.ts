import { randomUUID } from 'node:crypto';
import type { ReceivedRequest, Reply } from '../../support/scriptedServer';

export interface Subscribed {
	readonly id: string;
	readonly resource: string;
	readonly notificationUrl: string;
	readonly body: Readonly<Record<string, unknown>>;
	expirationDateTime: string;
}

export interface SubscriptionService {
	readonly subscriptions: Map<string, Subscribed>;
	/** `METHOD /path`, in the order of their coming. */
	readonly requests: string[];
	/** Replies for the next requests with this beginning, before the service's own. */
	fail(request: string, ...replies: Reply[]): void;
	respond(request: ReceivedRequest): Reply;
}

export const graphError = (status: number, code: string, message: string): Reply => ({
	status,
	json: { error: { code, message, innerError: { 'request-id': 'req-1' } } },
});

/** The part of Graph that keeps subscriptions, as far as its life cycle goes. */
export function createSubscriptionService(): SubscriptionService {
	const subscriptions = new Map<string, Subscribed>();
	const requests: string[] = [];
	const failures: Array<{ request: string; reply: Reply }> = [];
	const gone = graphError(404, 'ResourceNotFound', 'The object was not found.');
	return {
		subscriptions,
		requests,
		fail: (request, ...replies) => {
			failures.push(...replies.map((reply) => ({ request, reply })));
		},
		respond({ method, path, json }) {
			const title = `${method} ${path.replace('/v1.0', '')}`;
			requests.push(title);
			const failure = failures.findIndex(({ request }) => title.startsWith(request));
			if (failure >= 0) return failures.splice(failure, 1)[0]?.reply ?? {};
			if (title === 'POST /subscriptions') {
				const body = json as Subscribed['body'];
				const subscription: Subscribed = {
					id: randomUUID(),
					resource: String(body['resource']),
					notificationUrl: String(body['notificationUrl']),
					expirationDateTime: String(body['expirationDateTime']),
					body,
				};
				subscriptions.set(subscription.id, subscription);
				return { status: 201, json: subscription };
			}
			if (title === 'GET /subscriptions') return { json: { value: [...subscriptions.values()] } };
			const known = subscriptions.get(path.split('/').at(-1) ?? '');
			if (!known) return gone;
			if (method === 'DELETE') {
				subscriptions.delete(known.id);
				return { status: 204 };
			}
			if (method === 'PATCH') {
				known.expirationDateTime = String((json as Subscribed['body'])['expirationDateTime']);
			}
			return { json: known };
		},
	};
}
