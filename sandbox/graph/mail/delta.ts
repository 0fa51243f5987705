import { randomUUID } from 'node:crypto';
import type { Entity } from '../odata/evaluate';
import { RefusedError } from '../refused';

/** How long Exchange remembers a sync state isn't documented; here so long. */
const stateLifetimeMs = 30 * 24 * 60 * 60 * 1000;

/** One entry of a round: made when its page is asked for, so that it shows what is there then. */
export type DeltaEntry = () => Entity | undefined;

interface Round {
	readonly entries: readonly DeltaEntry[];
	readonly position: number;
	readonly next: SyncState;
}

export interface SyncState {
	/** The feed: mailbox, folder and query; a token of one doesn't work on another. */
	readonly feed: string;
	/** Changes after this revision are new; `undefined` in the first round. */
	readonly since: number | undefined;
	readonly createdAt: number;
}

export interface DeltaPage {
	readonly '@odata.nextLink'?: string;
	readonly '@odata.deltaLink'?: string;
	readonly value: readonly Entity[];
}

/** Sync states behind `$skiptoken` and `$deltatoken`. */
export class DeltaStates {
	readonly #rounds = new Map<string, Round>();
	readonly #states = new Map<string, SyncState>();

	/** The revision from which a token goes on. @throws {RefusedError} 410 for one that isn't known any more */
	since(token: string, feed: string, now: number): number {
		const state = this.#states.get(token);
		if (state?.since === undefined || state.feed !== feed) throw stateNotFound();
		if (state.createdAt + stateLifetimeMs <= now) throw stateNotFound();
		return state.since;
	}

	/** The first page of a new round. */
	start(
		entries: readonly DeltaEntry[],
		next: SyncState,
		pageSize: number,
		linkTo: (option: string, token: string) => string,
	): DeltaPage {
		return this.#page({ entries, position: 0, next }, pageSize, linkTo);
	}

	continue(
		token: string,
		feed: string,
		pageSize: number,
		linkTo: (option: string, token: string) => string,
	): DeltaPage {
		const round = this.#rounds.get(token);
		if (round?.next.feed !== feed) throw stateNotFound();
		return this.#page(round, pageSize, linkTo);
	}

	#page(
		round: Round,
		pageSize: number,
		linkTo: (option: string, token: string) => string,
	): DeltaPage {
		const end = round.position + pageSize;
		const value = round.entries
			.slice(round.position, end)
			.map((entry) => entry())
			.filter((entity) => entity !== undefined);
		const token = randomUUID();
		if (end < round.entries.length) {
			this.#rounds.set(token, { ...round, position: end });
			return { '@odata.nextLink': linkTo('$skiptoken', token), value };
		}
		this.#states.set(token, round.next);
		return { '@odata.deltaLink': linkTo('$deltatoken', token), value };
	}
}

function stateNotFound(): RefusedError {
	return new RefusedError(410, 'syncStateNotFound', 'The sync state generation is not found.');
}
