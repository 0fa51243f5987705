import { NotFoundError, OutcomeUnknownError } from '../graph/errors';
import type { GraphClient } from '../graph/types';
import type { Clock } from '../http/clock';
import { Semaphore } from '../http/semaphore';
import type { Notification } from './notifications';
import { forget } from './removeSubscriptions';
import {
	askedMinutes,
	createSubscription,
	deleteSubscription,
	fallbackMinutes,
	isFor,
	isSubscribed,
	type KeptSubscription,
	type NotificationTarget,
	renewSubscription,
	spareMinutes,
	subscriptionsAt,
	type SubscriptionWish,
} from './subscription';
import { explainRefusal, refusalOf } from './SubscriptionError';
import { isPermanent, retryDelayMs } from './subscriptionRetry';

export interface SubscriptionsOptions {
	readonly graph: GraphClient;
	readonly clock: Clock;
	/** In [0, 1), for back-offs. */
	readonly random: () => number;
	readonly wishes: readonly SubscriptionWish[];
	readonly target: NotificationTarget;
	/** A person's sign-in, not the app's own. */
	readonly isDelegated: boolean;
	/** Of the time before, e.g. before a restart. */
	readonly kept: readonly KeptSubscription[];
	/** The time before may have left subscriptions that `kept` doesn't have. */
	readonly mayHaveLeftOthers: boolean;
	/**
	 * Called whenever what Graph has is, or may be, something else.
	 * @param mayHaveOthers an answer got lost: Graph may have more than this
	 */
	readonly onKept: (kept: readonly KeptSubscription[], mayHaveOthers: boolean) => void;
	/** Graph tells of changes from now on, not of those just before: a look is due. */
	readonly onNew: () => void;
	/** Graph tells nothing of these changes for now, and why. `undefined`: it does again. */
	readonly onOutage: (error: unknown) => void;
	readonly log: (text: string) => void;
	/** How long `start` tries again what Microsoft refused. Handshakes don't always arrive. */
	readonly patienceMs: number;
}

export interface Subscriptions {
	/**
	 * Takes up what is there, creates what is missing.
	 * @param patience `untilReady` throws when one can't be had, and leaves none behind;
	 * `inBackground` returns at once and goes on trying
	 * @throws {SubscriptionError | GraphError | AuthError}
	 */
	start(patience: 'untilReady' | 'inBackground'): Promise<void>;
	/**
	 * Does what Graph asks for. Those of subscriptions that aren't ours count for nothing.
	 * @returns whether a look is due
	 */
	heed(notifications: readonly Notification[]): boolean;
	/** Whether Graph tells of every wish now. */
	isComplete(): boolean;
	/** Lets them live, but cares no longer. */
	stop(): void;
}

/** One wish and what there is for it. */
interface Slot {
	readonly wish: SubscriptionWish;
	kept?: KeptSubscription;
	/** When something is to be done for it; milliseconds since 1970. */
	dueAt: number;
	failures: number;
	isBusy: boolean;
}

const minuteMs = 60_000;
const concurrency = 4;
/** A machine that slept, or a clock that was set, is noticed after this time. */
const longestSleepMs = 10 * minuteMs;
/** A doubled or late "authorise again" isn't worth a second request. */
const renewedLatelyMs = minuteMs;

