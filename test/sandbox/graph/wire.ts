import { createClock, type Clock } from '../../../sandbox/clock';
import { sandboxDirectory } from '../../../sandbox/directory';
import {
	startGraph,
	type GraphOptions,
	type GraphSandbox,
} from '../../../sandbox/graph/startGraph';
import { hasMetadata } from '../../../sandbox/graph/surface/load';
import {
	createTestToken,
	verifyTestToken,
	type TestTokenOptions,
} from '../../../sandbox/graph/testTokens';

export const ana = 'ana@contoso.example';
export const ben = 'ben@contoso.example';
export const support = 'support@contoso.example';

export const allScopes =
	'User.Read User.ReadBasic.All Mail.ReadWrite Mail.ReadWrite.Shared Mail.Send Mail.Send.Shared MailboxSettings.ReadWrite';

export interface WireAnswer {
	readonly status: number;
	readonly headers: Headers;
	readonly body: Json;
	readonly text: string;
}

/** Loosely typed on purpose: tests say what they expect. */
export interface Json {
	readonly [name: string]: Json;
	readonly [index: number]: Json;
}

export interface Wire {
	readonly graph: GraphSandbox;
	readonly clock: Clock;
	/** Sends with a token of Ana's that may do everything with mail, unless `headers` or `token` say otherwise. */
	send(method: string, path: string, options?: SendOptions): Promise<WireAnswer>;
	token(options: TestTokenOptions): string;
	close(): Promise<void>;
}

export interface SendOptions {
	readonly body?: unknown;
	readonly headers?: Readonly<Record<string, string>>;
	readonly token?: string;
}

export async function startWire(options: Partial<GraphOptions> = {}): Promise<Wire> {
	const clock = createClock();
	const graph = await startGraph({
		cloud: 'global',
		clock,
		directory: sandboxDirectory,
		verifyToken: verifyTestToken,
		...options,
	});
	const token = (about: TestTokenOptions): string => createTestToken({ clock, ...about });
	return {
		graph,
		clock,
		token,
		close: () => graph.close(),
		send: async (method, path, { body, headers, token: bearer } = {}) => {
			const response = await fetch(path.startsWith('http') ? path : `${graph.url}/v1.0${path}`, {
				method,
				headers: {
					Authorization: `Bearer ${bearer ?? token({ upn: ana, scopes: allScopes })}`,
					...(body !== undefined && { 'Content-Type': 'application/json' }),
					...headers,
				},
				...(body !== undefined && {
					body: typeof body === 'string' ? body : JSON.stringify(body),
				}),
			});
			const text = await response.text();
			const isJson = response.headers.get('content-type')?.includes('json') === true;
			return {
				status: response.status,
				headers: response.headers,
				body: (isJson && text !== '' ? JSON.parse(text) : {}) as Json,
				text,
			};
		},
	};
}

/** `describe` where Microsoft's metadata is; elsewhere a skip that says so. */
export function describeWithMetadata(name: string, tests: () => void): void {
	if (hasMetadata()) {
		describe(name, tests);
		return;
	}
	console.warn(`SKIPPED "${name}": Microsoft's Graph metadata isn't here; see M365_GRAPH_METADATA`);
	describe.skip(name, tests);
}

export function recipient(address: string): unknown {
	return { emailAddress: { address } };
}

/** A value that has to be text, e.g. an id. */
export function text(value: unknown): string {
	if (typeof value !== 'string') throw new TypeError(`Not text: ${JSON.stringify(value)}`);
	return value;
}
