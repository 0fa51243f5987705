import type { List, ListItem, Site } from '@microsoft/microsoft-graph-types';
import { textLiteral } from '../../../core/graph/literal';
import { NotFoundError } from '../../../core/graph/errors';
import { NamePath, path } from '../../../core/graph/path';
import type { GraphClient } from '../../../core/graph/types';
import { siteCandidates } from '../../../core/sharepoint/siteCandidates';
import { ParameterError } from '../field';
import { oncePerClient } from '../pickers/oncePerClient';

/** Neither addresses nor names have an index there. */
export const withoutIndex = { prefer: 'HonorNonIndexedQueriesWarningMayFailRandomly' };

interface PeopleList {
	readonly siteId: string;
	readonly listId: string;
}

/**
 * The number by which a site knows a person (the `LookupId` of columns).
 * @param person an email address or user name, or that number itself
 * @throws {ParameterError} for somebody who was never in the site
 */
export async function personLookupId(
	graph: GraphClient,
	site: string,
	person: string,
	label: string,
): Promise<number> {
	if (/^\d+$/.test(person)) return Number(person);
	return await oncePerClient(graph, `person ${site} ${person.toLowerCase()}`, async () => {
		const { siteId, listId } = await oncePerClient(
			graph,
			`people ${site}`,
			async () => await peopleList(graph, site),
		);
		const address = textLiteral(person);
		const { value } = await graph.request<{ value: ListItem[] }>({
			method: 'GET',
			path: path`/sites/${siteId}/lists/${listId}/items`,
			headers: withoutIndex,
			query: {
				$filter: `fields/EMail eq ${address} or fields/UserName eq ${address}`,
				$select: 'id',
				$top: 1,
			},
		});
		const id = Number(value[0]?.id);
		if (Number.isInteger(id)) return id;
		throw new ParameterError(
			label,
			`SharePoint knows nobody with the address "${person}" in this site`,
			'Check the address. Somebody who was never in the site has to open it once, or to be given access to it; Graph can not add them.',
		);
	});
}

/**
 * The hidden User Information List; its title is in the site's language. A subsite has none of its
 * own: the people are those of its site collection.
 */
async function peopleList(graph: GraphClient, site: string): Promise<PeopleList> {
	const own = await userInformation(graph, site);
	if (own !== undefined) return { siteId: site, listId: own };
	const { webUrl } = await graph.request<Site>({
		method: 'GET',
		path: path`/sites/${site}`,
		query: { $select: 'id,webUrl' },
	});
	const { host, paths } = siteCandidates(webUrl ?? '') ?? { host: '', paths: [] };
	const top = paths.at(-1) ?? [];
	const { id = '' } = await graph.request<Site>({
		method: 'GET',
		path: top.length === 0 ? path`/sites/${host}` : path`/sites/${host}:/${new NamePath(top)}`,
		query: { $select: 'id' },
	});
	const listId = await userInformation(graph, id);
	if (listId !== undefined) return { siteId: id, listId };
	throw new NotFoundError("The site's list of people can't be found", {
		code: 'noUserInformationList',
		nextStep: 'Give a person by their number in the site (the LookupId) instead of an address.',
	});
}

async function userInformation(graph: GraphClient, site: string): Promise<string | undefined> {
	const request = {
		method: 'GET',
		path: path`/sites/${site}/lists`,
		// Hidden lists come where `system` is asked for.
		query: { $select: 'id,name,list,system' },
	} as const;
	for await (const page of graph.pages<List>(request, { pageSize: 200 })) {
		const found = page.find(
			({ name, list }) => list?.template === 'userInformation' || name === 'users',
		);
		if (found?.id) return found.id;
	}
	return undefined;
}
