import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { credentialData } from '../../../sandbox/n8n/credentialData';
import {
	createCredential,
	createN8nRest,
	type N8nRest,
	type SavedCredential,
} from '../../../sandbox/n8n/rest';
import { sandbox } from './sandbox';

/** The REST interface of the sandbox's n8n, signed in as its owner. */
export function n8nRest(): N8nRest {
	const { n8nUrl, n8nSession } = sandbox();
	return createN8nRest(n8nUrl, n8nSession);
}

export interface TestNode {
	readonly name: string;
	readonly type: string;
	readonly typeVersion?: number;
	readonly parameters?: object;
	readonly credentials?: Readonly<Record<string, { id: string; name: string }>>;
}

/** A workflow that starts by hand and runs the nodes one after another. */
export async function createWorkflow(
	rest: N8nRest,
	name: string,
	nodes: readonly TestNode[],
): Promise<string> {
	const all: readonly TestNode[] = [
		{ name: startNodeName, type: 'n8n-nodes-base.manualTrigger' },
		...nodes,
	];
	const workflow = {
		name,
		nodes: all.map((node, index) => ({
			id: `node-${index}`,
			typeVersion: 1,
			parameters: {},
			position: [index * 220, 0],
			...node,
		})),
		connections: Object.fromEntries(
			nodes.map(({ name: to }, index) => [
				all[index]?.name ?? '',
				{ main: [[{ node: to, type: 'main', index: 0 }]] },
			]),
		),
		settings: {},
	};
	const { id } = await rest.call<{ id: string }>('POST', '/workflows', workflow);
	return id;
}

const startNodeName = 'Start';

export interface ExecutionItem {
	readonly json: Readonly<Record<string, unknown>>;
	readonly binary?: Readonly<Record<string, { fileName?: string; mimeType: string; id?: string }>>;
	readonly pairedItem?: unknown;
}

interface ExecutionError {
	readonly message: string;
	readonly description?: string | null;
}

interface ExecutionData {
	readonly resultData: {
		readonly error?: ExecutionError;
		readonly lastNodeExecuted?: string;
		readonly runData: Readonly<
			Record<
				string,
				ReadonlyArray<{ data?: { main: ReadonlyArray<readonly ExecutionItem[] | null> } }>
			>
		>;
	};
}

export interface Execution {
	readonly id: string;
	readonly status: string;
	readonly error?: ExecutionError;
	/** What a node put out, at its first output unless said otherwise; empty if it did not run. */
	items(nodeName: string, output?: number): readonly ExecutionItem[];
}

const executionTimeoutMs = 90_000;
const pollMs = 100;
const ongoing = new Set(['new', 'running', 'waiting']);

/** Runs a saved workflow by hand, as the editor's button does, and waits for its end. */
export async function runWorkflow(
	rest: N8nRest,
	workflowId: string,
	startNode = startNodeName,
): Promise<Execution> {
	return await finished(rest, await startWorkflow(rest, workflowId, startNode));
}

/** Starts a saved workflow by hand. @returns the execution's id */
export async function startWorkflow(
	rest: N8nRest,
	workflowId: string,
	startNode = startNodeName,
): Promise<string> {
	const { executionId } = await rest.call<{ executionId: string }>(
		'POST',
		`/workflows/${workflowId}/run`,
		{ triggerToStartFrom: { name: startNode } },
	);
	return executionId;
}

/** Until the execution has ended, well or badly. */
export async function finished(rest: N8nRest, executionId: string): Promise<Execution> {
	const { status, data } = await when(rest, executionId, (status) => !ongoing.has(status));
	return await toExecution(executionId, status, data);
}

/** Until the execution waits for somebody. */
export async function waiting(rest: N8nRest, executionId: string): Promise<void> {
	const { status, data } = await when(
		rest,
		executionId,
		(status) => status === 'waiting' || !ongoing.has(status),
	);
	if (status === 'waiting') return;
	const { error } = await toExecution(executionId, status, data);
	throw new Error(
		`Execution ${executionId} doesn't wait, it is ${status}: ${error?.message ?? ''}`,
	);
}

async function when(
	rest: N8nRest,
	executionId: string,
	isReached: (status: string) => boolean,
): Promise<{ status: string; data: string }> {
	const deadline = performance.now() + executionTimeoutMs;
	for (;;) {
		const execution = await rest.call<{ status: string; data: string }>(
			'GET',
			`/executions/${executionId}`,
		);
		if (isReached(execution.status)) return execution;
		if (performance.now() > deadline) {
			throw new Error(
				`Execution ${executionId} is still ${execution.status} after ${executionTimeoutMs} ms`,
			);
		}
		await sleep(pollMs);
	}
}

