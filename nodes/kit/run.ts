import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { assertAvailable } from '../../core/availability';
import type { GraphRequest } from '../../core/graph/types';
import { binaryAccess } from './binary';
import { type Connected, connect } from './connect';
import { toNodeError } from './errors';
import { asText } from './fields/rawValues';
import { Lookup } from './field';
import { inOrder } from './inOrder';
import {
	type ExecuteInput,
	type Operation,
	type OperationInput,
	type OutputItem,
	type RequestInput,
	item,
} from './operation';
import { type Resource, findOperation } from './resource';
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
	const operation = findOperation(
		resources,
		textParameter(context, 'resource'),
		textParameter(context, 'operation'),
	);
	const job: Job = { context, operation, connected: await connectForRun(context, operation) };
	if (operation.review) return [await runReview(job, operation.review)];
	const itemCount = context.getInputData().length;
	const outcomes =
		operation.batchable && itemCount > 1
			? await runBatched(job, itemCount)
			: await runEach(job, itemCount);
	return [outcomes.flat()];
}

function textParameter(context: IExecuteFunctions, name: string): string {
	return asText(context.getNodeParameter(name, 0), name);
}

interface Job {
	readonly context: IExecuteFunctions;
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
	const items: INodeExecutionData[] = [];
	for await (const page of Symbol.asyncIterator in output ? output : [output]) {
		items.push(...paired(page, index));
	}
	return items;
}

function executeInput(
	{ context, connected }: Job,
	index: number,
	input: OperationInput<unknown>,
): ExecuteInput<unknown> {
	const { graph, signal } = connected;
	return {
		...input,
		graph,
		binary: binaryAccess(context, index),
		...(signal && { signal }),
		note: (text: string) => {
			context.addExecutionHints({ message: text, location: 'outputPane' });
		},
		log: (text: string) => {
			context.logger.info(text);
		},
	};
}

interface Prepared {
	readonly index: number;
	readonly input: RequestInput<unknown>;
	readonly request: GraphRequest;
}

/** All items' requests in as few `$batch` calls as possible; each fails or succeeds alone. */
async function runBatched(job: Job, itemCount: number): Promise<INodeExecutionData[][]> {
	const { operation } = job;
	const outcomes: INodeExecutionData[][] = [];
	const reads: Prepared[] = [];
	const writes: Prepared[] = [];
	const later: number[] = [];
	const readPaths = new Set<string>();
	const prepare = async (
		index: number,
		input: RequestInput<unknown>,
	): Promise<INodeExecutionData[]> => {
		const request = operation.request?.(input as never);
		if (!request) return await executeItem(job, index, input);
		writes.push({ index, input, request });
		return [];
	};
	for (let index = 0; index < itemCount; index++) {
		outcomes[index] = await settle(job, index, async () => {
			const input = await readInput(job, index);
			const request = operation.read?.(input as never);
			if (!request) return await prepare(index, input);
			const readPath = String(request.path);
			// Of two items that change the same thing, the second has to see what the first did.
			if (readPaths.has(readPath)) later.push(index);
			else reads.push({ index, input, request });
			readPaths.add(readPath);
			return [];
		});
	}
	await sendTogether(
		job,
		reads,
		outcomes,
		async ({ index, input }, current) => await prepare(index, { ...input, current }),
	);
	await sendTogether(job, writes, outcomes, ({ index, input }, body) =>
		paired([shape(operation, body, input)], index),
	);
	for (const index of later) {
		outcomes[index] = await settle(job, index, async () => await runItem(job, index));
	}
	return outcomes;
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

/** Reads one item's parameters in the operation's order, asking Graph where a value needs it. */
async function readInput(job: Job, itemIndex: number): Promise<OperationInput<unknown>> {
	const { context, operation, connected } = job;
	const timezone = context.getTimezone();
	const itemJson = context.getInputData()[itemIndex]?.json ?? {};
	const params: Record<string, unknown> = {};
	for (const field of operation.properties) {
		// n8n leaves hidden parameters out; the fallback is their default.
		const raw: unknown = context.getNodeParameter(field.name, itemIndex, field.property.default);
		const value = field.read(raw, { timezone, identity: connected.identity, params, itemJson });
		params[field.name] = value instanceof Lookup ? await value.find(connected.graph) : value;
	}
	return {
		params,
		cloud: connected.graph.cloud,
		identity: connected.identity,
		timezone,
		itemKey: () => itemKey(context, itemIndex),
	};
}

/** A loop runs a node several times in one execution, each with another run index. */
function itemKey(context: IExecuteFunctions, itemIndex: number): string {
	const { $runIndex: runIndex } = context.getWorkflowDataProxy(itemIndex);
	return [
		context.getInstanceId(),
		context.getWorkflow().id,
		context.getExecutionId(),
		context.getNode().id,
		String(runIndex),
		itemIndex,
	].join('/');
}

function shape(operation: Operation, body: unknown, input: OperationInput<unknown>): OutputItem {
	if (operation.shape) return item(operation.shape(body, input as never));
	return item(body === undefined ? { success: true } : (body as IDataObject));
}

/** Where the user chose to continue on errors, an item's error becomes its output. */
async function settle(
	job: Job,
	itemIndex: number,
	work: () => INodeExecutionData[] | Promise<INodeExecutionData[]>,
): Promise<INodeExecutionData[]> {
	try {
		return await work();
	} catch (error) {
		const { context, operation, connected } = job;
		const nodeError = toNodeError(error, {
			node: context.getNode(),
			operation,
			identity: connected.identity,
			itemIndex,
		});
		if (!context.continueOnFail() || connected.signal?.aborted) throw nodeError;
		const { message, description } = nodeError;
		return [
			{
				json: { error: message, ...(description ? { details: description } : {}) },
				error: nodeError,
				pairedItem: { item: itemIndex },
			},
		];
	}
}

function paired(items: readonly OutputItem[], itemIndex: number): INodeExecutionData[] {
	return items.map(({ json, binary }) => ({
		json,
		...(binary && { binary }),
		pairedItem: { item: itemIndex },
	}));
}
