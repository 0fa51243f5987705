import type {
	ICredentialDataDecryptedObject,
	INodeListSearchResult,
	INodeParameters,
	INodePropertyOptions,
	ResourceMapperField,
} from 'n8n-workflow';
import { Microsoft365SharePoint } from '../../../nodes/SharePoint/Microsoft365SharePoint.node';
import { createClock } from '../../../sandbox/clock';
import { sandboxDirectory } from '../../../sandbox/directory';
import type { Fault } from '../../../sandbox/graph/server/faults';
import type { RecordedRequest } from '../../../sandbox/graph/server/recorder';
import type { SandboxSite } from '../../../sandbox/graph/sharepoint/sites';
import type { SharePoint } from '../../../sandbox/graph/sharepoint/store';
import type { StoredList } from '../../../sandbox/graph/sharepoint/types';
import { startGraph } from '../../../sandbox/graph/startGraph';
import { createTestToken, verifyTestToken } from '../../../sandbox/graph/testTokens';
import {
	formContext,
	type RunOptions,
	type RunResult,
	runNode,
	searchList,
} from '../../support/runNode';

type Request = Pick<RecordedRequest, 'method' | 'url' | 'body'>;
type Mapper = 'getColumns' | 'getColumnsToUpdate' | 'getColumnsToUpsert';

/** The node on a Graph of its own, signed in as Ana. */
export interface SharePointSandbox {
	readonly store: SharePoint;
	/** Where Graph is: `http://127.0.0.1:port/v1.0`. */
	readonly graphUrl: string;
	readonly finance: SandboxSite;
	readonly invoices: StoredList;
	run(
		parameters: RunOptions['parameters'],
		options?: Partial<Omit<RunOptions, 'node' | 'parameters'>>,
	): Promise<RunResult>;
	search(
		method: string,
		parameters: INodeParameters,
		typed?: string,
	): Promise<INodeListSearchResult['results']>;
	columns(method: Mapper, parameters: INodeParameters): Promise<ResourceMapperField[]>;
	columnNames(parameters: INodeParameters): Promise<INodePropertyOptions[]>;
	/** What the node has asked Graph since the last reset, below `/v1.0`. */
	requests(): Request[];
	recorded(): readonly RecordedRequest[];
	/** The requests of all batches so far, in order. */
	batched(): Array<{
		method: string;
		url: string;
		headers: Record<string, string>;
		body?: unknown;
	}>;
	forget(): void;
	fault(fault: Fault): void;
	/** From now on the connection has these permissions only. */
	permit(scopes: string): void;
	reset(): void;
	stop(): Promise<void>;
}

const everything = 'Sites.Manage.All Sites.ReadWrite.All User.Read';

export async function startSharePointSandbox(): Promise<SharePointSandbox> {
	const clock = createClock();
	const graph = await startGraph({
		cloud: 'global',
		clock,
		directory: sandboxDirectory,
		verifyToken: verifyTestToken,
	});
	const node = new Microsoft365SharePoint();
	const [app] = sandboxDirectory.apps;
	const store = graph.state.sharePoint;
	let scopes = everything;
	let forgotten = 0;
	const credential = (): ICredentialDataDecryptedObject => ({
		environment: 'custom',
		customGraphUrl: graph.url,
		customLoginUrl: 'http://127.0.0.1:9',
		tenantId: sandboxDirectory.tenantId,
		clientId: app?.clientId ?? '',
		clientSecret: app?.clientSecret ?? '',
		oauthTokenData: {
			access_token: createTestToken({ upn: 'ana@contoso.example', scopes, clock }),
		},
	});
	const recorded = () => graph.recorded().slice(forgotten);
	const form = (parameters: INodeParameters) =>
		formContext({ node, parameters, credential: credential() });
	const siteNamed = (name: string): SandboxSite => {
		const site = store.sites.find((each) => each.name === name);
		if (!site) throw new Error(`There is no site ${name}`);
		return site;
	};
	return {
		store,
		graphUrl: `${graph.url}/v1.0`,
		get finance() {
			return siteNamed('finance');
		},
		get invoices() {
			return store.list(siteNamed('finance'), 'Invoices');
		},
		run: async (parameters, options = {}) =>
			await runNode({ node, credential: credential(), parameters, ...options }),
		search: async (method, parameters, typed) => {
			const { results } = await searchList({
				node,
				credential: credential(),
				method,
				parameters,
				...(typed !== undefined && { typed }),
			});
			return results;
		},
		columns: async (method, parameters) => {
			const { fields } = await node.methods.resourceMapping[method].call(form(parameters));
			return fields;
		},
		columnNames: async (parameters) =>
			await node.methods.loadOptions.getColumnNames.call(form(parameters)),
		requests: () =>
			recorded().map(({ method, url, body }) => ({
				method,
				url: decodeURIComponent(url.replace('/v1.0', '')),
				...(body !== undefined && { body }),
			})),
		recorded,
		batched: () =>
			recorded().flatMap(({ body }) => {
				const { requests = [] } = (body ?? {}) as { requests?: [] };
				return requests;
			}),
		forget: () => {
			forgotten = graph.recorded().length;
		},
		fault: (fault) => graph.faults.add(fault),
		permit: (permissions) => {
			scopes = permissions;
		},
		reset: () => {
			graph.state.reset();
			forgotten = 0;
			scopes = everything;
		},
		stop: async () => await graph.close(),
	};
}

export const byId = (value: string) => ({ __rl: true, mode: 'id', value });
export const byUrl = (value: string) => ({ __rl: true, mode: 'url', value });
export const byName = (value: string) => ({ __rl: true, mode: 'name', value });
/** As the form saves columns that were filled in one by one. */
export const defined = (
	value: Record<string, string | number | boolean | null>,
	match?: string,
) => ({
	mappingMode: 'defineBelow',
	value,
	matchingColumns: match === undefined ? [] : [match],
	schema: [],
	attemptToConvertTypes: false,
	convertFieldsToString: false,
});
export const fromInput = (match?: string) => ({
	...defined({}, match),
	mappingMode: 'autoMapInputData',
	value: null,
});
