import type { SitePage } from '@microsoft/microsoft-graph-types';
import { type GraphPath, path } from '../../core/graph/path';
import type { GraphClient, GraphQuery } from '../../core/graph/types';

/** Web part pages and wikis, which Graph calls base pages, have no content that it could give. */
const pageType = '#microsoft.graph.sitePage';
const pageSize = 200;

export function pagePath(site: string, page: string): GraphPath {
	return path`/sites/${site}/pages/${page}/microsoft.graph.sitePage`;
}

export function pagesOf(
	graph: GraphClient,
	site: string,
	query: GraphQuery,
	limit?: number,
): AsyncGenerator<SitePage[], void, void> {
	return graph.pages<SitePage>(
		{ method: 'GET', path: path`/sites/${site}/pages/microsoft.graph.sitePage`, query },
		{ pageSize, ...(limit !== undefined && { limit }) },
	);
}

export interface PageContent {
	readonly title?: string | undefined;
	readonly description?: string | undefined;
	readonly html?: string | undefined;
	/** Graph's canvasLayout, for more than one text. */
	readonly canvasLayout?: unknown;
	readonly promotionKind?: 'page' | 'newsPost' | undefined;
	readonly showComments?: boolean | undefined;
	readonly showRecommendedPages?: boolean | undefined;
	readonly imageUrl?: string | undefined;
}

/**
 * What Graph needs of a page that is made or changed; the type must always be told.
 * learn.microsoft.com/graph/api/sitepage-create
 */
export function pageBody({ html, canvasLayout, imageUrl, ...plain }: PageContent): object {
	const layout = canvasLayout ?? (html === undefined ? undefined : oneText(html));
	const given = Object.entries(plain).filter(([, value]) => value !== undefined);
	return {
		'@odata.type': pageType,
		...Object.fromEntries(given),
		...(imageUrl && { titleArea: { layout: 'imageAndTitle', imageWebUrl: imageUrl } }),
		...(layout !== undefined && { canvasLayout: layout }),
	};
}

function oneText(innerHtml: string): object {
	const webpart = { '@odata.type': '#microsoft.graph.textWebPart', innerHtml };
	const column = { id: '1', width: 12, webparts: [webpart] };
	return {
		horizontalSections: [{ layout: 'oneColumn', id: '1', emphasis: 'none', columns: [column] }],
	};
}

/** `Summer party!` becomes `Summer-party.aspx`, as in SharePoint's own editor. */
export function pageFileName(title: string): string {
	const words = title.match(/[\p{L}\p{N}_-]+/gu) ?? [];
	return `${words.join('-').slice(0, 100) || 'Page'}.aspx`;
}
