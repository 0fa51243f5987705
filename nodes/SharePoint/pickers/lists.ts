import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { listsOf } from '../lists';
import { fromForm } from './form';

export async function searchLists(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	return await fromForm(this, async ({ graph, site }) => {
		const wanted = filter.trim().toLowerCase();
		const results = (await listsOf(graph, await site()))
			.filter(({ list }) => !list?.hidden)
			.map(({ id, displayName, name, webUrl }) => ({
				name: displayName || name || id || '',
				value: id ?? '',
				...(webUrl && { url: webUrl }),
			}))
			.filter(({ name }) => name.toLowerCase().includes(wanted));
		return { results: results.sort((a, b) => a.name.localeCompare(b.name)) };
	});
}
