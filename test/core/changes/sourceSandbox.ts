import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Change, Source } from '../../../core/changes/types';
import { clouds } from '../../../core/clouds';
import type { TokenProvider } from '../../../core/auth/TokenProvider';
import { createGraphClient } from '../../../core/graph/createGraphClient';
import type { GraphClient } from '../../../core/graph/types';
import { createThrottleRegistry } from '../../../core/http/throttle';
import { type Clock, createClock } from '../../../sandbox/clock';
import { sandboxDirectory } from '../../../sandbox/directory';
import { type GraphSandbox, startGraph } from '../../../sandbox/graph/startGraph';
import type { SandboxCloud } from '../../../sandbox/graph/surface/load';
import { createTestToken, verifyTestToken } from '../../../sandbox/graph/testTokens';
import { cloudAt } from '../../support/graphHarness';

export const ana = 'ana@contoso.example';
export const ben = 'ben@contoso.example';

const scopes =
	'Calendars.ReadWrite Files.ReadWrite.All Sites.ReadWrite.All Mail.ReadWrite Mail.Send User.Read';

/** A Graph of its own, and Ana's client of it. */
export interface SourceSandbox {
	readonly sandbox: GraphSandbox;
	readonly graph: GraphClient;
	readonly clock: Clock;
	/** As n8n keeps it; Ana's. */
	readonly credential: ICredentialDataDecryptedObject;
	/** What Ana's client has asked since the last `forget`. */
	requests(): string[];
	forget(): void;
	/** Asks Graph as a person would; not among the requests. @throws {Error} for a refusal */
	as<T = { readonly id: string }>(
		person: string,
		method: string,
		path: string,
		body?: unknown,
	): Promise<T>;
	/** Graph forgets all delta links. */
	expireDeltas(): Promise<void>;
	reset(): void;
	stop(): Promise<void>;
}

export async function startSourceSandbox(cloud: SandboxCloud = 'global'): Promise<SourceSandbox> {
	const clock = createClock();
	const sandbox = await startGraph({
		cloud,
		clock,
		directory: sandboxDirectory,
		verifyToken: verifyTestToken,
	});
	// The tokens outlive every advance of the clock.
	const tokenOf = (upn: string) =>
		createTestToken({ upn, scopes, clock, expiresInSeconds: 10 ** 9 });
	const tokens: TokenProvider = {
		kind: 'delegated',
		getToken: () => Promise.resolve(tokenOf(ana)),
		renew: () => Promise.reject(new Error('The token was refused')),
	};
	const graph = createGraphClient({
		cloud: { ...cloudAt(sandbox.url), metadata: clouds[cloud].metadata },
		tokens,
		throttle: createThrottleRegistry(),
		throttleScope: 'tenant/app',
	});
	let hidden = new Set<unknown>();
	return {
		sandbox,
		graph,
		clock,
		credential: {
			environment: 'custom',
			customGraphUrl: sandbox.url,
			customLoginUrl: 'http://127.0.0.1:9',
			tenantId: sandboxDirectory.tenantId,
			clientId: sandboxDirectory.apps[0]?.clientId ?? '',
			clientSecret: sandboxDirectory.apps[0]?.clientSecret ?? '',
			oauthTokenData: { access_token: tokenOf(ana) },
		},
		requests: () =>
			sandbox
				.recorded()
				.filter((request) => !hidden.has(request))
				.map(({ method, url }) => `${method} ${decodeURIComponent(url)}`),
		forget: () => {
			hidden = new Set(sandbox.recorded());
		},
		as: async <T>(person: string, method: string, path: string, body?: unknown) => {
			const before = sandbox.recorded().length;
			const response = await fetch(`${sandbox.url}/v1.0${path}`, {
				method,
				headers: {
					authorization: `Bearer ${tokenOf(person)}`,
					...(body !== undefined && { 'content-type': 'application/json' }),
				},
				...(body !== undefined && { body: JSON.stringify(body) }),
			});
			for (const request of sandbox.recorded().slice(before)) hidden.add(request);
			const text = await response.text();
			if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
			return (text === '' ? {} : JSON.parse(text)) as T;
		},
		expireDeltas: async () => {
			const response = await fetch(`${sandbox.url}/__sandbox__/delta`, {
				method: 'POST',
				body: JSON.stringify({ expire: true }),
			});
			if (!response.ok) throw new Error(await response.text());
		},
		reset: () => {
			sandbox.state.reset();
			hidden = new Set();
		},
		stop: async () => await sandbox.close(),
	};
}

/** A source as the engine uses it: each look goes on from the one before, stored as JSON. */
export class Watcher<Cursor> {
	cursor: Cursor | undefined;

	constructor(
		readonly graph: GraphClient,
		readonly source: Source<Cursor>,
	) {}

	async start(): Promise<this> {
		this.cursor = stored(await this.source.start(this.graph));
		return this;
	}

	async look(): Promise<Change[]> {
		if (this.cursor === undefined) throw new Error('Start it first');
		const changes: Change[] = [];
		for await (const look of this.source.look(this.graph, this.cursor)) {
			changes.push(...look.changes);
			this.cursor = stored(look.cursor);
		}
		for (const { id, at } of changes) {
			if (id === '' || Number.isNaN(Date.parse(at))) throw new Error(`No change: ${id} at ${at}`);
		}
		return changes;
	}
}

const stored = <T>(cursor: T): T => JSON.parse(JSON.stringify(cursor)) as T;
