import type { HttpResponse } from '../http/types';
import type { Channel } from './channel';
import { EndlessPagingError, GraphError } from './errors';
import { assertOwnLink } from './links';
import type { DeltaPage, GraphRequest } from './types';

const MAX_PAGES = 100_000;
/** One for a link that is too old, one for a state that is lost while the pages are read. */
const MAX_RESYNCS = 3;

/**
 * See `GraphClient.delta`. 410 comes with the address to begin anew in `Location` (drives) or with
 * the code `syncStateNotFound` alone (Outlook). learn.microsoft.com/graph/delta-query-overview
 *
 * @throws {ForeignLinkError} @throws {EndlessPagingError}
 */
export async function* delta<T>(
	channel: Channel,
	request: GraphRequest,
	deltaLink?: string,
): AsyncGenerator<DeltaPage<T>, void, void> {
	let url = deltaLink;
	let resyncs = 0;
	for (let count = 0; count < MAX_PAGES; count++) {
		if (url !== undefined) assertOwnLink(url, channel.graphOrigin);
		const http = channel.toHttpRequest(request, url === undefined ? {} : { url });
		const response = await channel.send(http);
		if (isForgotten(response)) {
			if (++resyncs > MAX_RESYNCS || url === undefined) throw channel.errorFor(response, true);
			url = response.headers['location'];
			continue;
		}
		if (response.status >= 300) throw channel.errorFor(response, true);
		const page = readPage<T>(response.body);
		const isResync = resyncs > 0;
		yield {
			items: page.items,
			isResync,
			...(page.deltaLink !== undefined && { deltaLink: page.deltaLink }),
		};
		if (page.deltaLink !== undefined) return;
		url = page.nextLink;
	}
	throw new EndlessPagingError("Microsoft Graph's changes don't come to an end", {
		code: 'endlessPaging',
	});
}

function isForgotten({ status, body }: HttpResponse): boolean {
	if (status === 410) return true;
	const { error } = (body ?? {}) as { error?: { code?: unknown } };
	return status >= 400 && /^syncStateNotFound$/i.test(String(error?.code));
}

interface Page<T> {
	readonly items: T[];
	readonly nextLink?: string;
	readonly deltaLink?: string;
}

function readPage<T>(body: unknown): Page<T> {
	const page = (body ?? {}) as Record<string, unknown>;
	const nextLink = page['@odata.nextLink'];
	const deltaLink = page['@odata.deltaLink'];
	const items = page['value'];
	if (Array.isArray(items)) {
		if (typeof deltaLink === 'string') return { items: items as T[], deltaLink };
		if (typeof nextLink === 'string') return { items: items as T[], nextLink };
	}
	throw new GraphError('Microsoft Graph answered with something else than a page of changes', {
		code: 'notADelta',
	});
}
