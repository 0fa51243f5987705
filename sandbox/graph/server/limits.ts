import { RefusedError } from '../refused';

/** Microsoft documents four requests at once for each app and mailbox; a fifth is refused, not queued. */
export const concurrentPerMailbox = 4;

export class Limits {
	readonly #inFlight = new Map<string, number>();
	/** The most that were ever under way at once for one mailbox, for tests. */
	highestConcurrency = 0;

	/**
	 * @returns what to call when the request is done
	 * @throws {RefusedError} 429 with `Retry-After`
	 */
	enter(app: string, mailbox: string): () => void {
		const key = `${app} ${mailbox}`;
		const now = this.#inFlight.get(key) ?? 0;
		if (now >= concurrentPerMailbox) {
			throw new RefusedError(
				429,
				'ApplicationThrottled',
				'Application is over its MailboxConcurrency limit.',
				{ 'Retry-After': '1' },
			);
		}
		this.#inFlight.set(key, now + 1);
		this.highestConcurrency = Math.max(this.highestConcurrency, now + 1);
		return () => {
			this.#inFlight.set(key, (this.#inFlight.get(key) ?? 1) - 1);
		};
	}
}
