import type { Entity } from './odata/evaluate';
import type { IdKind } from './mail/ids';

export type ChangeType = 'created' | 'updated' | 'deleted';

/** A message or an event that came, changed or went. */
export interface ItemChange {
	readonly kind: 'message' | 'event';
	readonly changeType: ChangeType;
	/** Whose mailbox. */
	readonly ownerId: string;
	/** The folder's or calendar's serial. */
	readonly container: number;
	readonly ids: Readonly<Record<IdKind, string>>;
	readonly etag: string;
	/** What is stored, for the `$filter` of a subscription. */
	readonly item: Entity;
}

/** Something in a drive or list changed; Graph doesn't tell what. */
export interface PlaceChange {
	readonly kind: 'drive' | 'list';
	readonly id: string;
}

export type Change = ItemChange | PlaceChange;

/** Takes what changes in a store; it is only put together if somebody wants to know. */
export type Announce = (make: () => Change) => void;

/** Brings what changes in the stores to whoever listens. */
export class ChangeFeed {
	readonly #listeners = new Set<Announce>();

	listen(listener: Announce): void {
		this.#listeners.add(listener);
	}

	/** Bound, so that stores can take it as it is. */
	readonly announce: Announce = (make) => {
		for (const listener of this.#listeners) listener(make);
	};
}
