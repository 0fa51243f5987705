import { randomUUID } from 'node:crypto';
import type { Entity } from '../odata/evaluate';
import { RefusedError } from '../refused';

/** How long Exchange remembers a sync state isn't documented; here so long. */
const stateLifetimeMs = 30 * 24 * 60 * 60 * 1000;

/** One entry of a round: made when its page is asked for, so that it shows what is there then. */
export type DeltaEntry = () => Entity | undefined;

interface Round<State extends SyncState> {
	readonly entries: readonly DeltaEntry[];
	readonly position: number;
	readonly next: State;
}

export interface SyncState {
	/** The feed: mailbox, folder and query; a token of one doesn't work on another. */
	readonly feed: string;
	readonly createdAt: number;
}

/** Where a feed of a mailbox is. */
export interface MailFeed extends SyncState {
	/** Changes after this revision are new. */
	readonly since: number;
	/** The `since` of the round before; `undefined` after the first. */
	readonly before: number | undefined;
	/** The revision at the first round. */
	readonly startedAt: number;
}

export interface DeltaPage {
	readonly '@odata.nextLink'?: string;
	readonly '@odata.deltaLink'?: string;
	readonly value: readonly Entity[];
}

/** Sync states behind `$skiptoken` and `$deltatoken`. */
export class DeltaStates<State extends SyncState> {
	readonly #rounds = new Map<string, Round<State>>();
	readonly #states = new Map<string, State>();

	/** What a move out of a folder is called; Microsoft's overview says `changed`, mail `deleted`. */
	movedReason: 'changed' | 'deleted' = 'deleted';
	/** So many of the next rounds bring what the one before brought, once more; Graph says it may. */
	replays = 0;

	/** As at the start again. */
	reset(): void {
		this.expire();
		this.replays = 0;
		this.movedReason = 'deleted';
	}

	/** Whether the next round is to be a replay. */
	takeReplay(): boolean {
		if (this.replays <= 0) return false;
		this.replays -= 1;
		return true;
	}

	/** All tokens are forgotten. */
	expire(): void {
		this.#rounds.clear();
		this.#states.clear();
	}

	/** Where a token goes on. @throws {RefusedError} 410 for one that isn't known any more */
	resume(token: string, feed: string, now: number): State {
		const state = this.#states.get(token);
		if (state?.feed !== feed) throw stateNotFound();
		if (state.createdAt + stateLifetimeMs <= now) throw stateNotFound();
		return state;
	}

	/** The first page of a new round. */
	start(
		entries: readonly DeltaEntry[],
		next: State,
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
		round: Round<State>,
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
