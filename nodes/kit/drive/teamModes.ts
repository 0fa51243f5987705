import type { Group } from '@microsoft/microsoft-graph-types';
import { textLiteral } from '../../../core/graph/literal';
import { path } from '../../../core/graph/path';
import { readTeamsLink } from '../../../core/sharepoint/teamsLink';
import { Lookup, ParameterError } from '../field';
import type { LocatorMode } from '../pickers/locator';
import { oncePerClient } from '../pickers/oncePerClient';

interface Modes {
	readonly modes: readonly LocatorMode[];
	readonly modeOf: (value: string) => string;
}

const listMode = (searchListMethod: string): LocatorMode => ({
	name: 'list',
	form: {
		displayName: 'From List',
		type: 'list',
		typeOptions: { searchListMethod, searchable: true },
	},
	read: (value) => value,
});

const idMode = (placeholder: string): LocatorMode => ({
	name: 'id',
	form: { displayName: 'By ID', type: 'string', placeholder },
	read: (value) => value,
});

const linkMode = (what: 'team' | 'channel'): LocatorMode => ({
	name: 'url',
	form: {
		displayName: 'By Teams Link',
		type: 'string',
		placeholder: 'e.g. https://teams.microsoft.com/l/channel/19%3A…',
		hint: `In Teams: … beside the ${what} > Get link to ${what}`,
	},
	read: (value) => {
		const { teamId, channelId } = readTeamsLink(value);
		const id = what === 'team' ? teamId : channelId;
		if (id !== undefined) return id;
		throw new ParameterError(
			what === 'team' ? 'Team' : 'Channel',
			`the link names no ${what}`,
			`In Teams, choose … beside the ${what}, then Get link to ${what}.`,
		);
	},
});

export const teamModes = (searchListMethod: string): Modes => ({
	modeOf: (value) => (/^https?:/i.test(value) ? 'url' : 'id'),
	modes: [
		listMode(searchListMethod),
		linkMode('team'),
		idMode('e.g. 02bd9fd6-8f93-4758-87c3-1fb73740a315'),
	],
});

export const channelModes = (searchListMethod: string): Modes => ({
	modeOf: (value) => (/^https?:/i.test(value) ? 'url' : 'id'),
	modes: [
		listMode(searchListMethod),
		linkMode('channel'),
		idMode('e.g. 19:4a95f7d8db4c4e7fae857bcebe0623e6@thread.tacv2'),
	],
});

export const groupModes = (searchListMethod: string): Modes => ({
	modeOf: (value) => (value.includes('@') ? 'email' : 'id'),
	modes: [
		listMode(searchListMethod),
		{
			name: 'email',
			form: {
				displayName: 'By Email Address',
				type: 'string',
				placeholder: 'e.g. sales@contoso.com',
			},
			read: (value) => groupByAddress(value),
		},
		idMode('e.g. 02bd9fd6-8f93-4758-87c3-1fb73740a315'),
	],
});

export const driveModes = (searchListMethod: string): Modes => ({
	modeOf: () => 'id',
	modes: [
		listMode(searchListMethod),
		idMode('e.g. b!-RIj2DuyvEyV1T4NlOaMHk8XkS_I8MdFlUCq1BlcjgmhRfAj'),
	],
});

function groupByAddress(address: string): Lookup<string> {
	return new Lookup(
		async (graph) =>
			await oncePerClient(graph, `group ${address}`, async () => {
				const { value } = await graph.request<{ value: Group[] }>({
					method: 'GET',
					path: path`/groups`,
					query: { $filter: `mail eq ${textLiteral(address)}`, $select: 'id' },
				});
				const id = value[0]?.id;
				if (id) return id;
				throw new ParameterError(
					'Group',
					`there is no group with the address ${address}`,
					'Check the address, or choose the group from the list.',
				);
			}),
	);
}
