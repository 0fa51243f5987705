import type { Channel, Drive, Group, Site, Team } from '@microsoft/microsoft-graph-types';
import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { AccessDeniedError } from '../../../core/graph/errors';
import { textLiteral } from '../../../core/graph/literal';
import { path } from '../../../core/graph/path';
import type { GraphClient, GraphRequest } from '../../../core/graph/types';
import { connect } from '../connect';
import { toNodeError } from '../errors';
import { type Field, Lookup, ParameterError } from '../field';
import { browse } from './browse';
import { locate, type LocateContext } from './locate';
import {
	destinationFields,
	locationFields,
	type LocationRole,
	locationNames,
} from './locationFields';
import { defaultLibrary, librariesOf } from './siteModes';

const pageSize = 200;
/** A list of more is for searching in, not for scrolling through. */
const listLimit = 1_000;

type ListSearch = (this: ILoadOptionsFunctions, filter?: string) => Promise<INodeListSearchResult>;

interface PickerInput {
	readonly graph: GraphClient;
	/** What the user typed, trimmed. */
	readonly typed: string;
	readonly identity: LocateContext['identity'];
	/** The form's value of one of the location's fields, read. */
	readonly read: (...names: readonly string[]) => Promise<Readonly<Record<string, unknown>>>;
}

function picker(
	fields: readonly Field[],
	pick: (input: PickerInput) => Promise<INodeListSearchItems[]>,
): ListSearch {
	return async function (this, filter) {
		try {
			const { graph, identity } = await connect(this);
			const read: PickerInput['read'] = async (...names) => {
				const params: Record<string, unknown> = {};
				for (const { name, property, read: readField } of fields) {
					if (!names.includes(name)) continue;
					const raw = this.getCurrentNodeParameter(name) ?? property.default;
					refuseExpression(raw, property.displayName);
					const context = { timezone: this.getTimezone(), identity, params };
					const value = readField(raw, context);
					params[name] = value instanceof Lookup ? await value.find(graph) : value;
				}
				return params;
			};
			return { results: await pick({ graph, typed: filter?.trim() ?? '', identity, read }) };
		} catch (error) {
			throw toNodeError(error, { node: this.getNode() });
		}
	};
}

function refuseExpression(raw: unknown, label: string): void {
	const value = typeof raw === 'object' && raw !== null && 'value' in raw ? raw.value : raw;
	if (typeof value !== 'string' || !value.startsWith('=')) return;
	throw new ParameterError(
		label,
		'is an expression without a value yet',
		'Run the previous node first, or name what you look for by path or ID.',
	);
}

/** The list searches of a location's fields and of the items in it. */
function pickersFor(role: LocationRole, fields: readonly Field[]): Record<string, ListSearch> {
	const names = locationNames[role];
	const items = (foldersOnly: boolean) =>
		picker(fields, async ({ graph, typed, identity, read }) => {
			const params = await read(...Object.values(names), ...Object.values(locationNames.source));
			// What is below "same as above" is listed of the location above.
			const from = await locate(graph, params[names.location] === 'same' ? 'source' : role, {
				identity,
				params,
			});
			return await browse(graph, from, typed, foldersOnly);
		});
	return {
		Sites: picker(fields, listSites),
		Libraries: picker(fields, async ({ graph, typed, read }) => {
			const siteId = (await read(names.location, names.site))[names.site];
			const libraries = await librariesOf(graph, String(siteId));
			return matching(typed, [
				{ name: 'Documents (the Default Library)', value: defaultLibrary },
				...libraries.map(({ id, name, webUrl }) => entry(id, name ?? webUrl, webUrl)),
			]);
		}),
		Teams: picker(fields, listTeams),
		Channels: picker(fields, async ({ graph, typed, read }) => {
			const teamId = (await read(names.location, names.team))[names.team];
			const channels = await all<Channel>(graph, {
				method: 'GET',
				path: path`/teams/${String(teamId)}/channels`,
				query: { $select: 'id,displayName,webUrl' },
			});
			return matching(
				typed,
				channels.map(({ id, displayName, webUrl }) => entry(id, displayName, webUrl)),
			);
		}),
		Groups: picker(fields, listGroups),
		Drives: picker(fields, async ({ graph, typed, identity }) => {
			if (identity === 'application') throw appsHaveNo('drives');
			const drives = await all<Drive>(graph, { method: 'GET', path: path`/me/drives` });
			return matching(
				typed,
				drives.map(({ id, name, webUrl }) => entry(id, name, webUrl)),
			);
		}),
		Items: items(false),
		Folders: items(true),
	};
}

