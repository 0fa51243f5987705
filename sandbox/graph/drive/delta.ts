import type { Entity } from '../odata/evaluate';
import type { GraphAnswer, GraphCall } from '../server/call';
import type { Drive } from './drive';
import { invalid } from './refusals';
import type { StoredDriveItem } from './types';

const pageSize = 200;

interface Token {
	readonly epoch: number;
	/** What came before is known to the client. */
	readonly since: number;
	/** Where the paging is, and where it ends. */
	readonly after?: number;
	readonly until?: number;
}

/** Changes of a drive, by learn.microsoft.com/graph/api/driveitem-delta. */
export function deltaPage(
	call: GraphCall,
	drive: Drive,
	view: (item: StoredDriveItem) => Entity,
): GraphAnswer {
	const text = tokenOf(call);
	if (text === 'latest') return linked(call, drive, [], { since: drive.revision });
	const token = text === undefined ? { epoch: drive.epoch, since: 0 } : readToken(text);
	if (token.epoch !== drive.epoch) {
		const location = deltaUrl(call, drive, undefined);
		return {
			status: 410,
			headers: { Location: location },
			json: {
				error: {
					code: 'resyncRequired',
					message: "Resync required. Replace any local items with the server's version.",
				},
			},
		};
	}
	const until = token.until ?? drive.revision;
	const isNew = token.since === 0;
	const changed = [...drive.items.values()]
		.filter(({ revision }) => revision > token.since && revision <= until)
		.map((item) => ({ revision: item.revision, entity: view(item) }));
	const gone = isNew
		? []
		: [...drive.tombstones].flatMap(([id, revision]) =>
				revision > token.since && revision <= until
					? [{ revision, entity: { id, deleted: { state: 'deleted' } } }]
					: [],
			);
	const left = [...changed, ...gone]
		.sort((a, b) => a.revision - b.revision)
		.filter(({ revision }) => revision > (token.after ?? 0));
	const page = left.slice(0, pageSize);
	const entities = page.map(({ entity }) => entity);
	if (left.length <= pageSize) return linked(call, drive, entities, { since: until });
	const after = page.at(-1)?.revision ?? 0;
	return linked(call, drive, entities, { since: token.since, after, until });
}

function linked(
	call: GraphCall,
	drive: Drive,
	value: readonly Entity[],
	next: Omit<Token, 'epoch'>,
): GraphAnswer {
	const link = deltaUrl(call, drive, { ...next, epoch: drive.epoch });
	const name = next.until === undefined ? '@odata.deltaLink' : '@odata.nextLink';
	return { status: 200, json: { [name]: link, value } };
}

function deltaUrl(call: GraphCall, drive: Drive, token: Token | undefined): string {
	const url = new URL(`${call.origin}/v1.0/drives/${drive.id}/root/delta`);
	const { select } = call.target.query;
	if (select !== undefined) url.searchParams.set('$select', select.join(','));
	if (token)
		url.searchParams.set('token', Buffer.from(JSON.stringify(token)).toString('base64url'));
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
		throw invalid('The token is not valid.');
	}
}
