import type { IExecuteFunctions, ITriggerFunctions } from 'n8n-workflow';
import { assertAvailable } from '../../../core/availability';
import { Lookup } from '../../kit/field';
import { asText } from '../../kit/fields/rawValues';
import type { Connected } from '../../kit/connect';
import type { EventInput, TriggerEvent } from '../event';

type Context = IExecuteFunctions | ITriggerFunctions;

/** @throws {RangeError} for an event that the dropdown doesn't offer, as a hand-edited workflow may name */
export function chosenEvent(context: Context, events: readonly TriggerEvent[]): TriggerEvent {
	const value = asText(parameter(context, 'event', ''), 'Event');
	const event = events.find((candidate) => candidate.value === value);
	if (event) return event;
	throw new RangeError(`This node has no event "${value}"`);
}

/** Reads and checks the event's parameters, asking Graph where a value needs it. */
export async function readEventInput(
	context: Context,
	event: TriggerEvent,
	{ graph, identity }: Pick<Connected, 'graph' | 'identity'>,
): Promise<EventInput<unknown>> {
	if (event.needs !== undefined) assertAvailable(event.needs, graph.cloud);
	const timezone = context.getTimezone();
	const params: Record<string, unknown> = {};
	for (const field of event.properties) {
		const raw = parameter(context, field.name, field.property.default);
		const value = field.read(raw, { timezone, identity, params });
		params[field.name] = value instanceof Lookup ? await value.find(graph) : value;
	}
	return {
		params,
		graph,
		cloud: graph.cloud,
		identity,
		timezone,
		log: (text) => {
			context.logger.info(text);
		},
	};
}

/** n8n leaves hidden parameters out; the fallback is their default. */
function parameter(context: Context, name: string, fallback: unknown): unknown {
	return 'getInputData' in context
		? context.getNodeParameter(name, 0, fallback)
		: context.getNodeParameter(name, fallback);
}