/** Keeps a trigger's subscriptions alive: created, renewed at half of their life, created anew. */
export function createSubscriptions(options: SubscriptionsOptions): Subscriptions {
	const { graph, clock, random, target, isDelegated, log } = options;
	const slots: Slot[] = options.wishes.map((wish) => {
		const kept = options.kept.find((known) => isFor(known, wish));
		return {
			wish,
			...(kept && { kept }),
			dueAt: 0,
			failures: 0,
			isBusy: false,
		};
	});
	const permits = new Semaphore(concurrency);
	let life = new AbortController();
	let alarm = new AbortController();
	let isOut = false;
	let mayHaveOthers = options.mayHaveLeftOthers;

	const tellKept = () => {
		const kept = slots.flatMap((slot) => (slot.kept ? [slot.kept] : []));
		options.onKept(kept, mayHaveOthers);
	};

	/** Maxima differ between clouds, and have been lowered; what is refused is asked for shorter. */
	const withAllowedMinutes = async (
		{ resource, maxMinutes }: SubscriptionWish,
		minutes: number,
		attempt: (minutes: number) => Promise<KeptSubscription>,
	): Promise<KeptSubscription> => {
		try {
			return await attempt(minutes);
		} catch (error) {
			const fewer = Math.min(fallbackMinutes, maxMinutes) - spareMinutes;
			if (refusalOf(error, resource) !== 'expiry' || fewer >= minutes) throw error;
			log(`Microsoft lets "${resource}" be watched for a shorter time than elsewhere`);
			return await attempt(fewer);
		}
	};

	const create = async (slot: Slot) => {
		const { wish } = slot;
		const attempt = async (minutes: number) =>
			await createSubscription(graph, wish, target, { minutes, nowMs: clock.now() });
		const kept = await withAllowedMinutes(wish, askedMinutes(wish), attempt);
		if (life.signal.aborted) {
			// Stopped meanwhile: nobody would ever renew or remove it.
			await deleteSubscription(graph, kept.id);
			return;
		}
		slot.kept = kept;
		tellKept();
		options.onNew();
	};

	const renew = async (slot: Slot, kept: KeptSubscription) => {
		try {
			slot.kept = await withAllowedMinutes(
				slot.wish,
				kept.minutes,
				async (minutes) => await renewSubscription(graph, kept, { minutes, nowMs: clock.now() }),
			);
			tellKept();
		} catch (error) {
			if (!(error instanceof NotFoundError)) throw error;
			log('Microsoft has removed the subscription; there will be a new one');
			delete slot.kept;
			tellKept();
			await create(slot);
		}
	};

	/** Does what a slot is due for. @throws what Graph or the credential says */
	const tend = async (slot: Slot) => {
		const { kept } = slot;
		slot.isBusy = true;
		await permits.acquire(1, life.signal);
		try {
			if (kept && kept.expiresAt > clock.now()) await renew(slot, kept);
			else {
				delete slot.kept;
				await create(slot);
			}
			slot.failures = 0;
			slot.dueAt = slot.kept?.renewAt ?? clock.now();
		} catch (error) {
			if (error instanceof OutcomeUnknownError) {
				mayHaveOthers = true;
				tellKept();
			}
			slot.failures++;
			slot.dueAt = clock.now() + retryDelayMs(slot.failures, random);
			throw explainRefusal(error, {
				resource: slot.wish.resource,
				url: target.url,
				isDelegated,
			});
		} finally {
			permits.release(1);
			slot.isBusy = false;
		}
	};

	const reportOutage = (error: unknown, slot: Slot) => {
		const isServed = slot.kept !== undefined && slot.kept.expiresAt > clock.now();
		log(
			`${isServed ? 'Renewing' : 'Creating'} the subscription failed, there will be another try: ${String(error)}`,
		);
		if (isServed && !isPermanent(error)) return;
		isOut = true;
		options.onOutage(error);
	};

	const isComplete = () =>
		slots.every(({ kept }) => kept !== undefined && kept.expiresAt > clock.now());

	const tendInBackground = async (slot: Slot, { signal }: AbortController) => {
		try {
			await tend(slot);
			if (isOut && isComplete()) {
				isOut = false;
				options.onOutage(undefined);
			}
		} catch (error) {
			if (!signal.aborted) reportOutage(error, slot);
		}
		alarm.abort();
	};

	/** Wakes when a slot is due, or when something is to be done sooner. */
	const care = async (thisLife: AbortController) => {
		while (!thisLife.signal.aborted) {
			for (const slot of slots) {
				if (!slot.isBusy && slot.dueAt <= clock.now()) void tendInBackground(slot, thisLife);
			}
			const idle = slots.filter(({ isBusy }) => !isBusy).map(({ dueAt }) => dueAt);
			const sleepMs = Math.min(longestSleepMs, Math.min(...idle) - clock.now());
			alarm = new AbortController();
			const signal = AbortSignal.any([thisLife.signal, alarm.signal]);
			await clock.sleep(Math.max(1, sleepMs), signal).catch(() => undefined);
		}
	};

	/** Tries until it works, an error is none that passes, or the time is over. */
	const insist = async (slot: Slot, deadline: number) => {
		for (;;) {
			try {
				await tend(slot);
				return;
			} catch (error) {
				if (isPermanent(error) || slot.dueAt > deadline) throw error;
				log(`The subscription was refused, there will be another try: ${String(error)}`);
				await clock.sleep(slot.dueAt - clock.now(), life.signal);
			}
		}
	};

	/** What `kept` says is checked, and what else reports to our address is removed. */
	const takeUp = async () => {
		for (const slot of slots) {
			if (!slot.kept) continue;
			if (slot.kept.expiresAt > clock.now() && (await isSubscribed(graph, slot.kept, target.url))) {
				slot.dueAt = slot.kept.renewAt;
			} else {
				delete slot.kept;
				mayHaveOthers = true;
			}
		}
		const ids = new Set(slots.flatMap(({ kept }) => (kept ? [kept.id] : [])));
		const others = options.kept.filter(({ id }) => !ids.has(id)).map(({ id }) => id);
		const atOurs = mayHaveOthers ? await subscriptionsAt(graph, target.url) : [];
		const leftOver = new Set([...others, ...atOurs].filter((id) => !ids.has(id)));
		for (const id of leftOver) await deleteSubscription(graph, id);
		mayHaveOthers = false;
		tellKept();
	};

	const startNow = async () => {
		const before = new Set(options.kept.map(({ id }) => id));
		try {
			await takeUp();
			const deadline = clock.now() + options.patienceMs;
			const missing = slots.filter(({ dueAt }) => dueAt <= clock.now());
			const results = await Promise.allSettled(
				missing.map(async (slot) => {
					await insist(slot, deadline);
				}),
			);
			const failed = results.find((result) => result.status === 'rejected');
			if (failed) throw failed.reason;
		} catch (error) {
			life.abort();
			for (const { kept } of slots) {
				if (kept && !before.has(kept.id)) await forget(graph, kept.id, log);
			}
			throw error;
		}
	};

	return {
		isComplete,
		async start(patience) {
			life = new AbortController();
			const thisLife = life;
			if (patience === 'untilReady') {
				await startNow();
				if (!thisLife.signal.aborted) void care(thisLife);
				return;
			}
			const begin = async () => {
				await takeUp().catch((error: unknown) => {
					log(`Checking the subscriptions failed: ${String(error)}`);
				});
				await care(thisLife);
			};
			void begin();
		},
		heed(notifications) {
			let isLookDue = false;
			for (const { subscriptionId, lifecycleEvent } of notifications) {
				const slot = slots.find(({ kept }) => kept?.id === subscriptionId);
				if (!slot?.kept) continue;
				if (lifecycleEvent === undefined || lifecycleEvent === 'missed') isLookDue = true;
				else if (lifecycleEvent === 'subscriptionRemoved') {
					log('Microsoft has removed the subscription; there will be a new one');
					delete slot.kept;
					slot.dueAt = clock.now();
					tellKept();
				} else if (!wasRenewedLately(slot.kept, clock.now())) slot.dueAt = clock.now();
			}
			alarm.abort();
			return isLookDue;
		},
		stop() {
			life.abort();
		},
	};
}

function wasRenewedLately({ renewAt, expiresAt }: KeptSubscription, nowMs: number): boolean {
	// Renewal is due at half of the life.
	const renewedAt = renewAt - (expiresAt - renewAt);
	return nowMs - renewedAt < renewedLatelyMs;
}
