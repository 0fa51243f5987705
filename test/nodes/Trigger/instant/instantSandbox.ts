import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';
import { sandboxDirectory } from '../../../../sandbox/directory';
import { startGraph } from '../../../../sandbox/graph/startGraph';
import { createTestToken, verifyTestToken } from '../../../../sandbox/graph/testTokens';
import { createSteppedClock } from '../../../support/steppedClock';
import { until as untilSoon } from '../../../support/until';
import { type FakeN8n, type FakeN8nOptions, startFakeN8n } from './fakeN8n';

export const ana = 'ana@contoso.example';
const second = 1_000;

/** Several processes and servers of a test share a machine with other tests. */
export async function until(isMet: () => boolean | Promise<boolean>): Promise<void> {
	await untilSoon(isMet, { patienceMs: 15_000 });
}

/** A Graph of its own, and an n8n whose instant trigger watches Ana's Inbox. */
export async function startInstantSandbox(
	parameters: INodeParameters = {},
	options: Partial<Pick<FakeN8nOptions, 'run'>> & { readonly scopes?: string } = {},
) {
	const startedAt = Date.now();
	const clock = createSteppedClock(() => false, startedAt);
	const graph = await startGraph({
		cloud: 'global',
		// Runs by itself, as sources look at the machine's, and goes ahead with the test's.
		clock: { now: () => Date.now() + clock.now() - startedAt, advance: () => undefined },
		directory: sandboxDirectory,
		verifyToken: verifyTestToken,
	});
	const [app] = sandboxDirectory.apps;
	const credential: ICredentialDataDecryptedObject = {
		environment: 'custom',
		customGraphUrl: graph.url,
		customLoginUrl: 'http://127.0.0.1:9',
		tenantId: sandboxDirectory.tenantId,
		clientId: app?.clientId ?? '',
		clientSecret: app?.clientSecret ?? '',
		oauthTokenData: {
			access_token: createTestToken({
				upn: ana,
				scopes: options.scopes ?? 'Mail.ReadWrite',
				expiresInSeconds: 30 * 24 * 3_600,
			}),
		},
	};
	const all: INodeParameters = { event: 'messageReceived', ...parameters };
	const n8n: FakeN8n = await startFakeN8n({
		credential,
		parameters: all,
		clock,
		...(options.run && { run: options.run }),
	});
	const { subscriptions } = graph.state;
	return {
		graph,
		clock,
		n8n,
		notifier: subscriptions.notifier,
		live: () => subscriptions.live,
		/** Before the activation: parameters that name what the sandbox has. */
		use: (more: INodeParameters) => Object.assign(all, more),
		/** Also the looks that come a little after an activation or a notification. */
		settle: async () => {
			await clock.advance(second);
			await subscriptions.notifier.settle();
		},
		deliver: (...subjects: readonly string[]) => {
			for (const subject of subjects) {
				graph.state.deliver({ to: ana, from: 'ben@contoso.example', subject });
			}
		},
		subjects: () =>
			n8n.runs.map(({ items }) => items.map(({ json }) => json['subject'] as string).join()),
		requests: () => graph.recorded().map(({ method, url }) => `${method} ${url}`),
		close: async () => {
			await n8n.close();
			await graph.close();
		},
	};
}

export type InstantSandbox = Awaited<ReturnType<typeof startInstantSandbox>>;
