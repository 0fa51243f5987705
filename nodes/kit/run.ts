import { setImmediate } from 'node:timers/promises';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { assertAvailable } from '../../core/availability';
import type { GraphRequest } from '../../core/graph/types';
import { type Connected, connect } from './connect';
import { toNodeError } from './errors';
import { inOrder } from './inOrder';
import {
	type ItemJob,
	chosenOperation,
	collect,
	itemTools,
	paired,
	readItem,
	settle,
} from './items';
import {
	type ExecuteInput,
	type Operation,
	type OperationInput,
	type OutputItem,
	type RequestInput,
	item,
} from './operation';
import type { Resource } from './resource';
import { ask } from './review/wait';
import type { Review } from './review/types';

/**
 * Runs a node: reads and checks each item's parameters, hands them to the operation, pairs what
 * comes back with its item, and honours the node's "On Error" setting item by item.
 */
export async function run(
	context: IExecuteFunctions,
	resources: readonly Resource[],
): Promise<INodeExecutionData[][]> {
	const operation = chosenOperation(context, resources);
	const connected = await connectForRun(context, operation);
	const { identity, granted, signal } = connected;
	const job: Job = { context, operation, connected, identity, granted, ...(signal && { signal }) };
	if (operation.review) return [await runReview(job, operation.review)];
	const itemCount = context.getInputData().length;
	const outcomes =
		operation.batchable && itemCount > 1
			? await runBatched(job, itemCount)
			: await runEach(job, itemCount);
	return [outcomes.flat()];
}

interface Job extends ItemJob {
	readonly operation: Operation;
	readonly connected: Connected;
}

async function connectForRun(context: IExecuteFunctions, operation: Operation): Promise<Connected> {
	try {
		const connected = await connect(context);
		if (operation.needs !== undefined) assertAvailable(operation.needs, connected.graph.cloud);
		return connected;
	} catch (error) {
		throw toNodeError(error, { node: context.getNode(), operation });
	}
}

async function runEach(job: Job, itemCount: number): Promise<INodeExecutionData[][]> {
	const indexes = Array.from({ length: itemCount }, (_, index) => index);
	return await inOrder(indexes, job.operation.concurrentItems ?? 1, async (index) => {
		return await settle(job, index, async () => await runItem(job, index));
	});
}

async function runItem(job: Job, index: number): Promise<INodeExecutionData[]> {
	const { operation } = job;
	const { graph } = job.connected;
	const parameters = await readInput(job, index);
	const read = operation.read?.(parameters as never);
	const input = read ? { ...parameters, current: await graph.request(read) } : parameters;
	const request = operation.request?.(input as never);
	if (request) {
		const body = await graph.request(request);
		return paired([shape(operation, body, input)], index);
	}
	return await executeItem(job, index, input);
}

async function runReview(job: Job, review: Review<never>): Promise<INodeExecutionData[]> {
	return await settle(job, 0, async () => {
		return await ask(job.context, review, executeInput(job, 0, await readInput(job, 0)));
	});
}

async function executeItem(
	job: Job,
	index: number,
	input: OperationInput<unknown>,
): Promise<INodeExecutionData[]> {
	const { operation } = job;
	if (!operation.execute) throw new TypeError(`${operation.value} has neither request nor execute`);
	const output = await operation.execute(executeInput(job, index, input) as ExecuteInput<never>);
	return await collect(output, index);
}

function executeInput(
	job: Job,
	index: number,
	input: OperationInput<unknown>,
): ExecuteInput<unknown> {
	const { graph, connection } = job.connected;
	return { ...input, graph, connection, ...itemTools(job, index) };
}

interface Prepared {
	readonly index: number;
	readonly input: RequestInput<unknown>;
	readonly request: GraphRequest;
}

/** Items of which the first requests are on their way while the next ones' parameters are read. */
const PORTION = 100;

/**
 * All items' requests in as few `$batch` calls as possible; each fails or succeeds alone. n8n takes
 * about a millisecond an expression, so the requests don't wait until all items are read.
 */
