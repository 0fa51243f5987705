import type { Calendar, Group } from '@microsoft/microsoft-graph-types';
import type { TokenProvider } from '../../core/auth/TokenProvider';
import { type GraphPath, path } from '../../core/graph/path';
import type { GraphClient } from '../../core/graph/types';
import { ParameterError } from '../kit/field';

export interface GroupCalendar {
	readonly calendar: Calendar;
	readonly group: { readonly id: string; readonly name: string };
}

/** The calendars of the Microsoft 365 groups that a person is in. */
export async function groupCalendars(
	graph: GraphClient,
	person: GraphPath,
	identity: TokenProvider['kind'],
): Promise<GroupCalendar[]> {
	if (identity === 'application') {
		throw new ParameterError(
			'Which Calendars',
			'Microsoft opens the calendars of groups to signed-in people only',
			'Choose "A Person (OAuth2)" under Connect As.',
		);
	}
	const groups: Array<{ id: string; name: string }> = [];
	const pages = graph.pages<Group>(
		{
			method: 'GET',
			path: path`${person}/memberOf/microsoft.graph.group`,
			// A cast needs both: learn.microsoft.com/graph/aad-advanced-queries
			headers: { ConsistencyLevel: 'eventual' },
			query: { $select: 'id,displayName,groupTypes', $count: true },
		},
		{ pageSize: 100 },
	);
	for await (const page of pages) {
		for (const { id, displayName, groupTypes } of page) {
			// Only Microsoft 365 groups have a calendar; security groups and lists have none.
			if (id && groupTypes?.includes('Unified')) groups.push({ id, name: displayName ?? '' });
		}
	}
	const outcomes = await graph.batch<Calendar>(
		groups.map(({ id }) => ({ method: 'GET', path: path`/groups/${id}/calendar` })),
	);
	return groups.flatMap((group, index) => {
		const outcome = outcomes[index];
		if (outcome?.ok === false) throw outcome.error;
		return outcome ? [{ calendar: outcome.body, group }] : [];
	});
}
