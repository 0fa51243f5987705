import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { TokenProvider } from '../../core/auth/TokenProvider';
import { binaryAccess } from './binary';
import { toNodeError } from './errors';
import { Lookup } from './field';
import { asText } from './fields/rawValues';
import type {
	AnyOperation,
	ExecuteInput,
	ItemInput,
	Operation,
	Output,
	OutputItem,
} from './operation';
import { type Resource, findOperation } from './resource';

/** One operation on the items of one run: what is the same whatever the operation works with. */
export interface ItemJob {
	readonly context: IExecuteFunctions;
	readonly operation: AnyOperation;
	readonly identity: TokenProvider['kind'];
	/** As in `ErrorPlace`. */
	readonly granted?: () => readonly string[] | undefined;
	/** Ends when the user stops the workflow. */
	readonly signal?: AbortSignal;
}

/** The operation that the node's dropdowns name. */
export function chosenOperation<Tools extends object>(
	context: IExecuteFunctions,
	resources: ReadonlyArray<Resource<Tools>>,
): Operation<Tools> {
	const text = (name: string) => asText(context.getNodeParameter(name, 0), name);
	return findOperation(resources, text('resource'), text('operation'));
}

/**
 * Reads and checks one item's parameters in the operation's order.
 * @param lookUp where a value has to be asked for
 */
export async function readItem(
	{ context, operation, identity }: ItemJob,
	itemIndex: number,
	lookUp: (lookup: Lookup<unknown>) => Promise<unknown>,
): Promise<ItemInput<Record<string, unknown>>> {
	const timezone = context.getTimezone();
	const itemJson = context.getInputData()[itemIndex]?.json ?? {};
	const params: Record<string, unknown> = {};
	for (const field of operation.properties) {
		// n8n leaves hidden parameters out; the fallback is their default.
		const raw: unknown = context.getNodeParameter(field.name, itemIndex, field.property.default);
		const value = field.read(raw, { timezone, identity, params, itemJson });
		params[field.name] = value instanceof Lookup ? await lookUp(value) : value;
	}
	return { params, identity, timezone, itemKey: () => itemKey(context, itemIndex) };
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

/** The item's side of what an operation is executed with: its binary data, and where to tell things. */
export function itemTools(
	{ context, signal }: ItemJob,
	itemIndex: number,
): Omit<ExecuteInput<unknown, object>, keyof ItemInput<unknown>> {
	return {
		binary: binaryAccess(context, itemIndex),
		...(signal && { signal }),
		note: (text: string) => {
			context.addExecutionHints({ message: text, location: 'outputPane' });
		},
		log: (text: string) => {
			context.logger.info(text);
		},
	};
}

/** All pages of an operation's output, paired with their item. */
export async function collect(output: Output, itemIndex: number): Promise<INodeExecutionData[]> {
	const items: INodeExecutionData[] = [];
	for await (const page of Symbol.asyncIterator in output ? output : [output]) {
		items.push(...paired(page, itemIndex));
	}
	return items;
}

export function paired(items: readonly OutputItem[], itemIndex: number): INodeExecutionData[] {
	return items.map(({ json, binary }) => ({
		json,
		...(binary && { binary }),
		pairedItem: { item: itemIndex },
	}));
}

/** Where the user chose to continue on errors, an item's error becomes its output. */
export async function settle(
	job: ItemJob,
	itemIndex: number,
	work: () => INodeExecutionData[] | Promise<INodeExecutionData[]>,
): Promise<INodeExecutionData[]> {
	try {
		return await work();
	} catch (error) {
		const { context, operation, identity, granted, signal } = job;
		const nodeError = toNodeError(error, {
			node: context.getNode(),
			operation,
			identity,
			...(granted && { granted: granted() }),
			itemIndex,
		});
		if (!context.continueOnFail() || signal?.aborted) throw nodeError;
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
