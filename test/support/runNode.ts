import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import {
	type IBinaryData,
	type IBinaryKeyData,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
	type INode,
	type INodeExecutionData,
	type INodeListSearchResult,
	type INodeParameters,
	type INodeType,
	NodeHelpers,
} from 'n8n-workflow';

/** Files of test items; each becomes a binary field. */
export type TestFiles = Readonly<Record<string, TestFile>>;

export interface TestFile {
	readonly fileName: string;
	readonly mimeType: string;
	readonly content: Buffer;
}

export interface TestItem {
	readonly json?: IDataObject;
	readonly files?: TestFiles;
}

export interface RunOptions {
	readonly node: INodeType;
	/** As a workflow saves them: what is left out gets its default. By item where a function. */
	readonly parameters: INodeParameters | ((itemIndex: number) => INodeParameters);
	/** What n8n answers for every credential that the node asks for. */
	readonly credential: ICredentialDataDecryptedObject;
	/** Default: one empty item. */
	readonly items?: readonly TestItem[];
	readonly continueOnFail?: boolean;
	/** IANA name. Default: Europe/Berlin. */
	readonly timezone?: string;
	/** `stored`: binary data has an id, as in n8n's filesystem, database and S3 modes. Default: `memory`. */
	readonly binaryMode?: 'memory' | 'stored';
	readonly signal?: AbortSignal;
	/** Default: always the same, as when n8n tries a failed node again. */
	readonly executionId?: string;
	/** Which run of a loop it is. */
	readonly runIndex?: number;
}

export interface RunResult {
	readonly items: INodeExecutionData[];
	/** The output items' JSON. */
	readonly json: IDataObject[];
	/** What the node told beside its output. */
	readonly hints: string[];
	/** The content of a binary field of an output item. */
	readonly file: (itemIndex: number, field: string) => Promise<Buffer>;
}

/** Runs a node's own `execute` as n8n does: defaults, hidden parameters, items, binary data, errors. */
export async function runNode(options: RunOptions): Promise<RunResult> {
	const { node, items = [{}] } = options;
	if (!node.execute) throw new TypeError(`${node.description.name} has no execute`);
	const store = new BinaryStore(options.binaryMode ?? 'memory');
	const input = items.map(({ json = {}, files }): INodeExecutionData => ({
		json,
		...(files && { binary: store.fields(files) }),
	}));
	const hints: string[] = [];
	const context = executeContext(options, input, store, hints);
	const [output = []] = (await node.execute.call(context)) as INodeExecutionData[][];
	return {
		items: output,
		json: output.map(({ json }) => json),
		hints,
		file: async (itemIndex, field) => await store.read(binaryOf(output, itemIndex, field)),
	};
}

function executeContext(
	options: RunOptions,
	input: INodeExecutionData[],
	store: BinaryStore,
	hints: string[],
): IExecuteFunctions {
	const { node, parameters, credential, signal } = options;
	const byItem = (itemIndex: number): INodeParameters =>
		resolved(node, typeof parameters === 'function' ? parameters(itemIndex) : parameters);
	const all = input.map((_, itemIndex) => byItem(itemIndex));
	const context = {
		...commonContext(node, all[0] ?? byItem(0), credential, options.timezone),
		getInputData: () => input,
		getNodeParameter: (name: string, itemIndex: number, fallback?: unknown) => {
			const value = all[itemIndex]?.[name] ?? fallback;
			if (value === undefined) throw new Error(`Could not get parameter "${name}"`);
			return value;
		},
		continueOnFail: () => options.continueOnFail ?? false,
		getInstanceId: () => 'instance',
		getWorkflow: () => ({ id: 'workflow' }),
		getExecutionId: () => options.executionId ?? 'execution',
		getWorkflowDataProxy: () => ({ $runIndex: options.runIndex ?? 0 }),
		getExecutionCancelSignal: () => signal,
		addExecutionHints: (...added: Array<{ message: string }>) => {
			hints.push(...added.map(({ message }) => message));
		},
		helpers: {
			refreshOAuth2Token: () => Promise.reject(new Error('The test token can not be renewed')),
			assertBinaryData: (itemIndex: number, field: string) => binaryOf(input, itemIndex, field),
			getBinaryDataBuffer: async (itemIndex: number, field: string) =>
				await store.read(binaryOf(input, itemIndex, field)),
			getBinaryMetadata: async (id: string) =>
				await Promise.resolve({ fileSize: store.byId(id).length }),
			getBinaryStream: async (id: string) => await Promise.resolve(Readable.from([store.byId(id)])),
			prepareBinaryData: async (content: Buffer | Readable, fileName?: string, mimeType?: string) =>
				await store.add(content, fileName, mimeType),
		},
	};
	return context as unknown as IExecuteFunctions;
}

