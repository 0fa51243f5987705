import type { Message } from '@microsoft/microsoft-graph-types';
import { type GraphPath, path } from '../graph/path';
import type { GraphClient, GraphRequest } from '../graph/types';
import { fingerprint } from './fingerprint';
import type { Change, Look, Source } from './types';

/** A message that is indexed late has a time before that of messages seen already. */
export const overlapMs = 30 * 60_000;
const dayMs = 86_400_000;
const pageSize = 500;

/**
 * With a filter a delta answers 5,000 messages at most, and what leaves a folder under an immutable
 * ID doesn't come back to its delta. A delta that is begun anew knows of neither.
 */
const mostMessages = 2_000;
const longestMs = 7 * dayMs;

export interface MessageDeltaCursor {
	readonly link: string;
	/** When the newest message that was seen came in, ISO 8601 in UTC. */
	readonly watermark: string;
	/**
	 * What came in little before the watermark and was seen: by fingerprint, when, in seconds since
	 * 1970. A delta that is begun anew answers it again.
	 */
	readonly known: Readonly<Record<string, number>>;
	/** Messages since the delta's first round. */
	readonly count: number;
	/** When it was begun, milliseconds since 1970. */
	readonly begunAt: number;
}

export interface MessageSourceOptions {
	readonly key: string;
	readonly family?: string;
	readonly mailbox: GraphPath;
	/** Properties for filters, besides those that the source needs. Never bodies. */
	readonly select: readonly string[];
	/** Milliseconds since 1970. */
	readonly now?: () => number;
}

/** The new messages of one folder by Graph's delta: idle it costs one request. */
export function messageDelta(
	options: MessageSourceOptions & { readonly folder: string },
): Source<MessageDeltaCursor> {
	const { key, family, mailbox, folder, now = Date.now } = options;
	const messages = path`${mailbox}/mailFolders/${folder}/messages`;
	const select = ['receivedDateTime', ...options.select].join(',');

	const since = (ms: number): GraphRequest => ({
		method: 'GET',
		path: path`${messages}/delta`,
		query: {
			changeType: 'created',
			$select: select,
			$filter: `receivedDateTime ge ${new Date(ms).toISOString()}`,
		},
		headers: { prefer: `odata.maxpagesize=${pageSize}` },
	});

	/** Reads a delta to its end: the messages, and the cursor behind them. */
	async function read(
		graph: GraphClient,
		watermark: string,
		before: MessageDeltaCursor | undefined,
	): Promise<{ readonly found: readonly Message[]; readonly cursor: MessageDeltaCursor }> {
		const fromMs = Date.parse(watermark) - overlapMs;
		const isBegun = before === undefined || isWornOut(before, now());
		let begunAt = isBegun ? now() : before.begunAt;
		let count = isBegun ? 0 : before.count;
		const found = new Map<string, Message>();
		const pages = graph.delta<Message>(since(fromMs), isBegun ? undefined : before.link);
		for await (const { items, isResync, deltaLink } of pages) {
			if (isResync) begunAt = now();
			for (const message of items) {
				if (!message.id || !isThere(message)) continue;
				// A delta that is begun anew answers what is old, too; one that goes on, what is new.
				const isOld = (isBegun || isResync) && receivedAt(message) < fromMs;
				if (!isOld) found.set(message.id, message);
			}
			if (deltaLink === undefined) continue;
			count = isBegun || isResync ? 0 : count + found.size;
			const all = [...found.values()];
			const newest = latest(all, watermark, now());
			const known = knownSince(Date.parse(newest) - overlapMs, all, before?.known);
			return { found: all, cursor: { link: deltaLink, watermark: newest, known, count, begunAt } };
		}
		throw new TypeError('A delta ended without a link');
	}

	return {
		key,
		...(family !== undefined && { family }),
		start: async (graph) => {
			const [last] = await newestMessages(graph, messages, ['receivedDateTime'], 1);
			const watermark = last?.receivedDateTime ?? new Date(now() - dayMs).toISOString();
			return (await read(graph, watermark, undefined)).cursor;
		},
		look: async function* (graph, cursor): AsyncGenerator<Look<MessageDeltaCursor>> {
			const { found, cursor: next } = await read(graph, cursor.watermark, cursor);
			const changes = found
				.filter(({ id }) => cursor.known[fingerprint(id ?? '')] === undefined)
				.map(receivedChange);
			yield { changes, cursor: next };
		},
		newest: async (graph, count) =>
			(await newestMessages(graph, messages, options.select, count)).map(receivedChange),
	};
}

const isWornOut = ({ count, begunAt }: MessageDeltaCursor, nowMs: number): boolean =>
	count >= mostMessages || nowMs - begunAt > longestMs;

const isThere = (message: object): boolean => !('@removed' in message);

const receivedAt = ({ receivedDateTime }: Message): number => Date.parse(receivedDateTime ?? '');

/** A message is received once, so it has no version. */
export function receivedChange({ id, receivedDateTime, ...item }: Message): Change {
	return { id: id ?? '', version: '', at: receivedDateTime ?? '', item: withoutNotes(item) };
}

/** Without what OData says about the entity itself. */
function withoutNotes(item: object): Record<string, unknown> {
	return Object.fromEntries(Object.entries(item).filter(([name]) => !name.startsWith('@odata.')));
}

/**
 * When the newest of the messages came in. A time in the future, as imported messages may have,
 * would hide whatever comes in until then.
 */
export function latest(messages: readonly Message[], watermark: string, nowMs: number): string {
	const times = messages.map(receivedAt).filter((ms) => ms <= nowMs);
	return new Date(Math.max(Date.parse(watermark), ...times)).toISOString();
}

function knownSince(
	fromMs: number,
	found: readonly Message[],
	before: Readonly<Record<string, number>> = {},
): Record<string, number> {
	const all = [
		...Object.entries(before),
		...found.map((message): [string, number] => [
			fingerprint(message.id ?? ''),
			Math.floor(receivedAt(message) / 1000),
		]),
	];
	return Object.fromEntries(all.filter(([, seconds]) => seconds >= Math.floor(fromMs / 1000)));
}

export async function newestMessages(
	graph: GraphClient,
	messages: GraphPath,
	select: readonly string[],
	count: number,
	by: 'receivedDateTime' | 'lastModifiedDateTime' = 'receivedDateTime',
): Promise<readonly Message[]> {
	const { value } = await graph.request<{ value: Message[] }>({
		method: 'GET',
		path: messages,
		query: {
			$select: [...new Set(['receivedDateTime', ...select])].join(','),
			$orderby: `${by} desc`,
			$top: count,
		},
	});
	return value;
}
