import { createHash, randomUUID } from 'node:crypto';
import type { Clock } from '../../clock';
import type { Announce } from '../changes';
import type { ContentStore } from './content';
import { invalid, locked, nameTaken, notFound } from './refusals';
import type { DriveOptions, StoredContent, StoredDriveItem } from './types';

export type Conflict = 'fail' | 'replace' | 'rename';

const forbidden = /["*:<>?/\\|\u0000-\u001f]|^\s|[\s.]$|^~\$|_vti_/;
const reserved = /^(con|prn|aux|nul|com\d|lpt\d|desktop\.ini|\.lock)$/i;

/** A OneDrive or a document library: a tree of items, the changes of each numbered. */
export class Drive {
	readonly items = new Map<string, StoredDriveItem>();
	/** Ids of what is gone, with the revision of its end. */
	readonly tombstones = new Map<string, number>();
	readonly root: StoredDriveItem;
	revision = 0;
	/** Delta tokens of another epoch are forgotten. */
	epoch = 1;
	#serial = 0;
	/** By parent, then by name in lower case. */
	readonly #children = new Map<string, Map<string, StoredDriveItem>>();
	/** Listings that nothing has changed since. */
	readonly #sorted = new Map<string, readonly StoredDriveItem[]>();

	constructor(
		readonly options: DriveOptions,
		readonly clock: Clock,
		readonly content: ContentStore,
		readonly announce: Announce = () => undefined,
	) {
		this.root = this.#create('root', undefined, true, options.ownerName);
	}

	get id(): string {
		return this.options.id;
	}

	/** @throws {RefusedError} 404 */
	item(id: string): StoredDriveItem {
		const found = id === 'root' ? this.root : this.items.get(id);
		if (found === undefined) throw notFound();
		return found;
	}

	/** Folders first, each by name. */
	children({ id }: StoredDriveItem): readonly StoredDriveItem[] {
		let sorted = this.#sorted.get(id);
		if (sorted === undefined) {
			sorted = [...(this.#children.get(id)?.values() ?? [])].sort(
				(a, b) => Number(b.isFolder) - Number(a.isFolder) || byName(a.name, b.name),
			);
			this.#sorted.set(id, sorted);
		}
		return sorted;
	}

	child(parent: StoredDriveItem, name: string): StoredDriveItem | undefined {
		return this.#children.get(parent.id)?.get(name.toLowerCase());
	}

	/** @throws {RefusedError} 404 */
	byPath(from: StoredDriveItem, path: string): StoredDriveItem {
		let item = from;
		for (const name of namesOf(path)) {
			const child = this.child(item, name);
			if (child === undefined) throw notFound();
			item = child;
		}
		return item;
	}

	/** What is in an item, at any depth. */
	descendants(item: StoredDriveItem): StoredDriveItem[] {
		return this.children(item).flatMap((child) => [child, ...this.descendants(child)]);
	}

	/** Names from the top to the item. */
	pathOf(item: StoredDriveItem): string[] {
		if (item.parentId === undefined) return [];
		return [...this.pathOf(this.item(item.parentId)), item.name];
	}

	sizeOf(item: StoredDriveItem): number {
		if (!item.isFolder) return item.versions.at(-1)?.content.size ?? 0;
		return this.children(item).reduce((sum, child) => sum + this.sizeOf(child), 0);
	}

	/** Folders that are missing are made. */
	ensureFolder(from: StoredDriveItem, names: readonly string[], by: string): StoredDriveItem {
		let folder = from;
		for (const name of names) {
			const child = this.child(folder, name);
			if (child && !child.isFolder) throw invalid('The parent is not a folder.');
			folder = child ?? this.addFolder(folder, name, 'fail', by);
		}
		return folder;
	}

	addFolder(
		parent: StoredDriveItem,
		name: string,
		conflict: Conflict,
		by: string,
	): StoredDriveItem {
		const free = this.#freeName(parent, name, conflict === 'replace' ? 'fail' : conflict);
		return this.#create(free, parent, true, by);
	}

	/** A new file, or a new version of the one with the name. */
	putFile(
		parent: StoredDriveItem,
		name: string,
		file: { readonly content: StoredContent; readonly mimeType: string },
		{ conflict, by }: { readonly conflict: Conflict; readonly by: string },
	): { readonly item: StoredDriveItem; readonly isNew: boolean } {
		if (!parent.isFolder) throw invalid('The parent is not a folder.');
		checkName(name);
		const existing = this.child(parent, name);
		if (existing && conflict === 'replace') {
			if (existing.isFolder) throw nameTaken();
			this.addVersion(existing, file.content, by);
			return { item: existing, isNew: false };
		}
		const item = this.#create(this.#freeName(parent, name, conflict), parent, false, by);
		item.mimeType = file.mimeType;
		this.addVersion(item, file.content, by);
		return { item, isNew: true };
	}

	addVersion(item: StoredDriveItem, content: StoredContent, by: string): void {
		this.requireUnlocked(item, by);
		const modifiedAt = this.now();
		item.versions.push({
			id: `${item.versions.length + 1}.0`,
			content,
			modifiedAt,
			modifiedBy: by,
		});
		this.touch(item, by);
	}

	/** Within this drive. */
	move(
		item: StoredDriveItem,
		{
			parent,
			name,
			conflict,
			by,
		}: {
			readonly parent?: StoredDriveItem;
			readonly name?: string;
			readonly conflict: Conflict;
			readonly by: string;
		},
	): void {
		if (item === this.root) throw invalid('The root can not be changed.');
		this.requireUnlocked(item, by);
		const target = parent ?? this.item(item.parentId ?? 'root');
		if (!target.isFolder) throw invalid('The parent is not a folder.');
		if (target === item || this.descendants(item).includes(target)) {
			throw invalid('A folder can not be moved into itself.');
		}
		const wanted = name ?? item.name;
		checkName(wanted);
		const existing = this.child(target, wanted);
		if (existing && existing !== item) {
			if (conflict === 'replace') this.remove(existing);
		}
		const isFree = existing === undefined || existing === item || conflict === 'replace';
		const free = isFree ? wanted : this.#freeName(target, wanted, conflict);
		this.#unlink(item);
		item.name = free;
		item.parentId = target.id;
		this.#link(item);
		this.touch(item, by);
	}

	remove(item: StoredDriveItem): void {
		if (item === this.root) throw invalid('The root can not be deleted.');
		for (const each of [item, ...this.descendants(item)]) {
			this.items.delete(each.id);
			this.#unlink(each);
			this.tombstones.set(each.id, (this.revision += 1));
		}
		this.#tell();
	}

	touch(item: StoredDriveItem, by: string): void {
		item.revision = this.revision += 1;
		item.changes += 1;
		item.modifiedAt = this.now();
		item.modifiedBy = by;
		item.fileSystem = { ...item.fileSystem, lastModifiedDateTime: item.modifiedAt };
		this.#tell();
	}

	requireUnlocked({ checkedOutBy }: StoredDriveItem, by: string): void {
		if (checkedOutBy !== undefined && checkedOutBy !== by) throw locked(checkedOutBy);
	}

	now(): string {
		return new Date(this.clock.now()).toISOString().replace(/\.\d+Z$/, 'Z');
	}

	#link(item: StoredDriveItem): void {
		const { parentId } = item;
		if (parentId === undefined) return;
		const siblings = this.#children.get(parentId) ?? new Map<string, StoredDriveItem>();
		this.#children.set(parentId, siblings.set(item.name.toLowerCase(), item));
		this.#sorted.delete(parentId);
	}

	#unlink({ parentId, name }: StoredDriveItem): void {
		if (parentId === undefined) return;
		this.#children.get(parentId)?.delete(name.toLowerCase());
		this.#sorted.delete(parentId);
	}

	#tell(): void {
		this.announce(() => ({ kind: 'drive', id: this.id }));
		const { list } = this.options;
		if (list !== undefined) this.announce(() => ({ kind: 'list', id: list.id }));
	}

	#freeName(parent: StoredDriveItem, name: string, conflict: Conflict): string {
		checkName(name);
		if (this.child(parent, name) === undefined) return name;
		if (conflict !== 'rename') throw nameTaken();
		const [, stem = name, extension = ''] = /^(.+?)(\.[^.]*)?$/.exec(name) ?? [];
		for (let count = 1; ; count += 1) {
			const free = `${stem} ${count}${extension}`;
			if (this.child(parent, free) === undefined) return free;
		}
	}

	#create(
		name: string,
		parent: StoredDriveItem | undefined,
		isFolder: boolean,
		by: string,
	): StoredDriveItem {
		const now = this.now();
		const item: StoredDriveItem = {
			id: itemId(`${this.id} ${(this.#serial += 1)}`),
			guid: randomUUID(),
			name,
			parentId: parent?.id,
			isFolder,
			mimeType: '',
			versions: [],
			description: '',
			fields: {},
			permissions: [],
			createdAt: now,
			createdBy: by,
			modifiedAt: now,
			modifiedBy: by,
			fileSystem: { createdDateTime: now, lastModifiedDateTime: now },
			revision: (this.revision += 1),
			changes: 1,
		};
		this.items.set(item.id, item);
		this.#link(item);
		this.#tell();
		return item;
	}
}

const byName = new Intl.Collator('en').compare;

/** @throws {RefusedError} 400 for what OneDrive and SharePoint don't allow */
export function checkName(name: string): void {
	if (name === '' || name.length > 255 || forbidden.test(name) || reserved.test(name)) {
		throw invalid(
			'The provided name cannot contain any of the following characters: " * : < > ? / \\ | or is reserved.',
		);
	}
}

export function namesOf(path: string): string[] {
	return path.split('/').filter((name) => name !== '');
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** `01` and 32 characters of base32, as SharePoint's are. */
function itemId(seed: string): string {
	const bytes = createHash('sha256').update(seed).digest();
	return `01${[...bytes].map((byte) => alphabet[byte % 32]).join('')}`;
}
