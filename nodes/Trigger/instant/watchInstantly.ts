import type { ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import type { Notification } from '../../../core/changes/notifications';
import { SubscriptionError } from '../../../core/changes/SubscriptionError';
import { createSubscriptions } from '../../../core/changes/subscriptions';
import { type Clock, systemClock } from '../../../core/http/clock';
import { toNodeError } from '../../kit/errors';
import type { TriggerEvent } from '../event';
import { createOutage } from '../shared/outage';
import { scopeOf } from '../shared/stateStore';
import { nameOf, tellUser, watchWithN8n } from '../shared/watchWithN8n';
import { createAttention } from './attention';
import { type DoorState, type DoorStore, doorStore } from './doorState';
import { hear } from './hear';
import { readInstantOptions } from './instantOptions';
import { ownPost } from './ownMessages';
import { isAnnounced, lastFailureOf, registerDoor, rememberFailure } from './doors';
import { subscriptionWishes } from './wishes';

const minuteMs = 60_000;
const addressPatienceMs = 10_000;
const addressPollMs = 20;
/**
 * Handshakes have needed up to ten tries (github.com/microsoftgraph/msgraph-sdk-dotnet/issues/2805).
 * n8n from 2.40 on tries a failed activation again by itself, four times, and gives up on one that
 * takes two minutes in all; so we insist the first time only.
 */
const patienceMs = 25_000;
const failureIsRecentMs = 90_000;
/** n8n's webhook processes, and what is before them, may come up later than its main process. */
const startUpMs = 3 * minuteMs;

/**
 * The leader's part: keeps the subscriptions, and looks when Microsoft says that something has
 * changed, and regularly besides. All looks are made here, so that there is one reader of the cursor
 * whichever process receives the notifications.
 */
export async function watchInstantly(
	context: ITriggerFunctions,
	events: readonly TriggerEvent[],
	clock: Clock = systemClock,
): Promise<ITriggerResponse> {
	const scope = scopeOf(context);
	const store = doorStore(context);
	const { floorMinutes } = readInstantOptions(context);
	const watching = await watchWithN8n(context, events);
	const { input, identity, event } = watching;
	const log = (text: string) => {
		context.logger.info(`${nameOf(context)}: ${text}`);
	};
	const failure = (error: unknown) =>
		toNodeError(error, { node: context.getNode(), operation: event, identity });

	try {
		const state = await addressKnown(scope, store);
		// n8n itself starts triggers without anybody there to read an error: then the looks go on.
		const isByUser = !['init', 'leadershipChange'].includes(context.getActivationMode());
		const upBy = clock.now() + (isByUser ? 0 : startUpMs);
		const mayComeUp = (error: unknown) =>
			error instanceof SubscriptionError && error.refusal === 'unreachable' && clock.now() < upBy;
		const outage = createOutage();
		const attention = createAttention({
			look: async () => {
				await watching.look();
			},
			floorMs: () =>
				subscriptions.isComplete() && hearing.isSure() ? floorMinutes * minuteMs : minuteMs,
			onFloor: async () => {
				await hearing.check();
			},
			clock,
		});
		const subscriptions = createSubscriptions({
			graph: input.graph,
			clock,
			random: Math.random,
			wishes: await subscriptionWishes(event, input),
			target: state,
			isDelegated: identity === 'delegated',
			kept: state.kept,
			mayHaveLeftOthers: state.mayHaveOthers,
			onKept: (kept, mayHaveOthers) => store.change({ kept, mayHaveOthers }),
			onNew: attention.lookSoon,
			onOutage: (error) => {
				if (error === undefined) {
					if (outage.succeeded()) log('Microsoft tells of changes again');
				} else if (!mayComeUp(error) && outage.failed(error)) tellUser(context, failure(error));
				attention.reconsider();
			},
			log,
			patienceMs: Date.now() - lastFailureOf(scope) < failureIsRecentMs ? 0 : patienceMs,
		});
		const hearing = hear({
			scope,
			post: ownPost(context, state.url, state.ownSecret),
			clock,
			onNotifications: (notifications: readonly Notification[]) => {
				if (subscriptions.heed(notifications)) attention.lookTwice();
			},
			onReached: attention.lookSoon,
			log,
		});
		const endDoor = registerDoor(scope, () => {
			subscriptions.stop();
			store.change({ kept: [], mayHaveOthers: false });
		});
		const stop = () => {
			endDoor();
			hearing.stop();
			subscriptions.stop();
			attention.stop();
		};
		try {
			await subscriptions.start(isByUser ? 'untilReady' : 'inBackground');
		} catch (error) {
			stop();
			rememberFailure(scope, Date.now());
			throw error;
		}
		void hearing.check().then(attention.reconsider);
		attention.start();
		return {
			closeFunction: async () => {
				stop();
				await watching.stop();
			},
		};
	} catch (error) {
		await watching.stop();
		throw failure(error);
	}
}

/** n8n calls the webhook's hooks before the trigger or at the same time; they tell the address. */
async function addressKnown(
	scope: string,
	store: DoorStore,
): Promise<DoorState & { readonly url: string }> {
	const deadline = Date.now() + addressPatienceMs;
	while (!isAnnounced(scope) && Date.now() < deadline) await systemClock.sleep(addressPollMs);
	const state = store.read();
	if (state?.url !== undefined) return { ...state, url: state.url };
	throw new Error('n8n gave this trigger no webhook address. Save the workflow and try again.');
}
