import type { Calendar, Group } from '@microsoft/microsoft-graph-types';
import { textLiteral } from '../../../core/graph/literal';
import { type GraphPath, path } from '../../../core/graph/path';
import type { GraphClient } from '../../../core/graph/types';
import { type Field, Lookup, ParameterError, type ReadContext } from '../../kit/field';
import { locator } from '../../kit/pickers/locator';
import { oncePerClient } from '../../kit/pickers/oncePerClient';

/** The Graph paths of one calendar. */
export interface CalendarPaths {
	/** `default`, `group:` and a group's id, or the id of the mailbox's calendar. */
	readonly key: string;
	readonly self: GraphPath;
	readonly events: GraphPath;
	readonly view: GraphPath;
}

const label = 'Calendar';
const defaultCalendar = 'default';

const byId = locator('calendar', {
	displayName: label,
	default: { mode: 'list', value: defaultCalendar, cachedResultName: 'Default Calendar' },
	description: 'A calendar of the mailbox, one that somebody shared with it, or one of a group',
	modeOf: () => 'id',
	modes: [
		{
			name: 'list',
			form: {
				displayName: 'From List',
				type: 'list',
				typeOptions: { searchListMethod: 'searchCalendars', searchable: true },
			},
			read: (value) => value,
		},
		{
			name: 'name',
			form: { displayName: 'By Name', type: 'string', placeholder: 'e.g. Holidays' },
			read: (value, { params }) => calendarByName(value, params['mailbox'] as GraphPath),
		},
		{
			name: 'group',
			form: {
				displayName: 'By Group',
				type: 'string',
				placeholder: 'e.g. sales@contoso.com',
				hint: 'The address or ID of a Microsoft 365 group, for its calendar',
			},
			read: groupCalendar,
		},
		{
			name: 'id',
			form: {
				displayName: 'By ID',
				type: 'string',
				placeholder: 'e.g. AAMkAGI2TGuLAAA= or default',
			},
			read: (value) => value,
		},
	],
});

/** Whose calendar and which, item by item. Stands after `mailbox`. */
export const calendarField: Field<'calendar', CalendarPaths> = {
	name: 'calendar',
	property: byId.property,
	read: (raw, context) => {
		const id = byId.read(raw, context);
		const mailbox = context.params['mailbox'] as GraphPath;
		if (id instanceof Lookup) {
			return new Lookup(async (graph) => pathsOf(mailbox, await id.find(graph)));
		}
		return pathsOf(mailbox, id);
	},
};

const groupPrefix = 'group:';

/** @param key as in `CalendarPaths` */
export function pathsOf(mailbox: GraphPath, key: string): CalendarPaths {
	if (key.startsWith(groupPrefix)) {
		return defaultPaths(path`/groups/${key.slice(groupPrefix.length)}`, key);
	}
	if (key === defaultCalendar) return defaultPaths(mailbox, key);
	const self = path`${mailbox}/calendars/${key}`;
	return { key, self, events: path`${self}/events`, view: path`${self}/calendarView` };
}

const defaultPaths = (owner: GraphPath, key: string): CalendarPaths => ({
	key,
	self: path`${owner}/calendar`,
	events: path`${owner}/events`,
	view: path`${owner}/calendarView`,
});

function calendarByName(name: string, mailbox: GraphPath): Lookup<string> {
	return new Lookup(async (graph) => {
		const calendars = await listCalendars(graph, mailbox);
		const found = calendars.find((each) => sameText(each.name, name))?.id;
		if (found) return found;
		throw new ParameterError(
			label,
			`the mailbox has no calendar "${name}"`,
			`It has: ${calendars.map((each) => each.name).join(', ')}.`,
		);
	});
}

/** All calendars that the mailbox shows, once a run. */
async function listCalendars(graph: GraphClient, mailbox: GraphPath): Promise<Calendar[]> {
	return await oncePerClient(graph, `calendars ${String(mailbox)}`, async () => {
		const calendars: Calendar[] = [];
		const pages = graph.pages<Calendar>(
			{ method: 'GET', path: path`${mailbox}/calendars`, query: { $select: 'id,name' } },
			{ pageSize: 100 },
		);
		for await (const page of pages) calendars.push(...page);
		return calendars;
	});
}

function groupCalendar(value: string, { identity }: ReadContext): string | Lookup<string> {
	if (identity === 'application') {
		throw new ParameterError(
			label,
			'Microsoft opens the calendars of groups to signed-in people only',
			'Choose "A Person (OAuth2)" under Connect As, with somebody who is in the group.',
		);
	}
	if (!value.includes('@')) return groupPrefix + value;
	return new Lookup(
		async (graph) =>
			groupPrefix +
			(await oncePerClient(graph, `group ${value}`, async () => await groupByMail(graph, value))),
	);
}

async function groupByMail(graph: GraphClient, mail: string): Promise<string> {
	const { value } = await graph.request<{ value: Group[] }>({
		method: 'GET',
		path: path`/groups`,
		query: { $filter: `mail eq ${textLiteral(mail)}`, $select: 'id' },
	});
	const id = value[0]?.id;
	if (id) return id;
	throw new ParameterError(label, `there is no group with the address ${mail}`);
}

const sameText = (left: string | null | undefined, right: string): boolean =>
	left?.toLowerCase() === right.toLowerCase();
