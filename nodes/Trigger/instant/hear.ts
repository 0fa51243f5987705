import type { Notification } from '../../../core/changes/notifications';
import type { Clock } from '../../../core/http/clock';
import type { Post } from './ownMessages';
import { listen, processId } from './signals';

export interface HearOptions {
	readonly scope: string;
	readonly post: Post;
	readonly clock: Clock;
	readonly onNotifications: (notifications: readonly Notification[]) => void;
	readonly log: (text: string) => void;
}

export interface Hearing {
	/** Whether notifications reach this process, as far as is known. */
	isSure(): boolean;
	/** Finds out anew which process the webhook leads to. */
	check(): Promise<void>;
	stop(): void;
}

/** Behind a load balancer is now one process, now another. */
const questions = 3;
const questionTimeoutMs = 10_000;
const waitAgainMs = 5_000;

/**
 * Hears of notifications, whichever process of n8n receives them: those of this process at once,
 * those of webhook processes by a request that they hold open.
 */
export function hear(options: HearOptions): Hearing {
	const { scope, post, clock, onNotifications, log } = options;
	const stopListening = listen(scope, onNotifications);
	const life = new AbortController();
	let reach: 'unknown' | 'here' | 'elsewhere' | 'nowhere' = 'unknown';
	let isWaiting = false;

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

	return {
		isSure: () => reach === 'here' || reach === 'elsewhere',
		async check() {
			const before = reach;
			try {
				reach = await ask();
			} catch (error) {
				reach = 'nowhere';
				if (before !== reach && !life.signal.aborted) {
					log(
						`n8n can not reach its own webhook address (${String(error)}). Where n8n has webhook ` +
							'processes, their notifications get here by the next look, once a minute.',
					);
				}
			}
			if (reach === 'elsewhere') {
				if (before !== reach) log('Notifications come to another process of n8n, and from there');
				void wait();
			}
		},
		stop: () => {
			stopListening();
			life.abort();
		},
	};
}
