import {
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	NodeOperationError,
} from 'n8n-workflow';
import type { Change } from '../../../core/changes/types';
import { binaryAccess } from '../../kit/binary';
import { connect } from '../../kit/connect';
import { toNodeError } from '../../kit/errors';
import type { OutputItem } from '../../kit/operation';
import type { EventInput, EventResource, TriggerEvent } from '../event';
import { acceptRun } from './acceptRun';
import { chosenEvent, readEventInput } from './eventInput';
import { detailsOf } from './watchWithN8n';

/** Of what a test run can show. */
const examples: Readonly<Record<EventResource, string>> = {
	calendar: 'an appointment in the calendar',
	files: 'a file in the folder',
	mail: 'by a mail to the mailbox',
	sharePoint: 'an item in the list',
};

/** How many of the newest items a test run looks at for one that the filters let through. */
const testCandidates = 50;

/**
 * The trigger node's part in each run: the items that were handed over, completed by what belongs
 * into the run. Started by hand, it takes the newest real item in the same way.
 */
export async function runTrigger(
	context: IExecuteFunctions,
	events: readonly TriggerEvent[],
): Promise<INodeExecutionData[][]> {
	const event = chosenEvent(context, events);
	const isTest = context.getMode() === 'manual';
	const accepted = isTest ? [] : await acceptRun(context);
	if (!isTest && (accepted.length === 0 || !event.complete)) {
		return [accepted.map(({ data }) => data)];
	}
	try {
		const input = await readEventInput(context, event, await connect(context));
		if (isTest) return [[await newestItem(context, event, input)]];
		const items: INodeExecutionData[] = [];
		for (const { id, data } of accepted) {
			items.push({ ...data, ...(await completed(context, event, input, id, data.json)) });
		}
		return [items];
	} catch (error) {
		throw toNodeError(error, { node: context.getNode(), operation: event });
	}
}

async function completed(
	context: IExecuteFunctions,
	event: TriggerEvent,
	input: EventInput<unknown>,
	id: string,
	json: IDataObject,
): Promise<OutputItem> {
	if (!event.complete) return { json };
	const binary = binaryAccess(context, 0);
	return await event.complete(json, { ...input, binary, id } as never);
}

async function newestItem(
	context: IExecuteFunctions,
	event: TriggerEvent,
	input: EventInput<unknown>,
): Promise<INodeExecutionData> {
	const found: Change[] = [];
	for (const source of await event.sources(input as never)) {
		found.push(...(await source.newest(input.graph, testCandidates)));
	}
	const candidates = found
		.filter((change) => event.matches?.(change, input as never) ?? true)
		.sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
		.slice(0, testCandidates);
	// The newest mostly is the one; the others are asked for together.
	const chunks = [
		candidates.slice(0, 1),
		candidates.slice(1, 20),
		candidates.slice(20, 40),
		candidates.slice(40),
	];
	for (const chunk of chunks) {
		if (chunk.length === 0) continue;
		const details = await detailsOf(event, input, chunk);
		for (const [place, change] of chunk.entries()) {
			const json = details[place];
			if (json === undefined) continue;
			const item = await completed(context, event, input, change.id, json);
			return { json: item.json, ...(item.binary && { binary: item.binary }) };
		}
	}
	throw new NodeOperationError(
		context.getNode(),
		'There is nothing yet that would start this trigger',
		{
			description:
				found.length === 0
					? `A test takes the newest item that is there already. Make one, e.g. ${examples[event.resource]}, and try again.`
					: `None of the newest ${found.length} items matches the filters. Make one that does, or change the filters.`,
		},
	);
}
