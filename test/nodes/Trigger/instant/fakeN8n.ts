import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import {
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IHookFunctions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type ITriggerFunctions,
	type ITriggerResponse,
	type IWebhookFunctions,
	type IWebhookResponseData,
	NodeHelpers,
	type WorkflowActivateMode,
} from 'n8n-workflow';
import type { Clock } from '../../../../core/http/clock';
import type { TriggerEvent } from '../../../../nodes/Trigger/event';
import { createDeferredPromise, expressResponse, httpRequest } from './fakeHttp';

/** What one process of n8n loads: with module state of its own. */
interface Door {
	readonly watchInstantly: (
		context: ITriggerFunctions,
		events: readonly TriggerEvent[],
		clock: Clock,
	) => Promise<ITriggerResponse>;
	readonly receive: (context: IWebhookFunctions) => IWebhookResponseData;
	readonly webhookMethods: {
		readonly default: Readonly<
			Record<'checkExists' | 'create' | 'delete', (this: IHookFunctions) => Promise<boolean>>
		>;
	};
	readonly events: readonly TriggerEvent[];
	readonly properties: Parameters<typeof NodeHelpers.getNodeParameters>[0];
}

export interface FakeProcess {
	/** As the leading main process: hooks, then trigger(). @throws what the trigger throws */
	activate(mode?: WorkflowActivateMode): Promise<void>;
	deactivate(): Promise<void>;
	/** As by SIGKILL: what it has not stored is gone, and it answers nothing. */
	kill(): Promise<void>;
	readonly door: Door;
}

export interface Run {
	readonly key: string;
	readonly items: readonly INodeExecutionData[];
}

export interface FakeN8n {
	/** Of the webhook. */
	readonly url: string;
	/** What the workflow's runs got, in their order. */
	readonly runs: Run[];
	readonly refusedKeys: string[];
	/** Failed executions, as the user sees them. */
	readonly failures: string[];
	readonly logs: string[];
	/** How the webhook was answered, own messages left out. */
	readonly answers: Array<{ readonly status: number; readonly ms: number; readonly body: string }>;
	/** As stored. */
	staticData(): IDataObject;
	/** As if the database had never got what came after. */
	restore(staticData: IDataObject): void;
	/** From now on no process reaches the webhook by its address; Microsoft does. Or it does again. */
	hideFromItself(isHidden?: boolean): void;
	startProcess(): FakeProcess;
	/** Whose process answers requests to the webhook; a list takes turns. */
	routeTo(...processes: readonly FakeProcess[]): void;
	close(): Promise<void>;
}

export interface FakeN8nOptions {
	readonly credential: ICredentialDataDecryptedObject;
	readonly parameters: INodeParameters;
	readonly clock: Clock;
	/** What a run takes before n8n says that it is done. */
	readonly run?: () => Promise<void>;
}

function loadDoor(): Door {
	let door: Door | undefined;
	jest.isolateModules(() => {
		const load = <T extends object>(path: string): T =>
			jest.requireActual<T>(`../../../../nodes/Trigger/${path}`);
		const node = load<{
			Microsoft365InstantTrigger: new () => { description: Pick<Door, 'properties'> };
		}>('Microsoft365InstantTrigger.node');
		door = {
			...load<Pick<Door, 'watchInstantly'>>('instant/watchInstantly'),
			...load<Pick<Door, 'receive'>>('instant/receive'),
			...load<Pick<Door, 'webhookMethods'>>('instant/webhookMethods'),
			...load<Pick<Door, 'events'>>('events'),
			properties: new node.Microsoft365InstantTrigger().description.properties,
		};
	});
	if (!door) throw new Error('The trigger was not loaded');
	return door;
}

