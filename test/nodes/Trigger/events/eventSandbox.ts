import {
	type IDataObject,
	type IExecuteFunctions,
	type INodeParameters,
	type INodeType,
	type ITriggerFunctions,
	NodeHelpers,
} from 'n8n-workflow';
import type { TriggerState } from '../../../../core/changes/types';
import { createWatch, type Watch } from '../../../../core/changes/watch';
import { events } from '../../../../nodes/Trigger/events';
import { Microsoft365Trigger } from '../../../../nodes/Trigger/Microsoft365Trigger.node';
import { readEventInput } from '../../../../nodes/Trigger/shared/eventInput';
import { detailsOf } from '../../../../nodes/Trigger/shared/watchWithN8n';
import type { SourceSandbox } from '../../../core/changes/sourceSandbox';
import { runNode, type RunResult } from '../../../support/runNode';

const node = new Microsoft365Trigger();
const timezone = 'Europe/Berlin';

export const byId = (value: string) => ({ __rl: true, mode: 'id', value });
export const byPath = (value: string) => ({ __rl: true, mode: 'path', value });

/** An event of the trigger on the engine, as the node's form describes it. */
export interface WatchedEvent {
	/** The output of the runs that a look starts, in their order. */
	look(): Promise<IDataObject[]>;
	/** As after a restart of n8n: with what was stored, and nothing else. */
	restart(): Promise<void>;
}

export async function watchEvent(
	{ graph }: Pick<SourceSandbox, 'graph'>,
	value: string,
	parameters: INodeParameters = {},
): Promise<WatchedEvent> {
	const event = events.find((each) => each.value === value);
	if (!event) throw new Error(`There is no event ${value}`);
	const { description } = node;
	const all = { authentication: 'delegated', event: value, ...parameters };
	const version = { typeVersion: 1 };
	const shown =
		NodeHelpers.getNodeParameters(description.properties, all, true, false, version, description) ??
		{};
	const context = {
		getNodeParameter: (name: string, fallback: unknown) => shown[name] ?? fallback,
		getTimezone: () => timezone,
		logger: { info: () => undefined },
	} as unknown as ITriggerFunctions;
	const input = await readEventInput(context, event, { graph, identity: 'delegated' });
	const { matches } = event;
	let stored = '';
	let runs: IDataObject[] = [];
	const begin = async (): Promise<Watch> => {
		const watch = createWatch<IDataObject>({
			graph,
			scope: 'workflow node',
			sources: await event.sources(input as never),
			state: stored === '' ? undefined : (JSON.parse(stored) as TriggerState),
			matches: matches && ((change) => matches(change, input as never)),
			details: async (changes) => await detailsOf(event, input, changes),
			handOver: async ({ items }, confirmed) => {
				runs.push(...items.map(({ detail }) => detail));
				confirmed();
				return await Promise.resolve();
			},
			persist: (state) => {
				stored = JSON.stringify(state);
			},
		});
		await watch.start();
		return watch;
	};
	let watch = await begin();
	return {
		look: async () => {
			runs = [];
			await watch.look();
			return runs;
		},
		restart: async () => {
			await watch.stop();
			watch = await begin();
		},
	};
}

/** "Fetch test event" in the editor. */
export async function testEvent(
	{ credential }: Pick<SourceSandbox, 'credential'>,
	value: string,
	parameters: INodeParameters = {},
): Promise<RunResult> {
	const started: INodeType = {
		description: node.description,
		async execute(this: IExecuteFunctions) {
			return await node.execute.call({ ...this, getMode: () => 'manual' });
		},
	};
	return await runNode({
		node: started,
		credential,
		parameters: { authentication: 'delegated', event: value, ...parameters },
		timezone,
	});
}
