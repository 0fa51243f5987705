import {
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type INodeExecutionData,
	type INodeParameters,
	type IRun,
	type ITriggerFunctions,
	type ITriggerResponse,
	NodeHelpers,
	type WorkflowActivateMode,
} from 'n8n-workflow';
import { Microsoft365Trigger } from '../../../nodes/Trigger/Microsoft365Trigger.node';

interface Deferred<T> {
	readonly promise: Promise<T>;
	readonly resolve: (value: T) => void;
	readonly reject: (error: Error) => void;
}

export interface TriggerRun {
	readonly key: string;
	readonly json: IDataObject[];
}

/** An installation of n8n with one workflow that begins with the polling trigger. */
export class PollingN8n {
	readonly #node = new Microsoft365Trigger();
	readonly #keys = new Set<string>();
	readonly #begun = new Set<unknown>();
	#response: ITriggerResponse | undefined;
	#ticks: Array<() => void> = [];
	#isKilled = false;
	/** Runs are recorded, and n8n is killed before they begin. */
	diesBeforeRuns = false;
	/** As stored; a text, as in the database. */
	staticData = '{}';
	readonly runs: TriggerRun[] = [];
	readonly refused: string[] = [];
	/** That the trigger node let nothing through of. */
	readonly emptyRuns: string[] = [];
	readonly crons: string[] = [];
	/** Failed executions, as the user sees them. */
	readonly failures: string[] = [];
	readonly warnings: string[] = [];
	readonly infos: string[] = [];
	credential: ICredentialDataDecryptedObject;

	constructor(
		readonly options: {
			readonly credential: ICredentialDataDecryptedObject;
			readonly parameters?: INodeParameters;
			readonly workflowId: string;
			/** How a version of n8n without it looks. */
			readonly lacksFailedExecutions?: boolean;
		},
	) {
		this.credential = options.credential;
	}

	async activate(mode: WorkflowActivateMode = 'activate'): Promise<void> {
		this.#ticks = [];
		this.#isKilled = false;
		const live = JSON.parse(this.staticData) as IDataObject;
		const context = this.#context(live, mode);
		this.#response = await this.#node.trigger.call(context);
		this.staticData = JSON.stringify(live);
	}

	async deactivate(): Promise<void> {
		await this.#response?.closeFunction?.();
		this.#response = undefined;
	}

	/** Nothing that the trigger does any more gets to n8n. */
	async kill(): Promise<void> {
		this.#isKilled = true;
		await this.deactivate();
	}

	/** A poll time has come. */
	tick(): void {
		for (const tick of this.#ticks) tick();
	}

	/** The trigger node lets through what no other run has begun with. */
	#run(key: string, items: readonly INodeExecutionData[]): void {
		const json: IDataObject[] = [];
		for (const item of items) {
			const { key: itemKey } = item['handedOver'] as { key: string };
			if (!this.#begun.has(itemKey)) json.push(item.json);
			this.#begun.add(itemKey);
		}
		if (json.length === 0) this.emptyRuns.push(key);
		else this.runs.push({ key, json });
	}

	#context(live: IDataObject, mode: WorkflowActivateMode): ITriggerFunctions {
		const { description } = this.#node;
		const parameters = {
			authentication: 'delegated',
			event: 'messageReceived',
			...this.options.parameters,
		};
		const shown =
			NodeHelpers.getNodeParameters(
				description.properties,
				parameters,
				true,
				false,
				{ typeVersion: 1 },
				description,
			) ?? {};
		const all: Record<string, unknown> = {
			pollTimes: { item: [{ mode: 'everyMinute' }] },
			...shown,
			...this.options.parameters,
		};
		const emit = (
			data: INodeExecutionData[][],
			_response: undefined,
			done: Deferred<IRun> | undefined,
			key = '',
		): void => {
			if (this.#isKilled) return;
			this.staticData = JSON.stringify(live);
			const isRefused = this.#keys.has(key);
			this.#keys.add(key);
			if (this.diesBeforeRuns && !isRefused) return;
			if (isRefused) this.refused.push(key);
			else this.#run(key, data[0] ?? []);
			setImmediate(() => done?.resolve((isRefused ? undefined : {}) as unknown as IRun));
		};
		const context = {
			emit,
			...(!this.options.lacksFailedExecutions && {
				saveFailedExecution: (error: Error) => this.failures.push(error.message),
			}),
			getActivationMode: () => mode,
			getMode: () => 'trigger',
			getNode: () => ({
				id: 'node',
				name: 'Trigger',
				type: description.name,
				typeVersion: 1,
				position: [0, 0],
				parameters,
			}),
			getWorkflow: () => ({ id: this.options.workflowId, name: 'Workflow', active: true }),
			getWorkflowStaticData: () => live,
			getCredentials: async () => await Promise.resolve(this.credential),
			getTimezone: () => 'Europe/Berlin',
			getRestApiUrl: () => 'http://127.0.0.1/rest',
			getNodeParameter: (name: string, fallback?: unknown) => all[name] ?? fallback,
			logger: {
				debug: () => undefined,
				info: (text: string) => this.infos.push(text),
				warn: (text: string) => this.warnings.push(text),
				error: () => undefined,
			},
			helpers: {
				createDeferredPromise: <T>(): Deferred<T> => {
					let resolve: Deferred<T>['resolve'] = () => undefined;
					let reject: Deferred<T>['reject'] = () => undefined;
					const promise = new Promise<T>((onResolve, onReject) => {
						resolve = onResolve;
						reject = onReject;
					});
					return { promise, resolve, reject };
				},
				refreshOAuth2Token: async () => await Promise.reject(new Error('Not renewable')),
				registerCron: ({ expression }: { expression: string }, tick: () => void) => {
					this.crons.push(expression);
					this.#ticks.push(tick);
				},
			},
		};
		return context as unknown as ITriggerFunctions;
	}
}
