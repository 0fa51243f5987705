import type { N8nRest, SavedCredential } from '../../../sandbox/n8n/rest';
import { until } from '../../support/until';
import { finished, runsOf } from './n8n';
import { control } from './sandbox';

export const triggerName = 'Trigger';

export const e2ePatience = { patienceMs: 30_000, pauseMs: 100 };

export interface LiveSubscription {
	readonly id: string;
	readonly resource: string;
	readonly notificationUrl: string;
	readonly lifecycleNotificationUrl: string;
	readonly expirationDateTime: string;
}

export interface SentNotification {
	readonly kind: 'validation' | 'change' | 'lifecycle' | 'forged';
	readonly url: string;
	readonly status: number | string;
	/** How long the answer took. */
	readonly ms: number;
}

interface Notifications {
	readonly subscriptions: readonly LiveSubscription[];
	readonly sent: readonly SentNotification[];
}

/** What Graph knows of an n8n's subscriptions, and what it has sent there. */
export async function notifications({ url }: Pick<N8nRest, 'url'>): Promise<Notifications> {
	const { subscriptions, sent } = (await control('graph', 'GET', 'notifications')) as Notifications;
	return {
		subscriptions: subscriptions.filter(({ notificationUrl }) => notificationUrl.startsWith(url)),
		sent: sent.filter((request) => request.url.startsWith(url)),
	};
}

const nothing = { type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };

/**
 * Saves a workflow that starts with the instant trigger on a mailbox.
 * @param end the node after it; default: one that does nothing
 */
export async function instantWorkflow(
	rest: N8nRest,
	credential: SavedCredential,
	mailbox: string,
	parameters: object = {},
	end: {
		readonly type: string;
		readonly typeVersion: number;
		readonly parameters: object;
	} = nothing,
): Promise<{ id: string; versionId: string }> {
	return await rest.call<{ id: string; versionId: string }>('POST', '/workflows', {
		name: `Instant ${mailbox}`,
		nodes: [
			{
				id: 'trigger',
				webhookId: crypto.randomUUID(),
				name: triggerName,
				type: 'n8n-nodes-microsoft365.microsoft365InstantTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {
					authentication: 'application',
					event: 'messageReceived',
					mailbox,
					...parameters,
				},
				credentials: { microsoft365AppOnlyApi: { id: credential.id, name: credential.name } },
			},
			{ id: 'end', name: 'End', position: [220, 0], ...end },
		],
		connections: { [triggerName]: { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
		settings: {},
	});
}

/** @throws {Error} that says why a trigger could not be activated */
export async function activate(
	rest: N8nRest,
	{ id, versionId }: { readonly id: string; readonly versionId: string },
): Promise<void> {
	await rest.call('POST', `/workflows/${id}/activate`, { versionId });
	// n8n publishes in the background.
	let status: Publication | undefined;
	await until(async () => {
		status = await rest.call<Publication>('GET', `/workflows/${id}/publication-status`);
		return status.status !== 'in_progress' && status.pendingVersionId === null;
	}, activationPatience);
	if (status?.status === 'published') return;
	throw new Error(
		`${status?.status}: ${status?.triggers.map(({ errorMessage }) => errorMessage).join(', ')}`,
	);
}

interface Publication {
	readonly status: 'in_progress' | 'published' | 'partial' | 'failed' | 'not_published';
	readonly pendingVersionId: string | null;
	readonly triggers: ReadonlyArray<{ readonly errorMessage: string | null }>;
}

const activationPatience = { patienceMs: 120_000, pauseMs: 50 };

export async function deactivate(rest: N8nRest, id: string): Promise<void> {
	await rest.call('POST', `/workflows/${id}/deactivate`, {});
	await until(async () => {
		const { status } = await rest.call<Publication>('GET', `/workflows/${id}/publication-status`);
		return status === 'not_published';
	}, activationPatience);
}

export async function deliver(to: string, subject: string): Promise<void> {
	await control('graph', 'POST', 'deliver', { to, subject });
}

/**
 * The subjects that the workflow's runs began with, the oldest first, once there are so many. Runs
 * without any are those by which the trigger makes sure, after a restart, that a run was not lost.
 */
export async function subjectsOfRuns(
	rest: N8nRest,
	workflowId: string,
	count: number,
): Promise<string[]> {
	const known = new Map<string, readonly string[]>();
	const read = async () => {
		const runs = [...(await runsOf(rest, workflowId))].sort((a, b) => Number(a.id) - Number(b.id));
		for (const { id } of runs) {
			if (known.has(id)) continue;
			const execution = await finished(rest, id);
			known.set(
				id,
				execution.items(triggerName).map(({ json }) => String(json['subject'])),
			);
		}
		return runs.flatMap(({ id }) => known.get(id) ?? []);
	};
	await until(async () => (await read()).length >= count, e2ePatience);
	return await read();
}
