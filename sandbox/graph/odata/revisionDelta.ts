import { RefusedError } from '../refused';
import type { GraphAnswer, GraphCall } from '../server/call';
import type { Entity } from './evaluate';

/** A store whose changes are numbered: a drive or a list. */
export interface RevisionFeed {
	/** Tokens of another are forgotten. */
	readonly epoch: number;
	/** Of the last change. */
	readonly revision: number;
	readonly pageSize: number;
	/** Below `/v1.0`. */
	readonly path: string;
	/** In any order, each revision once; not made before its page is asked for. */
	readonly entries: () => Iterable<RevisionEntry>;
	/** Comes first wherever something comes, as the root of a drive does. */
	readonly head?: () => Entity;
}

export interface RevisionEntry {
	readonly revision: number;
	readonly isGone: boolean;
	readonly entity: () => Entity;
}

interface Token {
	readonly epoch: number;
	/** What came before is known to the client. */
	readonly since: number;
	/** Where the paging is, and where it ends. */
	readonly after?: number;
	readonly until?: number;
}

/** Source: learn.microsoft.com/graph/api/driveitem-delta and listitem-delta. */
export function answerRevisionDelta(call: GraphCall, feed: RevisionFeed): GraphAnswer {
	const text = tokenOf(call);
	if (text === 'latest') return linked(call, feed, [], { since: feed.revision });
	const token = text === undefined ? { epoch: feed.epoch, since: 0 } : readToken(text);
	if (token.epoch !== feed.epoch) return resync(call, feed);
	const { since, after = since } = token;
	const until = token.until ?? feed.revision;
	const left: RevisionEntry[] = [];
	for (const entry of feed.entries()) {
		// A new client needs not hear of what is gone.
		const isWanted = entry.revision > after && entry.revision <= until;
		if (isWanted && !(since === 0 && entry.isGone)) left.push(entry);
	}
	left.sort((one, other) => one.revision - other.revision);
	const page = left.slice(0, feed.pageSize);
	const isFirst = token.after === undefined && page.length > 0;
	const head = isFirst && feed.head ? [feed.head()] : [];
	const entities = [...head, ...page.map(({ entity }) => entity())];
	if (left.length <= feed.pageSize) return linked(call, feed, entities, { since: until });
	return linked(call, feed, entities, { since, after: page.at(-1)?.revision ?? 0, until });
}

function resync(call: GraphCall, feed: RevisionFeed): GraphAnswer {
	return {
		status: 410,
		headers: { Location: linkTo(call, feed, undefined) },
		json: {
			error: {
				code: 'resyncRequired',
				message: "Resync required. Replace any local items with the server's version.",
				innerError: { code: 'resyncChangesApplyDifferences' },
			},
		},
	};
}

function linked(
	call: GraphCall,
	feed: RevisionFeed,
	value: readonly Entity[],
	next: Omit<Token, 'epoch'>,
): GraphAnswer {
	const link = linkTo(call, feed, { ...next, epoch: feed.epoch });
	const name = next.until === undefined ? '@odata.deltaLink' : '@odata.nextLink';
	return { status: 200, json: { [name]: link, value } };
}

/** The query lives on in the links. */
function linkTo(call: GraphCall, { path }: RevisionFeed, token: Token | undefined): string {
	const url = new URL(`${call.origin}/v1.0/${path}`);
	const asked = new URL(call.origin + call.url).searchParams;
	for (const name of ['$select', '$expand', '$top']) {
		const value = asked.get(name);
		if (value !== null) url.searchParams.set(name, value);
	}
	if (token) {
		url.searchParams.set('token', Buffer.from(JSON.stringify(token)).toString('base64url'));
	}
	return url.toString();
}

function tokenOf({ target }: GraphCall): string | undefined {
	const last = target.segments.at(-1);
	return (
		target.query.custom['token'] ??
		(last?.kind === 'operation' ? last.arguments['token'] : undefined)
	);
}

function readToken(text: string): Token {
	try {
		return JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Token;
	} catch {
		throw new RefusedError(400, 'invalidRequest', 'The token is not valid.');
	}
}
