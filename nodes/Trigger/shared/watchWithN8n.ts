import type { IDataObject, ITriggerFunctions } from 'n8n-workflow';
import type { TokenProvider } from '../../../core/auth/TokenProvider';
import type { Change, Source, TriggerState } from '../../../core/changes/types';
import { createWatch, type Watch } from '../../../core/changes/watch';
import { connect } from '../../kit/connect';
import { toNodeError } from '../../kit/errors';
import type { EventInput, TriggerEvent } from '../event';
import { createAfterwards } from './afterwards';
import { chosenEvent, readEventInput } from './eventInput';
import { createHandOver } from './handOver';
import { lastingClient } from './lastingClient';
import { createOutage } from './outage';
import { scopeOf, stateStore, type StateStore } from './stateStore';
import { readTriggerOptions, type TriggerOptions } from './triggerOptions';

/** A look may be in the middle of a long wait for Graph; n8n is not to wait with it. */
const patienceAtStopMs = 3_000;

/** An active trigger on Microsoft Graph. */
export interface Watching {
	readonly event: TriggerEvent;
	readonly input: EventInput<unknown>;
	readonly identity: TokenProvider['kind'];
	/** Finds and hands over what is new. Never throws: it logs, and tells the user of an outage. */
	look(): Promise<void>;
	/** For n8n's `closeFunction`. */
	stop(): Promise<void>;
}

/**
 * Begins to watch what the node's parameters say, going on where it stopped before.
 * @throws {NodeApiError | NodeOperationError} that n8n shows as the reason why it can't activate
 */
export async function watchWithN8n(
	context: ITriggerFunctions,
	events: readonly TriggerEvent[],
): Promise<Watching> {
	const event = chosenEvent(context, events);
	const failure = (error: unknown, identity?: TokenProvider['kind']) =>
		toNodeError(error, {
			node: context.getNode(),
			operation: event,
			...(identity && { identity }),
		});
	try {
		const { identity } = await connect(context);
		const client = await lastingClient(async () => (await connect(context)).graph);
		const input = await readEventInput(context, event, { graph: client.graph, identity });
		const sources = await event.sources(input as never);
		const { watch, stop } = watchSources(context, event, input, sources);
		await watch.start();
		const outage = createOutage();
		let isStopped = false;
		return {
			event,
			input,
			identity,
			look: async () => {
				try {
					await client.renew();
					await watch.look();
					if (outage.succeeded()) context.logger.info(`${nameOf(context)} works again`);
				} catch (error) {
					if (isStopped) return;
					const nodeError = failure(error, identity);
					context.logger.warn(`${nameOf(context)} could not look for news: ${nodeError.message}`);
					if (outage.failed(error)) tellUser(context, nodeError);
				}
			},
			stop: async () => {
				isStopped = true;
				await stop();
			},
		};
	} catch (error) {
		throw failure(error);
	}
}

interface WatchedSources {
	readonly watch: Watch;
	readonly stop: () => Promise<void>;
}

function watchSources(
	context: ITriggerFunctions,
	event: TriggerEvent,
	input: EventInput<unknown>,
	sources: readonly Source[],
): WatchedSources {
	const options = readTriggerOptions(context);
	const store = stateStore<TriggerState>(context);
	const handOver = createHandOver(context);
	const afterwards = createAfterwards(event, input, context.logger);
	const { matches } = event;
	let inherited = 0;
	let isStopped = false;
	const watch = createWatch<IDataObject>({
		graph: input.graph,
		scope: scopeOf(context),
		sources,
		state: stateToGoOnWith(context, store, options),
		isOwnState: store.isOwn(),
		runs: options.runs,
		matches: matches && ((change) => matches(change, input as never)),
		details: async (changes) => await detailsOf(event, input, changes),
		handOver: async ({ key, items, restarts }, confirmed) => {
			const run = {
				key,
				items: items.map(({ key: itemKey, change, detail }) => ({
					key: itemKey,
					id: change.id,
					data: { json: detail },
				})),
				restarts,
			};
			const changes = items.map(({ change }) => change);
			if (restarts > 0) inherited++;
			await handOver.give(run, () => {
				afterwards.add(changes, () => {
					confirmed();
					// Or else the next restart would hand them over once more.
					if (restarts > 0 && --inherited === 0) handOver.store(run);
				});
			});
		},
		persist: (state) => {
			if (!isStopped) store.write(state);
		},
	});
	return {
		watch,
		stop: async () => {
			handOver.stop();
			const stopped = watch.stop();
			isStopped = true;
			let timer: NodeJS.Timeout | undefined;
			const patience = new Promise<void>((resolve) => {
				timer = setTimeout(resolve, patienceAtStopMs);
			});
			await Promise.race([stopped, patience]);
			clearTimeout(timer);
		},
	};
}

function stateToGoOnWith(
	context: ITriggerFunctions,
	store: StateStore<TriggerState>,
	{ afterPause }: TriggerOptions,
): TriggerState | undefined {
	const state = store.read();
	// Only where the user has switched the workflow on; n8n itself also stops and starts triggers.
	if (state && afterPause === 'fresh' && context.getActivationMode() === 'activate') {
		return { ...state, cursors: {}, intents: [] };
	}
	return state;
}

export async function detailsOf(
	event: TriggerEvent,
	input: EventInput<unknown>,
	changes: readonly Change[],
): Promise<ReadonlyArray<IDataObject | undefined>> {
	if (event.details) return await event.details(changes, input as never);
	return changes.map(({ item }) => ({ ...item }) as IDataObject);
}

export const nameOf = (context: ITriggerFunctions): string =>
	`Trigger "${context.getNode().name}" of workflow ${context.getWorkflow().id ?? ''}`;

/** A failed execution, by which n8n also starts the error workflow; the trigger goes on. */
export function tellUser(
	context: ITriggerFunctions,
	error: Parameters<ITriggerFunctions['saveFailedExecution']>[0],
): void {
	// Older versions of n8n lack it.
	if (typeof context.saveFailedExecution === 'function') context.saveFailedExecution(error);
}
