import type { DirectoryObject, Group, User } from '@microsoft/microsoft-graph-types';
import type { IDataObject } from 'n8n-workflow';
import type { GraphPath } from '../../core/graph/path';
import type { GraphClient, GraphQuery } from '../../core/graph/types';
import { item, type OutputItem } from '../kit/operation';
import type { ListingParams } from './fields/listing';

/**
 * Searches, counts and most filters of the directory run on an index of its own, which has to be
 * asked for and lags a little: learn.microsoft.com/graph/aad-advanced-queries
 */
export const onIndex = { ConsistencyLevel: 'eventual' } as const;

/** The largest page of directory objects. */
const pageSize = 999;

export const userProperties =
	'id,displayName,givenName,surname,userPrincipalName,mail,jobTitle,department,companyName,officeLocation,businessPhones,mobilePhone,accountEnabled,userType';

/** What a permission for the basic profile allows; to ask for more refuses it all. */
export const basicUserProperties = 'id,displayName,givenName,surname,userPrincipalName,mail';

export const groupProperties =
	'id,displayName,description,mail,groupTypes,mailEnabled,securityEnabled,visibility,createdDateTime';

export function simplifyUser(user: User): IDataObject {
	const { id, displayName, userPrincipalName, mail, ...others } = user;
	return {
		id,
		name: displayName ?? '',
		userName: userPrincipalName ?? '',
		email: mail ?? '',
		...withoutAnnotations(others),
	};
}

export function simplifyGroup(group: Group): IDataObject {
	const { id, displayName, mail, groupTypes } = group;
	return {
		id,
		name: displayName ?? '',
		email: mail ?? '',
		description: group.description ?? '',
		kind: groupKind(group),
		isDynamic: groupTypes?.includes('DynamicMembership') ?? false,
		visibility: group.visibility ?? '',
		createdDateTime: group.createdDateTime ?? '',
	};
}

/** learn.microsoft.com/graph/api/resources/groups-overview#group-types-in-microsoft-entra-id-and-microsoft-graph */
function groupKind({ groupTypes, securityEnabled, mailEnabled }: Group): string {
	if (groupTypes?.includes('Unified')) return 'microsoft365';
	if (mailEnabled) return securityEnabled ? 'mailEnabledSecurity' : 'distribution';
	return 'security';
}

/** Members may be of several types; of those that the connection may not read, only id and type come. */
export function simplifyMember(member: DirectoryObject & { '@odata.type'?: string }): IDataObject {
	const type = member['@odata.type']?.replace('#microsoft.graph.', '') ?? 'directoryObject';
	if (type === 'group') return { type, ...simplifyGroup(member) };
	return { type, ...simplifyUser(member) };
}

export interface DirectoryListing {
	readonly path: GraphPath;
	readonly query: GraphQuery;
	readonly limit: number | undefined;
	readonly output: (entry: DirectoryObject) => object;
}

/** Pages of users, groups or both. */
export async function* directoryPages(
	graph: GraphClient,
	{ path, query, limit, output }: DirectoryListing,
): AsyncGenerator<OutputItem[], void, void> {
	const request = {
		method: 'GET',
		path,
		headers: onIndex,
		query: { ...query, $count: true },
	} as const;
	const options = { pageSize, ...(limit !== undefined && { limit }) };
	for await (const page of graph.pages<DirectoryObject>(request, options)) {
		yield page.map((entry) => item(output(entry)));
	}
}

export interface DirectoryKind {
	readonly path: GraphPath;
	readonly searchIn: readonly string[];
	/** What is asked for where the output is simplified. */
	readonly properties: string;
	readonly simplify: (entry: DirectoryObject) => IDataObject;
}

/** All of a kind, or what a search or filter finds. Properties that are named come as they are. */
export function listDirectory(
	graph: GraphClient,
	kind: DirectoryKind,
	{ search, simplify, limit, options }: ListingParams,
): AsyncGenerator<OutputItem[], void, void> {
	const { properties = [], filter } = options;
	const isSimple = simplify && properties.length === 0;
	return directoryPages(graph, {
		path: kind.path,
		query: {
			$search: searchIn(kind.searchIn, search),
			$filter: filter?.trim() || undefined,
			$select: properties.join(',') || (isSimple ? kind.properties : undefined),
		},
		limit,
		output: (entry) => (isSimple ? kind.simplify(entry) : entry),
	});
}

/** A search in several properties, e.g. `"displayName:ana" OR "mail:ana"`. */
export function searchIn(properties: readonly string[], typed: string): string | undefined {
	const words = typed.trim().replaceAll(/["\\]/g, ' ').trim();
	if (words === '') return undefined;
	return properties.map((property) => `"${property}:${words}"`).join(' OR ');
}

export const userSearchProperties = ['displayName', 'mail', 'userPrincipalName'] as const;
export const groupSearchProperties = ['displayName', 'mail'] as const;

function withoutAnnotations(entry: object): object {
	return Object.fromEntries(Object.entries(entry).filter(([name]) => !name.startsWith('@')));
}
