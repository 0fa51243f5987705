import {
	type IBinaryData,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type ITriggerFunctions,
	NodeHelpers,
	type WorkflowActivateMode,
} from 'n8n-workflow';
import { Microsoft365ImapTrigger } from '../../../../nodes/Trigger/Microsoft365ImapTrigger.node';
import { ana, newFolder } from '../../../core/mail/watchHarness';
import { type MailServers, startMailServers } from '../../../support/mailServers';

export interface FinishedRun {
	readonly key: string;
	readonly items: readonly INodeExecutionData[];
}

/** n8n around one IMAP trigger: what it stores, the runs it starts, and what the user sees. */
export interface ImapInstallation {
	readonly runs: FinishedRun[];
	readonly refusedKeys: string[];
	/** Failed executions. */
	readonly failures: Error[];
	activate(mode?: WorkflowActivateMode): Promise<void>;
	deactivate(): Promise<void>;
	/** As by SIGKILL: nothing is stored any more. */
	kill(): Promise<void>;
	/** "Fetch Test Event". */
	test(): Promise<INodeExecutionData[]>;
	parameters: INodeParameters;
	readonly content: (data: IBinaryData | undefined) => Buffer;
}

const node = new Microsoft365ImapTrigger();

/** @param person who signed in; the mailbox is the person's own unless given */
export async function imapInstallation(
	servers: MailServers,
	parameters: INodeParameters,
	{ person = 'ana@contoso.example', mailbox = '' } = {},
): Promise<ImapInstallation> {
	let database = '{}';
	let close: (() => Promise<void>) | undefined;
	let isAlive = true;
	const keys = new Set<string>();
	const processed = new Set<string>();
	const runs: FinishedRun[] = [];
	const refusedKeys: string[] = [];
	const failures: Error[] = [];
	const stored = new Map<string, Buffer>();
	const credential = {
		environment: 'custom',
		customLoginUrl: servers.loginUrl,
		customGraphUrl: 'https://graph.example.com',
		customImapHost: `${servers.imap.host}:${servers.imap.port}`,
		tenantId: 'contoso.example',
		clientId: '11111111-1111-4111-8111-111111111111',
		clientCredentialType: 'secret',
		clientSecret: 'secret',
		purpose: 'read',
		mailbox,
		oauthTokenData: { access_token: await servers.token({ user: person }) },
	};
	const silent = () => undefined;

	const common = () => {
		const own: INode = {
			id: 'node',
			name: 'IMAP Trigger',
			type: node.description.name,
			typeVersion: 1,
			position: [0, 0],
			parameters: installation.parameters,
		};
		const values =
			NodeHelpers.getNodeParameters(
				node.description.properties,
				installation.parameters,
				true,
				false,
				own,
				node.description,
			) ?? {};
		return {
			values,
			getNode: () => own,
			getWorkflow: () => ({ id: 'workflow', name: 'Workflow', active: true }),
			getCredentials: async () => await Promise.resolve(credential),
			getTimezone: () => 'Europe/Berlin',
			getRestApiUrl: () => 'http://127.0.0.1/rest',
			logger: { debug: silent, info: silent, warn: silent, error: silent },
		};
	};

	const executeContext = (mode: string, items: INodeExecutionData[]) => {
		const { values, ...rest } = common();
		const context = {
			...rest,
			getMode: () => mode,
			getInputData: () => items,
			getExecutionId: () => String(runs.length + 1),
			getExecutionCancelSignal: () => undefined,
			getNodeParameter: (name: string, _itemIndex: number, fallback?: unknown) =>
				values[name] ?? fallback,
			helpers: {
				checkProcessedAndRecord: (entries: string[]) => {
					const known = entries.filter((entry) => processed.has(entry));
					for (const entry of entries) processed.add(entry);
					return Promise.resolve({ new: [], processed: known });
				},
				removeProcessed: (entries: string[]) => {
					for (const entry of entries) processed.delete(entry);
					return Promise.resolve();
				},
				prepareBinaryData: (content: Buffer, fileName: string, mimeType: string) => {
					const id = `stored:${stored.size}`;
					stored.set(id, content);
					return Promise.resolve({ data: 'stored', id, fileName, mimeType });
				},
			},
		};
		return context as unknown as IExecuteFunctions;
	};

	const execute = async (mode: string, items: INodeExecutionData[]) => {
		const output = (await node.execute.call(executeContext(mode, items)))[0] ?? [];
		return output;
	};

	const triggerContext = (staticData: IDataObject, mode: WorkflowActivateMode) => {
		const { values, ...rest } = common();
		const emit: ITriggerFunctions['emit'] = (data, _response, done, key = '') => {
			if (!isAlive) return;
			database = JSON.stringify(staticData);
			if (keys.has(key)) {
				refusedKeys.push(key);
				done?.resolve(undefined as never);
				return;
			}
			keys.add(key);
			// Through the database, as in queue mode.
			const items = JSON.parse(JSON.stringify(data[0] ?? [])) as INodeExecutionData[];
			void execute('trigger', items).then(
				(output) => {
					runs.push({ key, items: output });
					done?.resolve({} as never);
				},
				(error: unknown) => {
					failures.push(error as Error);
					done?.resolve({} as never);
				},
			);
		};
		const context = {
			...rest,
			emit,
			saveFailedExecution: (error: Error) => failures.push(error),
			getActivationMode: () => mode,
			getMode: () => 'trigger',
			getWorkflowStaticData: () => staticData,
			getNodeParameter: (name: string, fallback?: unknown) => values[name] ?? fallback,
			helpers: { createDeferredPromise },
		};
		return context as unknown as ITriggerFunctions;
	};

	const installation: ImapInstallation = {
		runs,
		refusedKeys,
		failures,
		parameters,
		activate: async (mode = 'activate') => {
			isAlive = true;
			const staticData = JSON.parse(database) as IDataObject;
			const response = await node.trigger.call(triggerContext(staticData, mode));
			database = JSON.stringify(staticData);
			close = async () => {
				await response.closeFunction?.();
				if (isAlive) database = JSON.stringify(staticData);
			};
		},
		deactivate: async () => {
			await close?.();
			close = undefined;
		},
		kill: async () => {
			isAlive = false;
			await installation.deactivate();
		},
		test: async () => await execute('manual', [{ json: {} }]),
		content: (data) => {
			const found = stored.get(data?.id ?? '');
			if (!found) throw new Error('The item has no such file');
			return found;
		},
	};
	return installation;
}

