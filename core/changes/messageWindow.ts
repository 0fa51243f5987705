import type { Message } from '@microsoft/microsoft-graph-types';
import { path } from '../graph/path';
import type { GraphClient } from '../graph/types';
import { fingerprint } from './fingerprint';
import { latest, type MessageSourceOptions, newestMessages, overlapMs } from './messageDelta';
import type { Change, Look, Source } from './types';

const dayMs = 86_400_000;
const pageSize = 500;
/** Not each message can be an example. */
const examples = 50;

/** A time of a message that Graph can sort by. */
export type MessageTime = 'receivedDateTime' | 'lastModifiedDateTime';

export interface MessageWindowCursor {
	/** The time of the newest message that was seen, ISO 8601 in UTC. Never the clock's. */
	readonly watermark: string;
	/** The version by message, of all that the next look will answer again. Fingerprints. */
	readonly known: Readonly<Record<string, string>>;
}

interface Page {
	readonly value: readonly Message[];
	readonly '@odata.nextLink'?: string;
}

/** A message that is in the window, with what the window knows of it. */
export interface SeenMessage {
	readonly message: Message;
	/** Of an earlier look; `undefined`: it wasn't in the window then. */
	readonly knownVersion: string | undefined;
	/** It came into being since the window's begin, so that this look is the first that can see it. */
	readonly isNew: boolean;
}

export interface MessageWindowOptions extends MessageSourceOptions {
	/** Default: the whole mailbox. */
	readonly folder?: string;
	readonly by: MessageTime;
	/** What is the message's state now, in short; another one is another version. */
	readonly versionOf: (message: Message) => string;
	readonly changeOf: (seen: SeenMessage) => Change | undefined;
	/** A state that messages of any age may be in, and that counts when it begins, e.g. being flagged. */
	readonly lasting?: { readonly filter: string; readonly version: string };
	/** As if it had just happened; nothing for a message that can't be an example. */
	readonly exampleOf: (message: Message) => Change | undefined;
}

/**
 * Messages by a time of theirs, in a window that overlaps with the one before. Every cloud has it,
 * and it sees a whole mailbox at once. Idle it costs one request.
 */
export function messageWindow(options: MessageWindowOptions): Source<MessageWindowCursor> {
	const { key, family, mailbox, folder, by, versionOf, changeOf, exampleOf } = options;
	const { now = Date.now, lasting } = options;
	const messages =
		folder === undefined
			? path`${mailbox}/messages`
			: path`${mailbox}/mailFolders/${folder}/messages`;
	const select = [...new Set([by, 'createdDateTime', ...options.select])];

	const timeOf = (message: Message): number => Date.parse(message[by] ?? '');

	const request = ($filter: string | undefined, order: 'asc' | 'desc', $top?: number) =>
		({
			method: 'GET',
			path: messages,
			query: { $select: select.join(','), $filter, $orderby: `${by} ${order}`, $top },
		}) as const;

	/**
	 * Asks on from the last one's time rather than by Graph's links, which count places: what is
	 * deleted meanwhile would move the others up, past the place.
	 */
	async function* since(graph: GraphClient, ms: number): AsyncGenerator<readonly Message[]> {
		let fromMs = ms;
		for (;;) {
			const from = new Date(fromMs).toISOString();
			const page = await graph.request<Page>(request(`${by} ge ${from}`, 'asc', pageSize));
			yield page.value;
			if (page['@odata.nextLink'] === undefined) return;
			const lastMs = Math.max(...page.value.map(timeOf));
			if (lastMs > fromMs) {
				fromMs = lastMs;
				continue;
			}
			// More of one moment than fit into a page.
			yield* graph.pages<Message>(request(`${by} eq ${from}`, 'asc'), { pageSize });
			fromMs++;
		}
	}

	const versionsSince = (fromMs: number, seen: Iterable<Message>): Record<string, string> =>
		Object.fromEntries(
			[...seen]
				.filter((message) => timeOf(message) >= fromMs)
				.map((message) => [fingerprint(message.id ?? ''), versionOf(message)]),
		);

	/** Those that are in the state now. */
	async function lastingNow(
		graph: GraphClient,
		{ filter, version }: { readonly filter: string; readonly version: string },
	): Promise<Record<string, string>> {
		const known: Record<string, string> = {};
		const query = { $select: 'id', $filter: filter };
		const pages = graph.pages<Message>({ method: 'GET', path: messages, query }, { pageSize });
		for await (const page of pages) {
			for (const { id } of page) known[fingerprint(id ?? '')] = version;
		}
		return known;
	}

	const stillLasting = (
		known: Readonly<Record<string, string>>,
		seen: readonly Message[],
	): Record<string, string> => {
		const versions = new Map(
			seen.map((message) => [fingerprint(message.id ?? ''), versionOf(message)]),
		);
		return Object.fromEntries(
			Object.entries(known).filter(
				([print, version]) =>
					version === lasting?.version && (versions.get(print) ?? version) === version,
			),
		);
	};

	const newestTime = (seen: readonly Message[], watermark: string): string =>
		latest(
			seen.map((message) => ({ receivedDateTime: message[by] ?? '' })),
			watermark,
			now(),
		);

	return {
		key,
		...(family !== undefined && { family }),
		start: async (graph) => {
			const { value } = await graph.request<Page>(request(undefined, 'desc', 1));
			const [last] = value;
			const watermark = last?.[by] ?? new Date(now() - dayMs).toISOString();
			const fromMs = Date.parse(watermark) - overlapMs;
			const seen: Message[] = [];
			for await (const page of since(graph, fromMs)) seen.push(...page);
			const known = versionsSince(fromMs, seen);
			if (!lasting) return { watermark, known };
			return { watermark, known: { ...(await lastingNow(graph, lasting)), ...known } };
		},
		look: async function* (graph, cursor): AsyncGenerator<Look<MessageWindowCursor>> {
			const fromMs = Date.parse(cursor.watermark) - overlapMs;
			const seen = new Map<string, Message>();
			for await (const page of since(graph, fromMs)) {
				const changes: Change[] = [];
				for (const message of page) {
					const { id } = message;
					const earlier = id === undefined ? undefined : seen.get(id);
					if (!id || (earlier && versionOf(earlier) === versionOf(message))) continue;
					seen.set(id, message);
					const knownVersion = cursor.known[fingerprint(id)];
					if (knownVersion === versionOf(message)) continue;
					const isNew =
						knownVersion === undefined && Date.parse(message.createdDateTime ?? '') >= fromMs;
					const change = changeOf({ message, knownVersion, isNew });
					if (change) changes.push(change);
				}
				const all = [...seen.values()];
				const watermark = newestTime(all, cursor.watermark);
				const known = {
					...stillLasting(cursor.known, all),
					...versionsSince(Date.parse(watermark) - overlapMs, all),
				};
				yield { changes, cursor: { watermark, known } };
			}
		},
		newest: async (graph, count) => {
			const all = await newestMessages(graph, messages, select, Math.max(count, examples), by);
			return all.flatMap((message) => exampleOf(message) ?? []).slice(0, count);
		},
	};
}
