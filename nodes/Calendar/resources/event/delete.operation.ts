import { splitSeries } from '../../../../core/calendar/series';
import { defineOperation, item } from '../../../kit/operation';
import { scopeField } from '../../fields/event';
import { onEvent } from '../../fields/where';
import { readSeries } from '../../series';
import { endSeries } from '../../seriesChange';

export const deleteEvent = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete an event',
	description: 'Delete an event or occurrences of a series; attendees get a cancellation',
	permissions: { delegated: 'Calendars.ReadWrite', application: 'Calendars.ReadWrite' },
	batchable: true,
	properties: [...onEvent, scopeField],
	request: ({ params: { scope } }) =>
		scope.scope === 'following' ? undefined : { method: 'DELETE', path: scope.path },
	execute: async ({ graph, params: { calendar, scope } }) => {
		const series = await readSeries(graph, calendar.events, scope.named);
		const before = series && splitSeries(series.recurrence, series.date).before;
		if (series && before) await endSeries(graph, series.path, before);
		else await graph.request({ method: 'DELETE', path: series?.path ?? scope.named });
		return [item({ success: true })];
	},
});
