import type { Logger } from 'n8n-workflow';
import type { Change } from '../../../core/changes/types';
import type { EventInput, TriggerEvent } from '../event';

/** What one `$batch` takes. */
const chunkSize = 20;

export interface Afterwards {
	/** `confirmed` is called when it is done, or has failed. */
	add(changes: readonly Change[], confirmed: () => void): void;
}

/**
 * What is done with items once n8n has their run, such as marking them as read. Only then is the
 * hand-over confirmed: n8n stopped in between does it again, and refuses the run.
 */
export function createAfterwards(
	event: TriggerEvent,
	input: EventInput<unknown>,
	logger: Logger,
): Afterwards {
	const { aftermath } = event;
	if (!aftermath || !(event.hasAftermath?.(input.params as never) ?? true)) {
		return {
			add: (_changes, confirmed) => {
				confirmed();
			},
		};
	}
	const waiting: Array<{ readonly changes: readonly Change[]; readonly confirmed: () => void }> =
		[];
	let isWorking = false;

	const work = async (): Promise<void> => {
		while (waiting.length > 0) {
			const entries = waiting.splice(0, chunkSize);
			const changes = entries.flatMap((entry) => entry.changes);
			for (let from = 0; from < changes.length; from += chunkSize) {
				try {
					await aftermath(changes.slice(from, from + chunkSize), input as never);
				} catch (error) {
					logger.warn(`After the hand-over: ${String(error)}`);
				}
			}
			for (const { confirmed } of entries) confirmed();
		}
	};
	return {
		add: (changes, confirmed) => {
			waiting.push({ changes, confirmed });
			if (isWorking) return;
			isWorking = true;
			void work().finally(() => (isWorking = false));
		},
	};
}