/** n8n stores what a run did in the `flatted` form. */
async function toExecution(id: string, status: string, data: string): Promise<Execution> {
	const { parse } = await import('flatted');
	const { resultData } = parse(data) as ExecutionData;
	return {
		id,
		status,
		...(resultData.error && { error: resultData.error }),
		items: (nodeName, output = 0) => resultData.runData[nodeName]?.at(-1)?.data?.main[output] ?? [],
	};
}

/** The credential that the sandbox has made, by type. */
export async function sandboxCredential(rest: N8nRest, type: string): Promise<SavedCredential> {
	const all = await rest.call<SavedCredential[]>('GET', '/credentials');
	const found = all.find(
		(credential) => credential.type === type && credential.name.endsWith('(sandbox)'),
	);
	if (!found) throw new Error(`n8n has no credential of type ${type} from the sandbox`);
	return found;
}

/** A credential for the sandbox; `data` goes over what the sandbox's own ones have. */
export async function newCredential(
	rest: N8nRest,
	type: 'microsoft365OAuth2Api' | 'microsoft365AppOnlyApi',
	name: string,
	data: Readonly<Record<string, unknown>> = {},
): Promise<SavedCredential> {
	return await createCredential(rest, {
		name,
		type,
		data: { ...credentialData(sandbox()), ...data },
	});
}

/** What the credential panel's test says; n8n's own answer. */
export async function testCredential(
	rest: N8nRest,
	credential: SavedCredential,
): Promise<{ status: 'OK' | 'Error'; message: string }> {
	const { data } = await rest.call<{ data: object }>(
		'GET',
		`/credentials/${credential.id}?includeData=true`,
	);
	return await rest.call('POST', '/credentials/test', {
		credentials: { id: credential.id, name: credential.name, type: credential.type, data },
	});
}

/** The id of a workflow by its name, e.g. of an example that the sandbox has imported. */
export async function findWorkflow(rest: N8nRest, name: string): Promise<string> {
	const all = await rest.call<ReadonlyArray<{ id: string; name: string }>>('GET', '/workflows');
	const found = all.find((workflow) => workflow.name === name);
	if (!found) throw new Error(`n8n has no workflow called ${name}`);
	return found.id;
}

interface ExampleNode {
	readonly type: string;
	readonly parameters: Readonly<Record<string, unknown>>;
}

/**
 * Saves an example so that our nodes in it connect as the app itself: nobody has to sign in first.
 * @returns the workflow's id
 */
export async function exampleAsApp(
	rest: N8nRest,
	file: string,
	parameters: Readonly<Record<string, unknown>> = {},
	triggerParameters: Readonly<Record<string, unknown>> = {},
): Promise<string> {
	const { id, name } = await sandboxCredential(rest, 'microsoft365AppOnlyApi');
	const text = await readFile(resolve(__dirname, '../../../examples', file), 'utf8');
	const example = JSON.parse(text) as { name: string; nodes: readonly ExampleNode[] };
	const nodes = example.nodes.map((node) =>
		node.type.startsWith('n8n-nodes-microsoft365.')
			? {
					...node,
					parameters: {
						...parameters,
						...node.parameters,
						...(node.type.endsWith('Trigger') && triggerParameters),
						authentication: 'application',
					},
					credentials: { microsoft365AppOnlyApi: { id, name } },
				}
			: node,
	);
	const saved = await rest.call<{ id: string }>('POST', '/workflows', {
		...example,
		name: `${example.name}, app-only`,
		nodes,
	});
	return saved.id;
}

/** All runs of a workflow, the newest first. */
export async function runsOf(
	rest: N8nRest,
	workflowId: string,
): Promise<Array<{ readonly id: string; readonly status: string; readonly mode: string }>> {
	const runs: Array<{ id: string; status: string; mode: string }> = [];
	for (;;) {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const before = runs.at(-1)?.id ?? '999999999';
		const { results } = await rest.call<{ results: typeof runs }>(
			'GET',
			`/executions?filter=${filter}&limit=100&firstId=0&lastId=${before}`,
		);
		runs.push(...results);
		if (results.length < 100) return runs;
	}
}

/** Activates a workflow, until its trigger has stored where it begins: n8n answers before that. */
export async function activate(
	rest: N8nRest,
	workflowId: string,
	triggerName: string,
): Promise<void> {
	interface Saved {
		readonly versionId: string;
		readonly staticData: Readonly<Record<string, object>> | null;
	}
	const read = async () => await rest.call<Saved>('GET', `/workflows/${workflowId}`);
	const { versionId } = await read();
	await rest.call('POST', `/workflows/${workflowId}/activate`, { versionId });
	const deadline = performance.now() + executionTimeoutMs;
	for (;;) {
		const { staticData } = await read();
		if (staticData?.[`node:${triggerName}`] !== undefined) return;
		if (performance.now() > deadline) throw new Error(`${triggerName} did not begin`);
		await sleep(pollMs);
	}
}
