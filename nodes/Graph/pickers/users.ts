import type { User } from '@microsoft/microsoft-graph-types';
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { path } from '../../../core/graph/path';
import { connect } from '../../kit/connect';
import { toNodeError } from '../../kit/errors';
import { onIndex, searchIn, userSearchProperties } from '../directory';

/** A list of more is for searching in. */
const listed = 50;

export async function searchUsers(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	try {
		const { graph } = await connect(this);
		const $search = searchIn(userSearchProperties, filter ?? '');
		const { value } = await graph.request<{ value: User[] }>({
			method: 'GET',
			path: path`/users`,
			headers: onIndex,
			query: {
				$top: listed,
				$select: 'id,displayName,userPrincipalName',
				$orderby: $search === undefined ? 'displayName' : undefined,
				$count: true,
				$search,
			},
		});
		return {
			results: value.map(({ id, displayName, userPrincipalName }) => ({
				name: [displayName, userPrincipalName].filter(Boolean).join(' — '),
				value: id ?? '',
			})),
		};
	} catch (error) {
		throw toNodeError(error, { node: this.getNode() });
	}
}
