import type { GraphClient } from '../graph/types';

/** One thing that happened to one item, before its item is fetched for the workflow. */
export interface Change {
	/** The item's, e.g. an immutable message ID. */
	readonly id: string;
	/**
	 * What makes this happening another than the item's one before: empty where an item can have
	 * only one (a message is received once), else e.g. its `changeKey`, `eTag` or start.
	 */
	readonly version: string;
	/** When it happened, ISO 8601 in UTC; changes are handed over in this order. */
	readonly at: string;
	/** What the source knows of the item without asking again: properties for filters, never bodies. */
	readonly item: Readonly<Record<string, unknown>>;
}

/** A part of what a source found, and the cursor that stands behind it. */
export interface Look<Cursor> {
	readonly changes: readonly Change[];
	/** May be stored once `changes` are in the ledger. */
	readonly cursor: Cursor;
}

/**
 * Where changes come from: one mail folder, calendar, drive or list. Knows nothing of what was
 * handed over before; it may answer a change twice, never leave one out.
 */
export interface Source<Cursor = unknown> {
	/** Names it among the trigger's sources; another folder is another key. Kept in the state. */
	readonly key: string;
	/**
	 * Sources that share it hand an item over once, whichever of them finds it first: the folders of
	 * one mailbox. Default: `key`.
	 */
	readonly family?: string;
	/** The state of now: nothing that is there already is ever a change. */
	start(graph: GraphClient): Promise<Cursor>;
	/** What has changed since. One request where nothing has. Ends with the cursor of now. */
	look(graph: GraphClient, cursor: Cursor): AsyncIterable<Look<Cursor>>;
	/** Up to so many of the newest real items, the newest first, as if they had happened now: for test runs. */
	newest(graph: GraphClient, count: number): Promise<readonly Change[]>;
}

/** A happening that was or is being handed over, as the ledger keeps it. */
export interface LedgerEntry {
	/** Of source, item and version; also what n8n's database refuses a second run by. */
	readonly key: string;
	/** The source's key. With `change` enough to fetch the item again after a restart. */
	readonly source: string;
	readonly change: Change;
	/** The key of the run, where the change shares one with others. */
	readonly group?: string;
	/** Milliseconds since 1970. */
	readonly intendedAt: number;
	/** How many processes have ended before it was confirmed. Default: 0. */
	readonly restarts?: number;
}

/** JSON; what is stored between looks and across restarts. */
export interface TriggerState {
	readonly format: 1;
	/** Grows with each change of the state: the newest of two copies is the one to go on with. */
	readonly revision: number;
	/** A cursor a source key. */
	readonly cursors: Readonly<Record<string, unknown>>;
	/** Keys of what was handed over, oldest first, bounded. */
	readonly seen: readonly string[];
	/** Given to n8n, but not known to be in its database. */
	readonly intents: readonly LedgerEntry[];
}