/** An installation of n8n around the instant trigger: its database, its processes, its webhook. */
export async function startFakeN8n(options: FakeN8nOptions): Promise<FakeN8n> {
	let database = '{}';
	let isRegistered = false;
	let isHidden = false;
	const keys = new Set<string>();
	const begun = new Set<string>();
	const runs: Run[] = [];
	const refusedKeys: string[] = [];
	const failures: string[] = [];
	const logs: string[] = [];
	const answers: Array<{ status: number; ms: number; body: string }> = [];
	let routes: readonly FakeProcess[] = [];
	let turn = 0;
	const alive = new Set<FakeProcess>();

	const log = (...words: unknown[]) => logs.push(words.map(String).join(' '));
	const common = (door: Door, staticData: IDataObject) => {
		const node = {
			id: 'node',
			name: 'Trigger',
			type: 'microsoft365InstantTrigger',
			typeVersion: 1,
			position: [0, 0],
		} as const;
		const parameters =
			NodeHelpers.getNodeParameters(
				door.properties,
				options.parameters,
				true,
				false,
				{ ...node, position: [0, 0], parameters: options.parameters } as INode,
				null,
			) ?? {};
		return {
			getNode: () => ({ ...node, parameters }),
			getWorkflow: () => ({ id: 'workflow', name: 'Workflow', active: true }),
			getWorkflowStaticData: () => staticData,
			getInstanceId: () => 'instance',
			getCredentials: async () => await Promise.resolve(options.credential),
			getTimezone: () => 'UTC',
			getRestApiUrl: () => 'http://127.0.0.1/rest',
			getNodeParameter: (name: string, fallback?: unknown) => parameters[name] ?? fallback,
			getNodeWebhookUrl: () => url,
			logger: { debug: log, info: log, warn: log, error: log },
			helpers: {
				httpRequest: async (request: Parameters<typeof httpRequest>[0]) => {
					if (isHidden) throw new Error('connect ECONNREFUSED');
					return await httpRequest(request);
				},
				createDeferredPromise,
			},
		};
	};

	const startProcess = (): FakeProcess => {
		const door = loadDoor();
		let close: ITriggerResponse['closeFunction'];
		const read = () => JSON.parse(database) as IDataObject;
		const save = (staticData: IDataObject) => {
			if (alive.has(process)) database = JSON.stringify(staticData);
		};
		const hookContext = (staticData: IDataObject, mode: WorkflowActivateMode) =>
			({
				...common(door, staticData),
				getMode: () => 'trigger',
				getActivationMode: () => mode,
			}) as unknown as IHookFunctions;
		const clearWebhooks = async () => {
			const staticData = read();
			await door.webhookMethods.default.delete.call(hookContext(staticData, 'update'));
			save(staticData);
			isRegistered = false;
		};
		const process: FakeProcess = {
			door,
			async activate(mode = 'activate') {
				const staticData = read();
				const hook = hookContext(staticData, mode);
				const emit: ITriggerFunctions['emit'] = (data, _response, done, key = '') => {
					if (!alive.has(process)) return;
					save(staticData);
					if (keys.has(key)) {
						refusedKeys.push(key);
						done?.resolve(undefined as never);
						return;
					}
					keys.add(key);
					// The trigger node's own part: it lets through what no other run has begun with.
					const items = (data[0] ?? []).filter((item) => {
						const { key: itemKey } = item['handedOver'] as { key: string };
						const isNew = !begun.has(itemKey);
						begun.add(itemKey);
						return isNew;
					});
					if (items.length > 0) runs.push({ key, items });
					void (options.run?.() ?? Promise.resolve()).then(() => done?.resolve({} as never));
				};
				const context = {
					...hook,
					emit,
					saveFailedExecution: (error: Error) => failures.push(error.message),
				} as unknown as ITriggerFunctions;
				const register = async () => {
					await delay(30);
					isRegistered = true;
					const { checkExists, create } = door.webhookMethods.default;
					if (!(await checkExists.call(hook))) await create.call(hook);
					save(staticData);
				};
				try {
					// As n8n's publication does it: side by side.
					const [{ closeFunction }] = await Promise.all([
						door.watchInstantly(context, door.events, options.clock),
						register(),
					]);
					close = closeFunction;
				} catch (error) {
					await clearWebhooks();
					throw error;
				}
				save(staticData);
			},
			async deactivate() {
				await clearWebhooks();
				await close?.();
				close = undefined;
			},
			async kill() {
				alive.delete(process);
				routes = routes.filter((one) => one !== process);
				await close?.();
			},
		};
		alive.add(process);
		if (routes.length === 0) routes = [process];
		return process;
	};

	const server = createServer((request, response) => {
		void serve(request, response);
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook/1/microsoft365`;

	async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const startedAt = performance.now();
		const text = await readText(request);
		const process = routes[turn++ % Math.max(1, routes.length)];
		if (!text.includes('"microsoft365"')) {
			response.once('finish', () => {
				const ms = performance.now() - startedAt;
				answers.push({ status: response.statusCode, ms, body: text });
			});
		}
		if (!process || !isRegistered) {
			response.writeHead(process ? 404 : 502).end();
			return;
		}
		const { searchParams } = new URL(request.url ?? '/', url);
		const isJson = request.headers['content-type']?.startsWith('application/json') ?? false;
		process.door.receive({
			...common(process.door, JSON.parse(database) as IDataObject),
			getMode: () => 'webhook',
			getQueryData: () => Object.fromEntries(searchParams),
			getBodyData: () => (isJson && text !== '' ? (JSON.parse(text) as IDataObject) : {}),
			getResponseObject: () => expressResponse(response),
		} as unknown as IWebhookFunctions);
	}

	return {
		url,
		runs,
		refusedKeys,
		failures,
		logs,
		answers,
		staticData: () => JSON.parse(database) as IDataObject,
		restore: (staticData) => {
			database = JSON.stringify(staticData);
		},
		hideFromItself: (hidden = true) => {
			isHidden = hidden;
		},
		startProcess,
		routeTo: (...processes) => {
			routes = processes;
		},
		close: async () => {
			for (const process of [...alive]) await process.kill();
			await new Promise<void>((resolve) => {
				server.close(() => {
					resolve();
				});
				server.closeAllConnections();
			});
		},
	};
}