export interface TriggerTools {
	readonly servers: MailServers;
	/** The test's own folder. */
	readonly folder: string;
	/** The next folder is the test's from now on. */
	newFolder(): Promise<string>;
	/** A trigger on the folder, not active yet; ends with the test. */
	install(
		parameters?: INodeParameters,
		who?: Parameters<typeof imapInstallation>[2],
	): Promise<ImapInstallation>;
	deliver(content: string | Buffer): Promise<void>;
}

/** Mail servers for the tests of a `describe`, and a new folder for each. */
export function useImapTrigger(): TriggerTools {
	let servers: MailServers;
	let folder: string;
	const installations: ImapInstallation[] = [];
	beforeAll(async () => {
		servers = await startMailServers();
	});
	afterAll(async () => {
		await servers.close();
	});
	beforeEach(async () => {
		folder = await newFolder(servers);
	});
	afterEach(async () => {
		await Promise.all(installations.splice(0).map(async (one) => await one.deactivate()));
	});
	return {
		get servers() {
			return servers;
		},
		get folder() {
			return folder;
		},
		newFolder: async () => (folder = await newFolder(servers)),
		install: async (parameters = {}, who = {}) => {
			const made = await imapInstallation(servers, { folder: byPath(folder), ...parameters }, who);
			installations.push(made);
			return made;
		},
		deliver: async (content) => {
			await servers.deliver(ana, content, { folder });
		},
	};
}

export const byPath = (path: string) => ({ __rl: true, mode: 'path', value: path });

export const firstJson = ({ runs }: ImapInstallation, index = 0): IDataObject =>
	runs[index]?.items[0]?.json ?? {};

function createDeferredPromise<T>() {
	let resolve: (value: T) => void = () => undefined;
	let reject: (error: Error) => void = () => undefined;
	const promise = new Promise<T>((onResolve, onReject) => {
		resolve = onResolve;
		reject = onReject;
	});
	return { promise, resolve, reject };
}
