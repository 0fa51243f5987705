import type { INodeExecutionData, IRun, ITriggerFunctions } from 'n8n-workflow';

/** How many runs may be unconfirmed at once. */
const windowSize = 20;
/** A run that waits or takes long must not hold up the trigger: it is recorded when it has begun. */
const patienceMs = 60_000;
const retryDelaysMs = [1_000, 5_000, 15_000, 60_000];

/** An output item, and the key of what it is about. */
export interface KeyedItem {
	readonly key: string;
	/** Of the thing itself, e.g. the message, for what the run does with it. */
	readonly id: string;
	readonly data: INodeExecutionData;
}

export interface NewRun {
	/** n8n's database refuses a second run of this key. */
	readonly key: string;
	readonly items: readonly KeyedItem[];
	/** See `Run.restarts` of the watch. Default: 0. */
	readonly restarts?: number;
	/** An earlier run of these items came to nothing. Default: false. */
	readonly isRepeat?: boolean;
}

export interface HandOver {
	/**
	 * Starts a run as soon as there is room for it. `confirmed` is called once when n8n has recorded
	 * the run, or had recorded one of this key before.
	 */
	give(run: NewRun, confirmed: () => void): Promise<void>;
	/**
	 * Has n8n store the state now: it does so before it refuses a run of a key that it knows.
	 * @param run that was given and confirmed
	 */
	store(run: NewRun): void;
	/** Nothing is started any more, and nothing confirmed. Has n8n store what was confirmed last. */
	stop(): void;
}

interface Timers {
	readonly setTimeout: (work: () => void, delayMs: number) => NodeJS.Timeout;
	readonly clearTimeout: (timer: NodeJS.Timeout) => void;
}

/** Hands runs to n8n so that each is recorded once, whatever ends the process in between. */
export function createHandOver(
	context: Pick<ITriggerFunctions, 'emit' | 'helpers' | 'logger'>,
	{ setTimeout, clearTimeout }: Timers = globalThis,
): HandOver {
	const waiting: Array<() => void> = [];
	const timers = new Set<NodeJS.Timeout>();
	let openCount = 0;
	/** Confirmed since n8n stored the state last. */
	let unstored: NewRun | undefined;
	let isStopped = false;

	const after = (delayMs: number, work: () => void): (() => void) => {
		const timer = setTimeout(() => {
			timers.delete(timer);
			work();
		}, delayMs);
		timer.unref();
		timers.add(timer);
		return () => {
			timers.delete(timer);
			clearTimeout(timer);
		};
	};

	const room = async (): Promise<void> => {
		while (openCount >= windowSize && !isStopped) {
			await new Promise<void>((resolve) => waiting.push(resolve));
		}
	};

	const start = (run: NewRun, settle: () => void, attempt = 0, key = run.key): void => {
		const done = context.helpers.createDeferredPromise<IRun>();
		const cancelPatience = after(patienceMs, settle);
		done.promise.then(
			(result: IRun | undefined) => {
				cancelPatience();
				if (hasLostWorker(result) && !isStopped) {
					repeat(run, settle);
					return;
				}
				const wasRefused = result === undefined && key === run.key;
				if (wasRefused && !isStopped && run.restarts) startAnew(run, settle, run.restarts);
				else settle();
			},
			(error: unknown) => {
				cancelPatience();
				if (isStopped) return;
				// Not recorded, or stopped by the user: then n8n refuses the key, which settles it.
				const delayMs = retryDelaysMs[Math.min(attempt, retryDelaysMs.length - 1)] ?? 0;
				context.logger.warn(
					`A run could not be recorded and is handed over again in ${delayMs / 1000} s: ${String(error)}`,
				);
				after(delayMs, () => {
					start(run, settle, attempt + 1, key);
				});
			},
		);
		unstored = undefined;
		context.emit([emittedItems(run)], undefined, done, key);
	};

	const store = (run: NewRun): void => {
		unstored = undefined;
		context.emit([emittedItems(run)], undefined, undefined, run.key);
	};

	/**
	 * n8n recorded the run, and was killed; whether the run had begun, it doesn't tell. One of another
	 * key finds out: its trigger node (see `acceptRun`) lets through what no run has begun with.
	 */
	const startAnew = (run: NewRun, settle: () => void, restarts: number): void => {
		start(run, settle, 0, `${run.key}.${restarts}`);
	};

	/**
	 * n8n 2 gives the runs of a worker that died to no other one. It records them as failed and keeps
	 * nothing of what they were about, so that nobody could retry them. Once only: what has killed
	 * two workers would kill the next.
	 */
	const repeat = (run: NewRun, settle: () => void): void => {
		const what = `The run of ${run.items.map(({ id }) => id).join(', ')}`;
		if (run.isRepeat) {
			context.logger.error(`${what} has lost its worker twice, and is not begun again.`);
			settle();
			return;
		}
		context.logger.warn(`${what} has lost its worker: it is begun again.`);
		start({ ...run, key: `${run.key}.again`, restarts: 0, isRepeat: true }, settle);
	};

	return {
		give: async (run, confirmed) => {
			await room();
			if (isStopped) return;
			openCount++;
			let isSettled = false;
			const settle = (): void => {
				if (isSettled || isStopped) return;
				isSettled = true;
				openCount--;
				waiting.shift()?.();
				unstored = run;
				confirmed();
			};
			start(run, settle);
		},
		store,
		stop: () => {
			// Or else the next start of n8n would hand over what has run.
			if (unstored && !isStopped) store(unstored);
			isStopped = true;
			for (const timer of timers) clearTimeout(timer);
			timers.clear();
			for (const resume of waiting.splice(0)) resume();
		},
	};
}

/** How a key travels into the run, beside the JSON that the workflow sees. See `acceptRun`. */
export interface HandedOver {
	readonly key: string;
	readonly id: string;
	/** To be let through, although another run had begun with it. */
	readonly isRepeat?: boolean;
}

const emittedItems = ({ items, isRepeat }: NewRun): INodeExecutionData[] =>
	items.map(({ key, id, data }) => ({
		...data,
		handedOver: { key, id, ...(isRepeat && { isRepeat }) },
	}));

/** In the message of n8n's `MaxStalledCountError`; the class's name does not get here. */
const workerLost = 'failed to be processed too many times';

/**
 * Whether n8n ended the run because its worker died. An empty record alone is no sign of it: in
 * queue mode the main process gets none of any run.
 */
function hasLostWorker(result: IRun | undefined): boolean {
	if (result?.status !== 'error') return false;
	return result.data.resultData.error?.message.includes(workerLost) ?? false;
}
