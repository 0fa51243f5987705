import { CancelledError } from '../graph/errors';

interface Waiter {
	readonly slots: number;
	readonly enter: () => void;
}

/** First come, first served, so that a wide request isn't starved by narrow ones. */
export class Semaphore {
	readonly #waiters: Waiter[] = [];
	#taken = 0;

	constructor(readonly limit: number) {}

	get isIdle(): boolean {
		return this.#taken === 0 && this.#waiters.length === 0;
	}

	/** @throws {CancelledError} when the signal fires while waiting. */
	async acquire(slots: number, signal?: AbortSignal): Promise<void> {
		if (signal?.aborted) throw new CancelledError();
		if (this.#waiters.length === 0 && this.#taken + slots <= this.limit) {
			this.#taken += slots;
			return;
		}
		await new Promise<void>((resolve, reject) => {
			const cancel = () => {
				this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
				reject(new CancelledError());
				this.#admit();
			};
			const waiter: Waiter = {
				slots,
				enter: () => {
					signal?.removeEventListener('abort', cancel);
					resolve();
				},
			};
			this.#waiters.push(waiter);
			signal?.addEventListener('abort', cancel, { once: true });
		});
	}

	release(slots: number): void {
		this.#taken -= slots;
		this.#admit();
	}

	#admit(): void {
		for (let first = this.#waiters[0]; first; first = this.#waiters[0]) {
			if (this.#taken + first.slots > this.limit) return;
			this.#waiters.shift();
			this.#taken += first.slots;
			first.enter();
		}
	}
}
