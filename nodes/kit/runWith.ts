import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { TokenProvider } from '../../core/auth/TokenProvider';
import { CancelledError } from '../../core/graph/errors';
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
import type { ExecuteInput, Operation, OutputItem } from './operation';
import type { Resource } from './resource';

/** What the operations of a node without Graph work with, opened for one run. */
export interface OpenTools<Tools extends object> {
	readonly tools: Tools;
	readonly identity: TokenProvider['kind'];
	/** Ends when the user stops the workflow. */
	readonly signal?: AbortSignal;
	/** After the run, however it ended. Never fails. */
	readonly close?: () => Promise<void>;
}

interface Job<Tools extends object> extends ItemJob {
	readonly operation: Operation<Tools>;
	readonly tools: Tools;
}

type Inputs<Tools extends object> = ExecuteInput<never, Tools>;

/**
 * Runs a node whose operations work with something else than Graph, as `run` does with Graph: each
 * item's parameters, pairing, "On Error" and cancel alike. The tools are opened once a run.
 */
export async function runWith<Tools extends object>(
	context: IExecuteFunctions,
	resources: ReadonlyArray<Resource<Tools>>,
	open: (context: IExecuteFunctions) => Promise<OpenTools<Tools>>,
): Promise<INodeExecutionData[][]> {
	const operation = chosenOperation(context, resources);
	const opened = await openForRun(context, operation, open);
	try {
		const { tools, identity, signal } = opened;
		const job = { context, operation, tools, identity, ...(signal && { signal }) };
		const itemCount = context.getInputData().length;
		const outcomes =
			operation.together && itemCount > 1
				? await runTogether(job, itemCount)
				: await runEach(job, itemCount);
		return [outcomes.flat()];
	} finally {
		await opened.close?.();
	}
}

async function openForRun<Tools extends object>(
	context: IExecuteFunctions,
	operation: Operation<Tools>,
	open: (context: IExecuteFunctions) => Promise<OpenTools<Tools>>,
): Promise<OpenTools<Tools>> {
	try {
		return await open(context);
	} catch (error) {
		throw toNodeError(error, { node: context.getNode(), operation });
	}
}

async function runEach<Tools extends object>(
	job: Job<Tools>,
	itemCount: number,
): Promise<INodeExecutionData[][]> {
	const indexes = Array.from({ length: itemCount }, (_, index) => index);
	return await inOrder(indexes, job.operation.concurrentItems ?? 1, async (index) => {
		return await settle(job, index, async () => {
			const { execute, value } = job.operation;
			if (!execute) throw new TypeError(`${value} has no execute`);
			return await collect(await execute(await inputOf(job, index)), index);
		});
	});
}

async function inputOf<Tools extends object>(
	job: Job<Tools>,
	index: number,
): Promise<Inputs<Tools>> {
	const item = await readItem(job, index, () => {
		throw new TypeError('A value that Graph is asked for has no place here');
	});
	return { ...item, ...itemTools(job, index), ...job.tools } as unknown as Inputs<Tools>;
}

interface Group<Tools extends object> {
	readonly key: string;
	readonly entries: Array<{ readonly index: number; readonly input: Inputs<Tools> }>;
}

/** Neighbouring items that one command can serve go together; each fails or succeeds alone. */
async function runTogether<Tools extends object>(
	job: Job<Tools>,
	itemCount: number,
): Promise<INodeExecutionData[][]> {
	const { together } = job.operation;
	if (!together) throw new TypeError(`${job.operation.value} has no together`);
	const outcomes: INodeExecutionData[][] = [];
	const groups: Array<Group<Tools>> = [];
	for (let index = 0; index < itemCount; index++) {
		outcomes[index] = await settle(job, index, async () => {
			const input = await inputOf(job, index);
			const key = together.key(input);
			const latest = groups.at(-1);
			if (latest?.key === key) latest.entries.push({ index, input });
			else groups.push({ key, entries: [{ index, input }] });
			return [];
		});
	}
	for (const { entries } of groups) {
		if (job.signal?.aborted) throw new CancelledError();
		const answers = await attempt(
			together.execute,
			entries.map(({ input }) => input),
		);
		for (const [place, { index }] of entries.entries()) {
			const answer = answers instanceof Error ? answers : answers[place];
			outcomes[index] = await settle(job, index, () => {
				if (answer instanceof Error) throw answer;
				if (!answer) throw new TypeError('Fewer outcomes than items');
				return paired(answer, index);
			});
		}
	}
	return outcomes;
}

/** A failure of the whole group, as each of its items' own. */
async function attempt<Input>(
	execute: (inputs: readonly Input[]) => Promise<ReadonlyArray<readonly OutputItem[] | Error>>,
	inputs: readonly Input[],
): Promise<ReadonlyArray<readonly OutputItem[] | Error> | Error> {
	try {
		return await execute(inputs);
	} catch (error) {
		return error instanceof Error ? error : new Error(String(error));
	}
}