async function runBatched(job: Job, itemCount: number): Promise<INodeExecutionData[][]> {
	const outcomes: INodeExecutionData[][] = [];
	const later: number[] = [];
	const readPaths = new Set<string>();
	const sending: Array<Promise<void>> = [];
	try {
		for (let from = 0; from < itemCount; from += PORTION) {
			const indexes = Array.from(
				{ length: Math.min(PORTION, itemCount - from) },
				(_, place) => from + place,
			);
			const portion = await preparePortion(job, indexes, outcomes, { later, readPaths });
			const sent = sendPortion(job, portion, outcomes);
			// It is awaited below; until then a failure is nobody's.
			sent.catch(() => undefined);
			sending.push(sent);
			// Lets the requests leave before the next items are read.
			await setImmediate();
		}
		await Promise.all(sending);
	} finally {
		// Whatever failed: when the node ends, nothing of it is under way.
		await Promise.allSettled(sending);
	}
	for (const index of later) {
		outcomes[index] = await settle(job, index, async () => await runItem(job, index));
	}
	return outcomes;
}

interface Portion {
	readonly reads: Prepared[];
	readonly writes: Prepared[];
}

interface Order {
	/** Of two items that change the same thing, the second has to see what the first did. */
	readonly later: number[];
	readonly readPaths: Set<string>;
}

async function preparePortion(
	job: Job,
	indexes: readonly number[],
	outcomes: INodeExecutionData[][],
	{ later, readPaths }: Order,
): Promise<Portion> {
	const { operation } = job;
	const portion: Portion = { reads: [], writes: [] };
	for (const index of indexes) {
		outcomes[index] = await settle(job, index, async () => {
			const input = await readInput(job, index);
			const request = operation.read?.(input as never);
			if (!request) return await prepareWrite(job, portion, index, input);
			const readPath = String(request.path);
			if (readPaths.has(readPath)) later.push(index);
			else portion.reads.push({ index, input, request });
			readPaths.add(readPath);
			return [];
		});
	}
	return portion;
}

async function prepareWrite(
	job: Job,
	{ writes }: Portion,
	index: number,
	input: RequestInput<unknown>,
): Promise<INodeExecutionData[]> {
	const request = job.operation.request?.(input as never);
	if (!request) return await executeItem(job, index, input);
	writes.push({ index, input, request });
	return [];
}

async function sendPortion(
	job: Job,
	portion: Portion,
	outcomes: INodeExecutionData[][],
): Promise<void> {
	await sendTogether(
		job,
		portion.reads,
		outcomes,
		async ({ index, input }, current) =>
			await prepareWrite(job, portion, index, { ...input, current }),
	);
	await sendTogether(job, portion.writes, outcomes, ({ index, input }, body) =>
		paired([shape(job.operation, body, input)], index),
	);
}

async function sendTogether(
	job: Job,
	entries: readonly Prepared[],
	outcomes: INodeExecutionData[][],
	use: (entry: Prepared, body: unknown) => INodeExecutionData[] | Promise<INodeExecutionData[]>,
): Promise<void> {
	if (entries.length === 0) return;
	const answers = await job.connected.graph.batch(entries.map(({ request }) => request));
	for (const [place, entry] of entries.entries()) {
		const answer = answers[place];
		outcomes[entry.index] = await settle(job, entry.index, async () => {
			if (!answer) throw new TypeError('A batch answered fewer outcomes than it had requests');
			if (!answer.ok) throw answer.error;
			return await use(entry, answer.body);
		});
	}
}

/** Reads one item's parameters, asking Graph where a value needs it. */
async function readInput(job: Job, itemIndex: number): Promise<OperationInput<unknown>> {
	const { graph } = job.connected;
	const input = await readItem(job, itemIndex, async (lookup) => await lookup.find(graph));
	return { ...input, cloud: graph.cloud };
}

function shape(operation: Operation, body: unknown, input: OperationInput<unknown>): OutputItem {
	if (operation.shape) return item(operation.shape(body, input as never));
	return item(body === undefined ? { success: true } : (body as IDataObject));
}
