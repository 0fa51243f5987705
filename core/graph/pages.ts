import { EndlessPagingError, GraphError } from './errors';
import { assertOwnLink } from './links';
import type { RequestOverrides } from './requests';
import type { GraphRequest, PagesOptions } from './types';

/** Ten million items at Outlook's page maximum of 1,000: more is a fault of the paging. */
const MAX_PAGES = 10_000;

export interface PagesContext extends PagesOptions {
	readonly graphOrigin: string;
	readonly signal?: AbortSignal | undefined;
}

export type FetchJson = (request: GraphRequest, overrides: RequestOverrides) => Promise<unknown>;

interface Page<T> {
	readonly value: T[];
	readonly nextLink: string | undefined;
}

/**
 * The pages of a collection. While the caller has one, the next is on its way, and no other: at
 * most two are in memory. Ends the request that is on its way when the caller stops early.
 *
 * @throws {ForeignLinkError} @throws {EndlessPagingError} after the items that came before
 */
export async function* pages<T>(
	fetchJson: FetchJson,
	request: GraphRequest,
	{ limit = Infinity, pageSize, graphOrigin, signal }: PagesContext,
): AsyncGenerator<T[], void, void> {
	if (limit <= 0) return;
	const stopped = new AbortController();
	const fetchPage = async (url?: string): Promise<Page<T>> => {
		const overrides = {
			signal: signal ? AbortSignal.any([signal, stopped.signal]) : stopped.signal,
			...(url !== undefined && { url }),
		};
		return readPage<T>(await fetchJson(firstPage, overrides));
	};
	const firstPage: GraphRequest =
		pageSize === undefined
			? request
			: { ...request, query: { ...request.query, $top: Math.min(pageSize, limit) } };
	const seen = new Set<string>();
	let remaining = limit;
	let upcoming: Promise<Page<T>> | undefined = fetchPage();
	try {
		while (upcoming) {
			const { value, nextLink }: Page<T> = await upcoming;
			const items: T[] = value.length > remaining ? value.slice(0, remaining) : value;
			remaining -= items.length;
			upcoming = undefined;
			if (nextLink !== undefined && remaining > 0) {
				upcoming = followable(nextLink, graphOrigin, seen).then(fetchPage);
				// It is awaited in the next round; until then a failure is nobody's.
				upcoming.catch(() => undefined);
			}
			if (items.length > 0) yield items;
		}
	} finally {
		stopped.abort();
	}
}

/** Rejects rather than throws, so that the page that the link came with is handed over first. */
async function followable(link: string, graphOrigin: string, seen: Set<string>): Promise<string> {
	assertOwnLink(link, graphOrigin);
	if (seen.has(link) || seen.size >= MAX_PAGES) {
		throw new EndlessPagingError("Microsoft Graph's pages don't come to an end", {
			code: 'endlessPaging',
			nextStep: 'Set a limit, or narrow the query.',
		});
	}
	seen.add(link);
	return link;
}

function readPage<T>(body: unknown): Page<T> {
	const page = (body ?? {}) as { value?: unknown; '@odata.nextLink'?: unknown };
	if (!Array.isArray(page.value)) {
		throw new GraphError('Microsoft Graph answered with something else than a page of items', {
			code: 'notACollection',
		});
	}
	const nextLink = page['@odata.nextLink'];
	return {
		value: page.value as T[],
		nextLink: typeof nextLink === 'string' && nextLink !== '' ? nextLink : undefined,
	};
}
