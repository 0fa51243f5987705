import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { HandedOver } from './handOver';

/** Two entries an item; far more runs than can be unconfirmed when n8n stops. */
const rememberedEntries = 400;

/** One at a time: n8n reads, adds and writes the keys without a lock. */
let queue: Promise<unknown> = Promise.resolve();

export interface AcceptedItem {
	/** Of the thing itself, e.g. the message. */
	readonly id: string;
	readonly data: INodeExecutionData;
}

/**
 * The items of a run that no other run had. n8n's database refuses a second run of a key, but only
 * while it keeps the first one: where finished runs are not saved, or the version is older than that
 * refusal, this is what stops a repetition after a restart.
 */
export async function acceptRun(context: IExecuteFunctions): Promise<AcceptedItem[]> {
	const items = context.getInputData().map((data) => {
		const { handedOver, ...rest } = data;
		const { key, id, isRepeat = false } = (handedOver ?? {}) as Partial<HandedOver>;
		return { key, id: id ?? '', isRepeat, data: rest };
	});
	const keys = items.flatMap(({ key, isRepeat }) => (key === undefined || isRepeat ? [] : [key]));
	// A retry is the user's wish to have it once more.
	const repeated = context.getMode() === 'retry' ? new Set<string>() : await queued(context, keys);
	return items
		.filter(({ key }) => key === undefined || !repeated.has(key))
		.map(({ id, data }) => ({ id, data }));
}

async function queued(context: IExecuteFunctions, keys: readonly string[]): Promise<Set<string>> {
	const check = queue.then(async () => await findRepeated(context, keys));
	queue = check.catch(() => undefined);
	return await check;
}

/** Keys that another run has recorded. One that was begun by this run and then again is none. */
async function findRepeated(
	context: IExecuteFunctions,
	keys: readonly string[],
): Promise<Set<string>> {
	const { helpers } = context;
	if (keys.length === 0 || typeof helpers.checkProcessedAndRecord !== 'function') return new Set();
	const own = (key: string): string => `${key}@${context.getExecutionId()}`;
	const options = {
		mode: 'entries',
		maxEntries: Math.max(rememberedEntries, keys.length * 4),
	} as const;
	try {
		const entries = keys.flatMap((key) => [key, own(key)]);
		const { processed } = await helpers.checkProcessedAndRecord(entries, 'node', options);
		const known = new Set(processed);
		const repeated = keys.filter((key) => known.has(key) && !known.has(own(key)));
		// Or else this run, begun again, would take them for its own.
		if (repeated.length > 0) await helpers.removeProcessed(repeated.map(own), 'node', options);
		return new Set(repeated);
	} catch (error) {
		// Rather twice than never.
		context.logger.warn(`Could not check for repeated runs: ${String(error)}`);
		return new Set();
	}
}
