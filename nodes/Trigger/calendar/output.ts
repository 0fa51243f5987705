import type { Event } from '@microsoft/microsoft-graph-types';
import type { IDataObject } from 'n8n-workflow';
import type { Change } from '../../../core/changes/types';
import { path } from '../../../core/graph/path';
import type { CalendarPaths } from '../../Calendar/fields/calendar';
import { eventOutputOptions } from '../../Calendar/fields/output';
import { outputZoneOf, preferZone } from '../../Calendar/outputZone';
import { eventSelect, shapeEvent } from '../../Calendar/simplify';
import type { ParamsOf } from '../../kit/field';
import { simplifyField } from '../../kit/fields/output';
import type { EventInput } from '../event';
import { goneOrThrow } from '../shared/goneOrThrow';

/** What the workflow gets of an event. */
export const eventOutputFields = [simplifyField, eventOutputOptions] as const;

interface OutputParams extends ParamsOf<typeof eventOutputFields> {
	readonly calendar: CalendarPaths;
}

/** Full events in a batch; those that are gone are left out. */
export async function eventDetails(
	changes: readonly Change[],
	input: EventInput<OutputParams>,
): Promise<ReadonlyArray<IDataObject | undefined>> {
	const { graph, params } = input;
	const { calendar, simplify, options } = params;
	const { body = 'text' } = options;
	const zone = outputZoneOf(input);
	const answers = await graph.batch<Event>(
		changes.map(({ id }) => ({
			method: 'GET' as const,
			path: path`${calendar.events}/${id}`,
			query: { $select: simplify ? eventSelect(body !== 'none') : undefined },
			headers: preferZone(zone, body),
		})),
	);
	return answers.map((answer) =>
		answer.ok ? shapeEvent(answer.body, simplify, zone) : goneOrThrow(answer.error),
	);
}
