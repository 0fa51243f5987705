import type { Message } from '@microsoft/microsoft-graph-types';
import { type GraphPath, path } from '../../core/graph/path';
import type { GraphClient, GraphQuery } from '../../core/graph/types';
import type { HeaderMap } from '../../core/http/types';

/** Graph's largest page of messages; with bodies a page of that size runs into gateway timeouts. */
const pageSizeWithoutBody = 1000;
const pageSizeWithBody = 250;

export interface ListMessages {
	/** `undefined`: the whole mailbox. */
	readonly folder: string | undefined;
	readonly query: GraphQuery;
	readonly withBody: boolean;
	readonly bodyType?: 'html' | 'text';
	/** `undefined`: all. */
	readonly limit: number | undefined;
	/** What Exchange can't filter by. */
	readonly keep?: ((message: Message) => boolean) | undefined;
}

export async function* listMessages(
	graph: GraphClient,
	mailbox: GraphPath,
	options: ListMessages,
): AsyncGenerator<Message[], void, void> {
	const { folder, query, withBody, bodyType, limit, keep } = options;
	const pages = graph.pages<Message>(
		{
			method: 'GET',
			path:
				folder === undefined
					? path`${mailbox}/messages`
					: path`${mailbox}/mailFolders/${folder}/messages`,
			query,
			...(withBody && bodyType && { headers: bodyPreference(bodyType) }),
		},
		{
			pageSize: withBody ? pageSizeWithBody : pageSizeWithoutBody,
			// What is left out here can't count towards the limit there.
			...(limit !== undefined && !keep && { limit }),
		},
	);
	if (keep) yield* kept(pages, keep, limit ?? Infinity);
	else yield* pages;
}

async function* kept(
	pages: AsyncIterable<Message[]>,
	keep: (message: Message) => boolean,
	limit: number,
): AsyncGenerator<Message[], void, void> {
	let left = limit;
	for await (const page of pages) {
		const found = page.filter(keep).slice(0, left);
		if (found.length > 0) yield found;
		left -= found.length;
		if (left <= 0) return;
	}
}

/** HTML is what Graph sends without the header. */
export function bodyPreference(bodyType: 'html' | 'text'): HeaderMap {
	return bodyType === 'text' ? { prefer: 'outlook.body-content-type="text"' } : {};
}
