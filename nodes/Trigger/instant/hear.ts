import type { Notification } from '../../../core/changes/notifications';
import type { Clock } from '../../../core/http/clock';
import type { Post } from './ownMessages';
import { listen, processId } from './signals';

export interface HearOptions {
	readonly scope: string;
	readonly post: Post;
	readonly clock: Clock;
	readonly onNotifications: (notifications: readonly Notification[]) => void;
	/** Nothing was heard until now; what was told meanwhile is to be looked for. */
	readonly onReached: () => void;
	readonly log: (text: string) => void;
}

export interface Hearing {
	/** Whether notifications reach this process, as far as is known. */
	isSure(): boolean;
	/**
	 * Finds out anew which process the webhook leads to. Where to none, it asks again by itself for
	 * some minutes: webhook processes may come up later than this one.
	 */
	check(): Promise<void>;
	stop(): void;
}

/** Behind a load balancer is now one process, now another. */
const questions = 3;
const questionTimeoutMs = 10_000;
const waitAgainMs = 5_000;
/** After each of them it asks once more. */
const askAgainMs = [2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 60_000];

/**
 * Hears of notifications, whichever process of n8n receives them: those of this process at once,
 * those of webhook processes by a request that they hold open.
 */
export function hear(options: HearOptions): Hearing {
	const { scope, post, clock, onNotifications, onReached, log } = options;
	const stopListening = listen(scope, onNotifications);
	const life = new AbortController();
	let reach: 'unknown' | 'here' | 'elsewhere' | 'nowhere' = 'unknown';
	let isWaiting = false;
	let askedAgain = 0;
	let isAskingAgain = false;

	/** Keeps one request open while the webhook leads elsewhere. */
	const wait = async () => {
		if (isWaiting) return;
		isWaiting = true;
		while (reach === 'elsewhere' && !life.signal.aborted) {
			try {
				const { notifications = [] } = await post({ ask: 'wait' }, life.signal);
				if (notifications.length > 0 && !life.signal.aborted) onNotifications(notifications);
			} catch {
				await clock.sleep(waitAgainMs, life.signal).catch(() => undefined);
			}
		}
		isWaiting = false;
	};

	const ask = async (): Promise<'here' | 'elsewhere'> => {
		const signal = AbortSignal.any([life.signal, AbortSignal.timeout(questionTimeoutMs)]);
		const answers = await Promise.all(
			Array.from({ length: questions }, async () => await post({ ask: 'who' }, signal)),
		);
		return answers.every((answer) => answer.processId === processId) ? 'here' : 'elsewhere';
	};

	const askAgain = async () => {
		const delayMs = askAgainMs[askedAgain];
		if (isAskingAgain || delayMs === undefined) return;
		isAskingAgain = true;
		askedAgain++;
		try {
			await clock.sleep(delayMs, life.signal);
		} catch {
			return;
		} finally {
			isAskingAgain = false;
		}
		await check();
	};

	const check = async () => {
		const before = reach;
		try {
			reach = await ask();
		} catch (error) {
			if (life.signal.aborted) return;
			reach = 'nowhere';
			if (before !== reach) {
				log(
					`n8n can not reach its own webhook address (${String(error)}). Where n8n has webhook ` +
						'processes, their notifications get here by the next look, once a minute.',
				);
			}
			void askAgain();
			return;
		}
		askedAgain = 0;
		if (reach === 'elsewhere') {
			if (before !== reach) log('Notifications come to another process of n8n, and from there');
			void wait();
		}
		if (before === 'nowhere') onReached();
	};

	return {
		isSure: () => reach === 'here' || reach === 'elsewhere',
		check,
		stop: () => {
			stopListening();
			life.abort();
		},
	};
}
