/** A request to an endpoint, as `GET /__sandbox__/notifications` shows it. */
export interface SentRequest {
	readonly kind: 'validation' | 'change' | 'lifecycle' | 'forged';
	readonly url: string;
	readonly body: unknown;
	/** The endpoint's, or the error that came instead. */
	readonly status: number | string;
	/** Until the answer. */
	readonly ms: number;
	readonly attempt: number;
	/** Milliseconds since 1970, of the machine's clock. */
	readonly at: number;
	/** When the first of the changes was made. */
	readonly changedAt?: number;
}

/** What was sent, the newest last; the oldest go. */
export class NotificationLog {
	#sent: SentRequest[] = [];

	add(request: SentRequest): void {
		this.#sent.push(request);
		if (this.#sent.length > 20_000) this.#sent = this.#sent.slice(10_000);
	}

	get sent(): readonly SentRequest[] {
		return this.#sent;
	}

	clear(): void {
		this.#sent = [];
	}
}
