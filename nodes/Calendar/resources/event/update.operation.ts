import type { Event } from '@microsoft/microsoft-graph-types';
import type { IDataObject } from 'n8n-workflow';
import type { GraphRequest } from '../../../../core/graph/types';
import { ParameterError, type ParamsOf } from '../../../kit/field';
import {
	type ExecuteInput,
	type OperationInput,
	type OutputItem,
	defineOperation,
} from '../../../kit/operation';
import { changesTimes, currentTimes, eventChanges, timesAreComplete } from '../../changes';
import { changesField } from '../../fields/content';
import { scopeField } from '../../fields/event';
import { zoneOptions } from '../../fields/output';
import { simplifyField } from '../../../kit/fields/output';
import { eventZoneField } from '../../fields/time';
import { onEvent } from '../../fields/where';
import { outputZoneOf, preferZone } from '../../outputZone';
import { readSeries } from '../../series';
import { changeFollowing, wholeSeriesChanges } from '../../seriesChange';
import { shapeEvent } from '../../simplify';

const properties = [
	...onEvent,
	scopeField,
	eventZoneField,
	changesField,
	simplifyField,
	zoneOptions,
] as const;

type Params = ParamsOf<typeof properties>;

export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update an event',
	description: 'Change an event, one occurrence of a series, that and the following, or all',
	permissions: { delegated: 'Calendars.ReadWrite', application: 'Calendars.ReadWrite' },
	batchable: true,
	properties,
	request: (input): GraphRequest | undefined => {
		const { changes, scope, timeZone } = input.params;
		if (Object.keys(changes).length === 0) {
			throw new ParameterError('Changes', 'is empty', 'Add at least one change.');
		}
		const needsSeries =
			scope.scope === 'following' || (scope.scope === 'all' && changesTimes(changes));
		if (needsSeries || !timesAreComplete(changes)) return undefined;
		return patch(input, eventChanges(changes, timeZone));
	},
	shape,
	execute: async (input) => {
		const { graph, params, itemKey, note } = input;
		const { calendar, changes, scope, timeZone: zone } = params;
		const series =
			scope.scope === 'one' ? undefined : await readSeries(graph, calendar.events, scope.named);
		if (!series) {
			const current = await graph.request<Event>({
				method: 'GET',
				path: scope.named,
				query: { $select: 'start,end,isAllDay' },
			});
			return await send(input, eventChanges(changes, zone, currentTimes(current)));
		}
		const entered = { changes, zone };
		if (scope.scope === 'all') return await send(input, wholeSeriesChanges(series, entered));
		if (series.master.hasAttachments) {
			note('The attachments of the series were not copied to the new one.');
		}
		const changed = await changeFollowing(series, entered, {
			graph,
			events: calendar.events,
			itemKey: itemKey(),
			headers: preferZone(outputZoneOf(input)),
		});
		return [{ json: shape(changed, input) }];
	},
});

function patch(input: OperationInput<Params>, body: Event): GraphRequest {
	const headers = preferZone(outputZoneOf(input));
	return { method: 'PATCH', path: input.params.scope.path, headers, body };
}

async function send(input: ExecuteInput<Params>, body: Event): Promise<OutputItem[]> {
	return [{ json: shape(await input.graph.request(patch(input, body)), input) }];
}

function shape(body: unknown, input: OperationInput<Params>): IDataObject {
	return shapeEvent(body, input.params.simplify, outputZoneOf(input));
}