export interface ListSearchOptions {
	readonly node: INodeType;
	/** The picker, as under the node's `methods.listSearch`. */
	readonly method: string;
	readonly parameters: INodeParameters;
	readonly credential: ICredentialDataDecryptedObject;
	readonly typed?: string;
	readonly paginationToken?: string;
}

/** Opens a picker's list as n8n's form does. */
export async function searchList(options: ListSearchOptions): Promise<INodeListSearchResult> {
	const { node, method, parameters, credential, typed, paginationToken } = options;
	const search = node.methods?.listSearch?.[method];
	if (!search) throw new TypeError(`${node.description.name} has no list search "${method}"`);
	const context = formContext({ node, parameters, credential });
	return await search.call(context, typed, paginationToken);
}

/** What n8n calls a node's `methods` with while its form is filled in. */
export function formContext({
	node,
	parameters,
	credential,
}: Pick<ListSearchOptions, 'node' | 'parameters' | 'credential'>): ILoadOptionsFunctions {
	const context = {
		...commonContext(node, parameters, credential),
		getCurrentNodeParameter: (name: string) => resolved(node, parameters)[name],
		helpers: {
			refreshOAuth2Token: () => Promise.reject(new Error('The test token can not be renewed')),
		},
	};
	return context as unknown as ILoadOptionsFunctions;
}

function commonContext(
	node: INodeType,
	parameters: INodeParameters,
	credential: ICredentialDataDecryptedObject,
	timezone = 'Europe/Berlin',
) {
	const silent = () => undefined;
	return {
		getNode: (): INode => ({
			id: 'node',
			name: node.description.displayName,
			type: node.description.name,
			typeVersion: 1,
			position: [0, 0],
			parameters,
		}),
		getWorkflow: () => ({ id: 'workflow', name: 'Workflow', active: false }),
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		getExecutionId: () => '1',
		getInstanceId: () => 'instance',
		getCredentials: async () => await Promise.resolve(credential),
		getTimezone: () => timezone,
		getRestApiUrl: () => 'http://127.0.0.1/rest',
		logger: { debug: silent, info: silent, warn: silent, error: silent },
	};
}

/** n8n's own rules: defaults are filled in, hidden parameters are left out. */
function resolved(node: INodeType, parameters: INodeParameters): INodeParameters {
	const { description } = node;
	const values = NodeHelpers.getNodeParameters(
		description.properties,
		parameters,
		true,
		false,
		{ typeVersion: 1 },
		description,
	);
	return values ?? {};
}

function binaryOf(
	items: readonly INodeExecutionData[],
	itemIndex: number,
	field: string,
): IBinaryData {
	const data = items[itemIndex]?.binary?.[field];
	if (!data) throw new Error(`Item ${itemIndex} has no binary field "${field}"`);
	return data;
}

class BinaryStore {
	readonly #stored = new Map<string, Buffer>();

	constructor(readonly mode: 'memory' | 'stored') {}

	fields(files: TestFiles): IBinaryKeyData {
		return Object.fromEntries(
			Object.entries(files).map(([field, { fileName, mimeType, content }]) => [
				field,
				this.#keep(content, fileName, mimeType),
			]),
		);
	}

	async add(content: Buffer | Readable, fileName = '', mimeType = ''): Promise<IBinaryData> {
		return this.#keep(
			Buffer.isBuffer(content) ? content : await buffer(content),
			fileName,
			mimeType,
		);
	}

	async read({ id, data }: IBinaryData): Promise<Buffer> {
		return await Promise.resolve(id === undefined ? Buffer.from(data, 'base64') : this.byId(id));
	}

	byId(id: string): Buffer {
		const content = this.#stored.get(id);
		if (!content) throw new Error(`There is no binary data "${id}"`);
		return content;
	}

	#keep(content: Buffer, fileName: string, mimeType: string): IBinaryData {
		if (this.mode === 'memory') return { data: content.toString('base64'), fileName, mimeType };
		const id = `stored:${randomUUID()}`;
		this.#stored.set(id, content);
		// As n8n does: where the data is stored, the item holds the mode's name only.
		return { data: 'stored', id, fileName, mimeType };
	}
}
