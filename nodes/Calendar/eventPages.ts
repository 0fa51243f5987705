import type { Event } from '@microsoft/microsoft-graph-types';
import type { Zone } from '../../core/calendar/zone';
import type { GraphPath } from '../../core/graph/path';
import type { GraphQuery } from '../../core/graph/types';
import type { ExecuteInput, OutputItem } from '../kit/operation';
import { outputZoneOf, preferZone } from './outputZone';
import { eventSelect, shapeEvent } from './simplify';

/** The most that Graph gives of events: https://learn.microsoft.com/graph/api/user-list-calendarview */
const pageSize = 1000;

interface ListParams {
	readonly limit: number | undefined;
	readonly simplify: boolean;
	readonly options: {
		readonly body?: 'html' | 'text' | 'none';
		readonly outputTimeZone?: Zone;
	};
}

/** Events page by page, in the zone and shape that the parameters ask for. */
export async function* eventPages(
	input: ExecuteInput<ListParams>,
	collection: GraphPath,
	query: GraphQuery,
): AsyncGenerator<OutputItem[], void, void> {
	const { graph, params } = input;
	const { limit, simplify, options } = params;
	const zone = outputZoneOf(input);
	const { body = simplify ? 'none' : 'html' } = options;
	const pages = graph.pages<Event>(
		{
			method: 'GET',
			path: collection,
			query: { ...query, $select: simplify ? eventSelect(body !== 'none') : undefined },
			headers: preferZone(zone, body),
		},
		{ pageSize, ...(limit !== undefined && { limit }) },
	);
	for await (const page of pages) {
		yield page.map((event) => ({ json: shapeEvent(event, simplify, zone) }));
	}
}
