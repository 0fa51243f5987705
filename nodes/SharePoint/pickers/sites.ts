import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { siteName } from '../../kit/sharepoint/site';
import { searchSites as search } from '../siteSearch';
import { fromForm } from './form';

/** More is for searching, not for scrolling. */
const limit = 400;

export async function searchSites(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	return await fromForm(this, async ({ graph }) => {
		const results: INodeListSearchResult['results'] = [];
		for await (const sites of search(graph, filter, limit)) {
			for (const site of sites) {
				const { id, webUrl } = site;
				if (id) results.push({ name: siteName(site), value: id, ...(webUrl && { url: webUrl }) });
			}
		}
		return { results: results.sort((a, b) => a.name.localeCompare(b.name)) };
	});
}
