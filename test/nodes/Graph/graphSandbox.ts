import { randomUUID } from 'node:crypto';
import type {
	ICredentialDataDecryptedObject,
	INodeListSearchResult,
	INodeParameters,
} from 'n8n-workflow';
import { Microsoft365Graph } from '../../../nodes/Graph/Microsoft365Graph.node';
import { createClock, type Clock } from '../../../sandbox/clock';
import { sandboxDirectory } from '../../../sandbox/directory';
import type { Fault } from '../../../sandbox/graph/server/faults';
import type { RecordedRequest } from '../../../sandbox/graph/server/recorder';
import { type GraphSandbox, startGraph } from '../../../sandbox/graph/startGraph';
import { createTestToken, verifyTestToken } from '../../../sandbox/graph/testTokens';
import { startLoginServer, tokenAnswer } from '../../core/auth/loginServer';
import {
	type ListSearchOptions,
	type RunOptions,
	type RunResult,
	runNode,
	searchList,
} from '../../support/runNode';

export const ana = 'ana@contoso.example';
export const ben = 'ben@contoso.example';
export const support = 'support@contoso.example';
export const marketing = '0a0a0a0a-0000-4000-8000-000000000001';

export const byName = (value: string) => ({ __rl: true, mode: 'name', value });
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** What a person needs for every operation of the package. */
export const everything = [
	'User.Read.All',
	'GroupMember.Read.All',
	'Mail.ReadWrite',
	'Mail.Send',
	'MailboxSettings.ReadWrite',
	'Calendars.ReadWrite',
	'Calendars.Read.Shared',
	'Place.Read.All',
	'Files.ReadWrite.All',
	'Sites.Manage.All',
	'Team.ReadBasic.All',
];

/** The node on a Graph of its own, signed in as Ana unless an app's roles are given. */
export interface NodeSandbox {
	readonly graph: GraphSandbox;
	readonly clock: Clock;
	run(
		parameters: RunOptions['parameters'],
		options?: Partial<Omit<RunOptions, 'node' | 'parameters'>>,
	): Promise<RunResult>;
	/** As an app of these permissions. */
	runAsApp(roles: readonly string[], parameters: INodeParameters): Promise<RunResult>;
	search(
		method: string,
		options?: Partial<Pick<ListSearchOptions, 'parameters' | 'typed'>>,
	): Promise<INodeListSearchResult>;
	recorded(): readonly RecordedRequest[];
	/** `METHOD path`, decoded, below the version. */
	requests(): string[];
	fault(fault: Fault): void;
	/** From now on the connection has these permissions only; until the next reset. */
	permit(scopes: readonly string[]): void;
	reset(): void;
	stop(): Promise<void>;
}

export async function startNodeSandbox(): Promise<NodeSandbox> {
	const clock = createClock();
	const graph = await startGraph({
		cloud: 'global',
		clock,
		directory: sandboxDirectory,
		verifyToken: verifyTestToken,
	});
	const node = new Microsoft365Graph();
	const [app] = sandboxDirectory.apps;
	let scopes = everything;
	const credential = (): ICredentialDataDecryptedObject => ({
		environment: 'custom',
		customGraphUrl: graph.url,
		customLoginUrl: 'http://127.0.0.1:9',
		tenantId: sandboxDirectory.tenantId,
		clientId: app?.clientId ?? '',
		clientSecret: app?.clientSecret ?? '',
		scope: 'Mail.Read offline_access',
		oauthTokenData: {
			access_token: createTestToken({ upn: ana, scopes: scopes.join(' '), clock }),
		},
	});
	return {
		graph,
		clock,
		run: async (parameters, options = {}) =>
			await runNode({ node, credential: credential(), parameters, ...options }),
		runAsApp: async (roles, parameters) => {
			const login = await startLoginServer();
			try {
				login.answer(tokenAnswer(createTestToken({ roles, clock })));
				return await runNode({
					node,
					credential: {
						...credential(),
						customLoginUrl: login.origin,
						// Tokens are kept by the secret, too; Entra shows its first three characters.
						clientSecret: `${(app?.clientSecret ?? '').slice(0, 3)}${randomUUID()}`,
					},
					parameters: { ...parameters, authentication: 'application' },
				});
			} finally {
				// A parameter may be refused before a token is asked for.
				await login.close().catch(() => undefined);
			}
		},
		search: async (method, options = {}) =>
			await searchList({ node, credential: credential(), method, parameters: {}, ...options }),
		recorded: () => graph.recorded(),
		requests: () =>
			graph
				.recorded()
				.map(({ method, url }) => `${method} ${decodeURIComponent(url.replace(/^\/v1\.0/, ''))}`),
		fault: (fault) => graph.faults.add(fault),
		permit: (permissions) => {
			scopes = [...permissions];
		},
		reset: () => {
			scopes = everything;
			graph.state.reset();
		},
		stop: async () => await graph.close(),
	};
}
