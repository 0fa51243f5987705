import type { SitePage } from '@microsoft/microsoft-graph-types';
import { path } from '../../core/graph/path';
import type { GraphClient, GraphRequest } from '../../core/graph/types';
import { AftermathError } from '../kit/aftermath';
import { pagePath } from './pages';

/** Published twice, a page is what it was. */
export function publishRequest(site: string, page: string): GraphRequest {
	return { method: 'POST', path: path`${pagePath(site, page)}/publish`, repeatable: true };
}

/** Publishes a page that was just saved, and answers it as it is then. */
export async function publishSaved(
	graph: GraphClient,
	site: string,
	page: SitePage,
): Promise<SitePage> {
	const id = page.id ?? '';
	try {
		await graph.request(publishRequest(site, id));
		return await graph.request<SitePage>({ method: 'GET', path: pagePath(site, id) });
	} catch (error) {
		throw new AftermathError(error, `The page was saved as a draft; its ID is ${id}.`);
	}
}
