import { type GraphPath, NamePath, path } from '../graph/path';

/**
 * Where a file or folder is: an item that Graph knows by id (or a drive's root), and names below
 * it. Composes, so that `folder.child('a.txt')` needs no request.
 * learn.microsoft.com/graph/onedrive-addressing-driveitems
 */
export class ItemAddress {
	private constructor(
		/** E.g. `/me/drive` or `/drives/b!x`. */
		readonly drive: GraphPath,
		private readonly base: GraphPath,
		readonly names: readonly string[],
	) {}

	static root(drive: GraphPath): ItemAddress {
		return new ItemAddress(drive, path`${drive}/root`, []);
	}

	static item(drive: GraphPath, id: string): ItemAddress {
		// Not an id for every request, but people and agents say so.
		return id === 'root'
			? ItemAddress.root(drive)
			: new ItemAddress(drive, path`${drive}/items/${id}`, []);
	}

	/** @param names of folders on the way and the item itself; none for this item */
	child(...names: readonly string[]): ItemAddress {
		return new ItemAddress(this.drive, this.base, [...this.names, ...names]);
	}

	/** Without its last name; `undefined` where it has none. */
	get parent(): ItemAddress | undefined {
		if (this.names.length === 0) return undefined;
		return new ItemAddress(this.drive, this.base, this.names.slice(0, -1));
	}

	/** A drive's root can neither be moved nor deleted nor renamed. */
	get isRoot(): boolean {
		return this.names.length === 0 && String(this.base) === `${String(this.drive)}/root`;
	}

	/** What `/children`, `/content` or `/copy` may follow. */
	get path(): GraphPath {
		// The last colon ends the names; alone at the end Graph takes it too.
		return this.names.length === 0 ? this.base : path`${this.base}:/${new NamePath(this.names)}:`;
	}
}
