import type { TokenProvider } from '../../core/auth/TokenProvider';
import type { CloudProfile } from '../../core/clouds';
import { createGraphClient, type GraphClientOptions } from '../../core/graph/createGraphClient';
import type { GraphClient } from '../../core/graph/types';
import { createThrottleRegistry } from '../../core/http/throttle';
import { createFakeClock, type FakeClock } from './fakeClock';

export interface FakeTokens extends TokenProvider {
	/** The refused tokens that a renewal was asked for. */
	readonly refused: string[];
}

/** `token-1`, and a number higher after each renewal. */
export function createFakeTokens(): FakeTokens {
	let number = 1;
	const refused: string[] = [];
	return {
		kind: 'delegated',
		refused,
		getToken: () => Promise.resolve(`token-${number}`),
		renew: (refusedToken) => {
			refused.push(refusedToken);
			if (refusedToken === `token-${number}`) number++;
			return Promise.resolve(`token-${number}`);
		},
	};
}

export function cloudAt(graphOrigin: string): CloudProfile {
	return {
		name: 'custom',
		label: 'Test',
		loginOrigin: 'https://login.invalid',
		graphOrigin,
		outlookResource: 'https://outlook.invalid',
		outlookAppResource: 'https://outlook.invalid',
		imap: { host: 'imap.invalid', port: 993, security: 'tls' },
		smtp: { host: 'smtp.invalid', port: 587, security: 'starttls' },
		metadata: 'Prod',
	};
}

export interface GraphHarness {
	readonly graph: GraphClient;
	readonly clock: FakeClock;
	readonly tokens: FakeTokens;
	readonly warnings: string[];
	readonly debugs: string[];
}

/** A client on a local server, with a clock that needn't wait and a random that is always one half. */
export function createGraphHarness(
	graphOrigin: string,
	options: Partial<GraphClientOptions> = {},
): GraphHarness {
	const clock = createFakeClock();
	const tokens = createFakeTokens();
	const warnings: string[] = [];
	const debugs: string[] = [];
	const graph = createGraphClient({
		cloud: cloudAt(graphOrigin),
		tokens,
		throttle: createThrottleRegistry(clock),
		throttleScope: 'tenant/app',
		clock,
		random: () => 0.5,
		logger: { debug: (text) => debugs.push(text), warn: (text) => warnings.push(text) },
		...options,
	});
	return { graph, clock, tokens, warnings, debugs };
}
