import { delay } from '../server/faults';
import { NotificationLog, type SentRequest } from './log';
import { postTo } from './post';

/** One entry of a notification's `value`. */
export interface OutgoingNotification {
	readonly kind: SentRequest['kind'];
	readonly url: string;
	readonly subscriptionId: string;
	readonly value: Readonly<Record<string, unknown>>;
	/** Milliseconds since 1970, of the machine's clock. */
	readonly changedAt: number;
}

/** How the sandbox sends, and misbehaves. */
export interface NotifierSettings {
	/** So many of the next notifications never leave. */
	drop: number | 'all';
	/** So many of the next go out twice. */
	double: number | 'all';
	/** Each leaves so much later. */
	delayMs: number;
	/** In any order, rather than in that of the changes. */
	shuffle: boolean;
	/** Changes within it go together. */
	batchMs: number;
	answerTimeoutMs: number;
	validationTimeoutMs: number;
	/** So many of the next handshakes never arrive, as msgraph-sdk-dotnet#2805 has seen of Graph's. */
	loseValidations: number;
	/** After a failure; then Graph gives up. */
	retryDelaysMs: readonly number[];
}

export const defaultSettings: NotifierSettings = {
	drop: 0,
	double: 0,
	delayMs: 0,
	shuffle: false,
	batchMs: 10,
	answerTimeoutMs: 3_000,
	validationTimeoutMs: 10_000,
	loseValidations: 0,
	// Graph goes on for four hours; a test doesn't.
	retryDelaysMs: [250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000, 60_000],
};

const largestBatch = 50;
const largestParallel = 4;

interface Endpoint {
	queue: OutgoingNotification[];
	timer: NodeJS.Timeout | undefined;
	running: number;
}

/** Brings notifications to their endpoints: together where they come together, again where it failed. */
export class Notifier {
	readonly log = new NotificationLog();
	settings: NotifierSettings = { ...defaultSettings };
	dropped = 0;
	/** On their way, and waiting. */
	pending = 0;
	readonly #endpoints = new Map<string, Endpoint>();
	#isClosed = false;

	constructor(
		readonly ca: string | undefined,
		readonly hooks: {
			/** Whether it still is to be told; a removed subscription isn't. */
			readonly isWanted: (subscriptionId: string) => boolean;
			readonly onGivenUp: (subscriptionId: string) => void;
		},
	) {}

	notify(notification: OutgoingNotification): void {
		const { settings } = this;
		if (notification.kind === 'change') {
			if (this.#take('drop')) {
				this.dropped += 1;
				return;
			}
			if (this.#take('double')) this.#enqueueLater(notification, settings.delayMs);
		}
		this.#enqueueLater(notification, settings.delayMs);
	}

	/** Resolves when everything was sent, failed for good or dropped. */
	async settle(timeoutMs = 30_000): Promise<boolean> {
		const endsAt = Date.now() + timeoutMs;
		while (this.pending > 0 && Date.now() < endsAt) await delay(5);
		return this.pending === 0;
	}

	close(): void {
		this.#isClosed = true;
		for (const { timer } of this.#endpoints.values()) clearTimeout(timer);
	}

	#take(name: 'drop' | 'double'): boolean {
		const left = this.settings[name];
		if (left === 'all') return true;
		if (left <= 0) return false;
		this.settings = { ...this.settings, [name]: left - 1 };
		return true;
	}

	#enqueueLater(notification: OutgoingNotification, delayMs: number): void {
		this.pending += 1;
		if (delayMs <= 0) this.#enqueue(notification);
		else setTimeout(() => this.#enqueue(notification), delayMs).unref();
	}

	#enqueue(notification: OutgoingNotification): void {
		// Lifecycle notifications don't travel with others.
		const key = `${notification.kind} ${notification.url}`;
		let endpoint = this.#endpoints.get(key);
		if (endpoint === undefined) {
			endpoint = { queue: [], timer: undefined, running: 0 };
			this.#endpoints.set(key, endpoint);
		}
		endpoint.queue.push(notification);
		const flushed = endpoint;
		endpoint.timer ??= setTimeout(() => {
			flushed.timer = undefined;
			this.#flush(flushed);
		}, this.settings.batchMs).unref();
	}

	#flush(endpoint: Endpoint): void {
		if (this.settings.shuffle) shuffle(endpoint.queue);
		while (endpoint.running < largestParallel && endpoint.queue.length > 0 && !this.#isClosed) {
			const batch = endpoint.queue.splice(0, largestBatch);
			endpoint.running += 1;
			void this.#deliver(endpoint, batch).finally(() => {
				this.pending -= batch.length;
				this.#leave(endpoint);
			});
		}
	}

	#leave(endpoint: Endpoint): void {
		endpoint.running -= 1;
		if (endpoint.timer === undefined) this.#flush(endpoint);
	}

	async #deliver(endpoint: Endpoint, batch: readonly OutgoingNotification[]): Promise<void> {
		for (let attempt = 1; ; attempt += 1) {
			const wanted = batch.filter(
				({ kind, subscriptionId }) => kind !== 'change' || this.hooks.isWanted(subscriptionId),
			);
			const [first] = wanted;
			if (first === undefined || this.#isClosed) return;
			if (await this.#attempt(first, wanted, attempt)) return;
			const waitMs = this.settings.retryDelaysMs[attempt - 1];
			if (waitMs === undefined) {
				const ids = new Set(wanted.map(({ subscriptionId }) => subscriptionId));
				if (first.kind === 'change') for (const id of ids) this.hooks.onGivenUp(id);
				return;
			}
			// What comes after doesn't wait for what failed.
			this.#leave(endpoint);
			await new Promise<void>((resolve) => {
				setTimeout(resolve, waitMs).unref();
			});
			endpoint.running += 1;
		}
	}

	async #attempt(
		{ kind, url }: OutgoingNotification,
		batch: readonly OutgoingNotification[],
		attempt: number,
	): Promise<boolean> {
		const body = { value: batch.map(({ value }) => value) };
		const at = Date.now();
		let status: number | string;
		try {
			const timeoutMs = this.settings.answerTimeoutMs;
			({ status } = await postTo(url, { body, timeoutMs, ca: this.ca }));
		} catch (error) {
			status = error instanceof Error ? error.message : String(error);
		}
		const changedAt = Math.min(...batch.map((each) => each.changedAt));
		this.log.add({ kind, url, body, status, ms: Date.now() - at, attempt, at, changedAt });
		return typeof status === 'number' && status >= 200 && status < 300;
	}
}

function shuffle(queue: OutgoingNotification[]): void {
	for (let last = queue.length - 1; last > 0; last -= 1) {
		const other = Math.floor(Math.random() * (last + 1));
		const [left, right] = [queue[last], queue[other]];
		if (left !== undefined && right !== undefined) [queue[last], queue[other]] = [right, left];
	}
}
