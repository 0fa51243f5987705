import type { Event } from '@microsoft/microsoft-graph-types';
import { textLiteral } from '../../../core/graph/literal';
import { type GraphPath, path } from '../../../core/graph/path';
import { type Field, Lookup, ParameterError, type ReadContext } from '../../kit/field';
import { choice } from '../../kit/fields/values';
import { locator } from '../../kit/pickers/locator';
import type { CalendarPaths } from './calendar';

const label = 'Event';

const byId = locator('event', {
	displayName: label,
	description: 'A single event, a series, or one occurrence of a series',
	modeOf: () => 'id',
	modes: [
		{
			name: 'list',
			form: {
				displayName: 'From List',
				type: 'list',
				placeholder: 'Search by the beginning of the subject',
				typeOptions: { searchListMethod: 'searchEvents', searchable: true },
			},
			read: (value) => value,
		},
		{
			name: 'id',
			form: { displayName: 'By ID', type: 'string', placeholder: 'e.g. {{ $json.id }}' },
			read: (value) => value,
		},
		{
			name: 'iCalUId',
			form: {
				displayName: 'By iCalendar UID',
				type: 'string',
				placeholder: 'e.g. 040000008200E00074C5B7101A82E008...',
				hint: 'What every calendar that holds the meeting knows it by; a series has one, too',
			},
			read: byICalUId,
		},
	],
});

/** An event of the calendar, as the path of it. Stands after `calendar`. */
export const eventField: Field<'event', GraphPath> = {
	name: 'event',
	property: byId.property,
	read: (raw, context) => {
		const { events } = context.params['calendar'] as CalendarPaths;
		const id = byId.read(raw, context);
		return id instanceof Lookup
			? new Lookup(async (graph) => path`${events}/${await id.find(graph)}`)
			: path`${events}/${id}`;
	},
};

function byICalUId(uid: string, { params }: ReadContext): Lookup<string> {
	const { events } = params['calendar'] as CalendarPaths;
	return new Lookup(async (graph) => {
		const { value } = await graph.request<{ value: Event[] }>({
			method: 'GET',
			path: events,
			query: { $filter: `iCalUId eq ${textLiteral(uid)}`, $select: 'id' },
		});
		const id = value[0]?.id;
		if (id) return id;
		throw new ParameterError(
			label,
			`the calendar has no event with the iCalendar UID ${uid}`,
			'Check that it is the right mailbox and calendar.',
		);
	});
}

export type Scope = 'one' | 'following' | 'all';

const one = {
	name: 'This Event',
	value: 'one',
	description: 'The event or occurrence itself; a whole series where its own ID is given',
} as const;
const following = {
	name: 'This and Following',
	value: 'following',
	description: 'The occurrence and all after it; those before stay as they are',
} as const;
const all = {
	name: 'Whole Series',
	value: 'all',
	description: 'All occurrences, also where the ID of one of them is given',
} as const;

/** What of a series an operation works on. */
export interface Target {
	readonly scope: Scope;
	/** The event that the scope means: the series itself for `all`, else the one that was named. */
	readonly path: GraphPath;
	/** The event that was named. */
	readonly named: GraphPath;
}

/** Stands after `event`. */
export const scopeField = readAsTarget(
	choice('scope', { displayName: 'Apply To', options: [following, one, all], default: 'one' }),
);

/** For what Exchange does to one occurrence or to all of them. */
export const oneOrAllField = readAsTarget(
	choice('scope', { displayName: 'Apply To', options: [one, all], default: 'one' }),
);

function readAsTarget(field: Field<'scope', Scope>): Field<'scope', Target> {
	return {
		name: field.name,
		property: field.property,
		read: (raw, context) => {
			const scope = field.read(raw, context) as Scope;
			const named = context.params['event'] as GraphPath;
			if (scope !== 'all') return { scope, path: named, named };
			const { events } = context.params['calendar'] as CalendarPaths;
			return new Lookup(async (graph) => {
				const { seriesMasterId } = await graph.request<Event>({
					method: 'GET',
					path: named,
					query: { $select: 'seriesMasterId' },
				});
				return { scope, named, path: seriesMasterId ? path`${events}/${seriesMasterId}` : named };
			});
		},
	};
}
