import type { Event } from '@microsoft/microsoft-graph-types';
import type { INodeListSearchItems } from 'n8n-workflow';
import { toIso } from '../../../core/calendar/localTime';
import { type Zone, utc, zoneOf } from '../../../core/calendar/zone';
import { textLiteral } from '../../../core/graph/literal';
import { Lookup } from '../../kit/field';
import { mailboxPicker } from '../../kit/pickers/picker';
import { calendarField } from '../fields/calendar';
import { preferZone } from '../outputZone';

const pageSize = 50;

/** Latest first; with typed words, those whose subject begins with them. */
export const searchEvents = mailboxPicker(async (input) => {
	const { graph, mailbox, identity, typed, paginationToken, timezone, parameter } = input;
	const zone = zoneOf(timezone) ?? utc;
	const read = calendarField.read(parameter('calendar'), {
		timezone,
		identity,
		params: { mailbox },
	});
	const { events } = read instanceof Lookup ? await read.find(graph) : read;
	const skip = Number(paginationToken ?? 0);
	const { value } = await graph.request<{ value: Event[] }>({
		method: 'GET',
		path: events,
		query: {
			$select: 'id,subject,start,type,webLink',
			$top: pageSize,
			// Exchange sorts by what the filter names first.
			...(typed === ''
				? { $orderby: 'start/dateTime desc' }
				: { $filter: `startswith(subject,${textLiteral(typed)})` }),
			$skip: skip > 0 ? skip : undefined,
		},
		headers: preferZone(zone),
	});
	return {
		results: value.map((event) => entry(event, zone)),
		...(value.length === pageSize && { paginationToken: String(skip + pageSize) }),
	};
});

function entry({ id, subject, start, type, webLink }: Event, zone: Zone): INodeListSearchItems {
	const date = start?.dateTime
		? toIso({ dateTime: start.dateTime, timeZone: start.timeZone ?? 'UTC' }, zone)
				.slice(0, 16)
				.replace('T', ' ')
		: '';
	const kind = type === 'seriesMaster' ? 'series' : '';
	return {
		name: [subject || '(no subject)', date, kind].filter(Boolean).join(' — '),
		value: id ?? '',
		...(webLink && { url: webLink }),
	};
}