/** For a node's `methods.listSearch`: `searchSites`, `searchDestinationFolders` and so on. */
export const drivePickers: Record<string, ListSearch> = {
	...prefixed('search', pickersFor('source', locationFields)),
	...prefixed(
		'searchDestination',
		pickersFor('destination', [...locationFields, ...destinationFields]),
	),
};

function prefixed(prefix: string, pickers: Record<string, ListSearch>): Record<string, ListSearch> {
	return Object.fromEntries(
		Object.entries(pickers).map(([name, search]) => [`${prefix}${name}`, search]),
	);
}

async function listSites({ graph, typed }: PickerInput): Promise<INodeListSearchItems[]> {
	const query = { search: typed === '' ? '*' : typed, $select: 'id,displayName,name,webUrl' };
	try {
		const { value } = await graph.request<{ value: Site[] }>({
			method: 'GET',
			path: path`/sites`,
			query,
		});
		// Some sites have no title.
		return value.map(({ id, displayName, name, webUrl }) =>
			entry(id, displayName || name || webUrl, webUrl),
		);
	} catch (error) {
		if (!(error instanceof AccessDeniedError)) throw error;
		throw new ParameterError(
			'Site',
			'Microsoft refuses the search for sites to this connection',
			'Choose By Web Address and paste the address of the site. That also works for apps that may open selected sites only.',
		);
	}
}

async function listTeams({ graph, typed, identity }: PickerInput): Promise<INodeListSearchItems[]> {
	const teams =
		identity === 'delegated'
			? await all<Team>(graph, { method: 'GET', path: path`/me/joinedTeams` })
			: await all<Team>(graph, {
					method: 'GET',
					path: path`/teams`,
					query: { $select: 'id,displayName' },
				});
	return matching(
		typed,
		teams.map(({ id, displayName, webUrl }) => entry(id, displayName, webUrl)),
	);
}

async function listGroups({ graph, typed }: PickerInput): Promise<INodeListSearchItems[]> {
	const unified = "groupTypes/any(type:type eq 'Unified')";
	const groups = await all<Group>(graph, {
		method: 'GET',
		path: path`/groups`,
		query: {
			$filter:
				typed === '' ? unified : `${unified} and startswith(displayName,${textLiteral(typed)})`,
			$select: 'id,displayName,mail',
		},
	});
	return groups.map(({ id, displayName, mail }) =>
		entry(id, [displayName, mail].filter(Boolean).join(' — ')),
	);
}

async function all<T>(graph: GraphClient, request: GraphRequest): Promise<T[]> {
	const found: T[] = [];
	for await (const page of graph.pages<T>(request, { pageSize, limit: listLimit })) {
		found.push(...page);
	}
	return found;
}

function entry(
	id: string | null | undefined,
	name: string | null | undefined,
	url?: string | null,
): INodeListSearchItems {
	const value = id ?? '';
	return { name: name || value, value, ...(url && { url }) };
}

function matching(typed: string, entries: INodeListSearchItems[]): INodeListSearchItems[] {
	const wanted = typed.toLowerCase();
	return entries.filter(({ name }) => name.toLowerCase().includes(wanted));
}

const appsHaveNo = (what: string): ParameterError =>
	new ParameterError(
		'Drive',
		`an app has no ${what} of its own to list`,
		'Enter the ID of the drive, or choose another location.',
	);
