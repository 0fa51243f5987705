import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { pagesOf } from '../pages';
import { fromForm } from './form';

const limit = 1000;

export async function searchPages(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	return await fromForm(this, async ({ graph, site }) => {
		const wanted = filter.trim().toLowerCase();
		const results: INodeListSearchResult['results'] = [];
		const query = { $select: 'id,name,title,webUrl' };
		for await (const pages of pagesOf(graph, await site(), query, limit)) {
			for (const { id, name, title, webUrl } of pages) {
				const shown = title ? `${title} — ${name ?? ''}` : (name ?? '');
				if (id && shown.toLowerCase().includes(wanted)) {
					results.push({ name: shown, value: id, ...(webUrl && { url: webUrl }) });
				}
			}
		}
		return { results: results.sort((a, b) => a.name.localeCompare(b.name)) };
	});
}
