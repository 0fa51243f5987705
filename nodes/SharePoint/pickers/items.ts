import type { ListItem } from '@microsoft/microsoft-graph-types';
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { itemsPath } from '../items';
import { fromForm } from './form';

/** SharePoint finds no part of a title, so that the newest are looked through here. */
const looksThrough = 1000;

export async function searchItems(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	return await fromForm(this, async ({ graph, list: chosen }) => {
		const { site, list } = await chosen();
		const wanted = filter.trim().toLowerCase();
		const results: INodeListSearchResult['results'] = [];
		const request = {
			method: 'GET',
			path: itemsPath(site, list),
			query: {
				$select: 'id,webUrl',
				$expand: 'fields($select=Title,FileLeafRef)',
				$orderby: 'id desc',
			},
		} as const;
		const pages = graph.pages<ListItem>(request, { pageSize: 500, limit: looksThrough });
		for await (const page of pages) results.push(...page.map(entry));
		return { results: results.filter(({ name }) => name.toLowerCase().includes(wanted)) };
	});
}

function entry({ id, webUrl, fields }: ListItem): INodeListSearchResult['results'][number] {
	const { Title: title, FileLeafRef: file } = (fields ?? {}) as {
		Title?: string;
		FileLeafRef?: string;
	};
	return {
		name: `${title || file || '(no title)'} — ${id ?? ''}`,
		value: id ?? '',
		...(webUrl && { url: webUrl }),
	};
}
