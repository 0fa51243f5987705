import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock';
import type { SandboxUser } from '../../directory';
import type { Announce, ChangeType } from '../changes';
import { itemNotFound, malformedId, RefusedError } from '../refused';
import type { Entity } from '../odata/evaluate';
import { etagOf, folderId, looksLikeId, messageId, type IdKind } from './ids';
import { defaultSettings } from './settings';
import type { Removal, StoredCategory, StoredFolder, StoredMessage, StoredRule } from './types';
import { rootSerial, wellKnownFolders } from './wellKnownFolders';

const idKinds = ['folderBound', 'immutable'] as const;

/** One person's mailbox. Knows folders, messages, ids and changes; nothing of HTTP or delivery. */
export class Mailbox {
	readonly folders = new Map<number, StoredFolder>();
	readonly messages = new Map<number, StoredMessage>();
	readonly removals: Removal[] = [];
	rules: StoredRule[] = [];
	categories: StoredCategory[];
	settings: Record<string, unknown>;
	revision = 0;
	readonly #serialById = new Map<string, number>();
	readonly #messagesByFolder = new Map<number, Set<StoredMessage>>();
	#lastSerial = 0;
	/** There, but not yet in any index. */
	#late: Array<{
		readonly message: StoredMessage;
		readonly dueAt: number;
		readonly isUntold: boolean;
	}> = [];
	#isQuiet = false;

	constructor(
		readonly number: number,
		readonly owner: SandboxUser,
		readonly clock: Clock,
		readonly announce: Announce = () => undefined,
	) {
		for (const { name, displayName, parent, isHidden } of wellKnownFolders) {
			const parentFolder = [...this.folders.values()].find((each) => each.wellKnownName === parent);
			this.addFolder(displayName, parentFolder?.serial ?? rootSerial, {
				wellKnownName: name,
				isHidden: isHidden ?? false,
			});
		}
		this.settings = defaultSettings(owner);
		this.categories = [
			{ id: randomUUID(), displayName: 'Red category', color: 'preset0' },
			{ id: randomUUID(), displayName: 'Blue category', color: 'preset7' },
			{ id: randomUUID(), displayName: 'Green category', color: 'preset4' },
		];
	}

	nowText(): string {
		return new Date(this.clock.now()).toISOString().replace(/\.\d+Z$/, 'Z');
	}

	nextSerial(): number {
		return (this.#lastSerial += 1);
	}

	// Folders

	addFolder(
		displayName: string,
		parent: number,
		extra: Partial<Pick<StoredFolder, 'wellKnownName' | 'isHidden'>> = {},
	): StoredFolder {
		if (this.childFolders(parent).some((each) => sameName(each.displayName, displayName))) {
			throw new RefusedError(
				409,
				'ErrorFolderExists',
				'A folder with the specified name already exists.',
			);
		}
		const folder: StoredFolder = {
			serial: this.nextSerial(),
			displayName,
			parent,
			isHidden: false,
			...extra,
			changedAt: (this.revision += 1),
		};
		this.folders.set(folder.serial, folder);
		this.#serialById.set(folderId(this.number, folder.serial), folder.serial);
		return folder;
	}

	/** By id or well-known name. @throws {RefusedError} 404, or 400 for what can't be an id. */
	folder(key: string): StoredFolder {
		const wellKnown = this.wellKnown(key.toLowerCase());
		if (wellKnown !== undefined) return wellKnown;
		const folder = this.folders.get(this.#serialById.get(key) ?? -1);
		if (folder !== undefined) return folder;
		if (!looksLikeId(key)) throw malformedId();
		throw itemNotFound();
	}

	wellKnown(name: string): StoredFolder | undefined {
		for (const folder of this.folders.values()) {
			if (folder.wellKnownName === name) return folder;
		}
		return undefined;
	}

	childFolders(parent: number): StoredFolder[] {
		return [...this.folders.values()].filter(
			(folder) => folder.parent === parent && folder.serial !== parent,
		);
	}

	isBelow(folder: StoredFolder, ancestor: StoredFolder): boolean {
		if (folder.serial === ancestor.serial) return true;
		const parent = this.folders.get(folder.parent);
		// The root is its own parent.
		return parent !== undefined && parent !== folder && this.isBelow(parent, ancestor);
	}

	folderKey(serial: number): string {
		return folderId(this.number, serial);
	}

	touchFolder(folder: StoredFolder): void {
		folder.changedAt = this.revision += 1;
	}

	/** With everything in it, for good. */
	removeFolder(folder: StoredFolder): void {
		for (const child of this.childFolders(folder.serial)) this.removeFolder(child);
		for (const message of this.messagesIn(folder.serial)) this.removeMessage(message);
		this.folders.delete(folder.serial);
		const id = folderId(this.number, folder.serial);
		this.#serialById.delete(id);
		this.removals.push({
			kind: 'folder',
			folder: folder.parent,
			serial: folder.serial,
			ids: { folderBound: id, immutable: id },
			reason: 'deleted',
			at: (this.revision += 1),
		});
	}

	// Messages

	addMessage(
		draft: Omit<StoredMessage, 'serial' | 'moves' | 'version' | 'changedAt' | 'enteredAt'>,
	): StoredMessage {
		const at = (this.revision += 1);
		const message: StoredMessage = {
			...draft,
			serial: this.nextSerial(),
			moves: 0,
			version: 1,
			changedAt: at,
			enteredAt: at,
		};
		this.messages.set(message.serial, message);
		this.#enter(message);
		this.#tell(message, 'created');
		return message;
	}

	/** By any id that is valid now. @throws {RefusedError} 404, or 400 for what can't be an id. */
	message(id: string): StoredMessage {
		const message = this.messages.get(this.#serialById.get(id) ?? -1);
		if (message !== undefined) return message;
		if (!looksLikeId(id)) throw malformedId();
		throw itemNotFound();
	}

	hasMessage({ serial }: Pick<StoredMessage, 'serial'>): boolean {
		return this.messages.has(serial);
	}

	messagesIn(folder: number): StoredMessage[] {
		return [...(this.#messagesByFolder.get(folder) ?? [])];
	}

	messageKey({ serial, moves }: StoredMessage, kind: IdKind): string {
		return messageId(this.number, serial, moves, kind);
	}

	touchMessage(message: StoredMessage): void {
		this.#raise(message);
		this.#tell(message, 'updated');
	}

	moveMessage(message: StoredMessage, folder: StoredFolder): void {
		this.#leave(message, 'changed');
		message.folder = folder.serial;
		message.moves += 1;
		this.#raise(message);
		message.enteredAt = message.changedAt;
		this.#enter(message);
		this.#tell(message, 'created');
	}

	removeMessage(message: StoredMessage): void {
		this.#leave(message, 'deleted');
		this.messages.delete(message.serial);
	}

	// Late indexing: Exchange may show a message only some time after it has received it.

	/** Nobody is told of what the work does. */
	quietly<T>(work: () => T): T {
		this.#isQuiet = true;
		try {
			return work();
		} finally {
			this.#isQuiet = false;
		}
	}

	/**
	 * Takes a new message out of all lists until a time of the sandbox's clock.
	 *
	 * @param isUntold whether its arrival is to be announced then
	 */
	holdBack(message: StoredMessage, dueAt: number, isUntold: boolean): void {
		this.messages.delete(message.serial);
		this.#messagesByFolder.get(message.folder)?.delete(message);
		for (const kind of idKinds) this.#serialById.delete(this.messageKey(message, kind));
		this.#late.push({ message, dueAt, isUntold });
	}

	/** Shows what is due, with the time at which it was received. */
	admitDue(): void {
		if (this.#late.length === 0) return;
		const now = this.clock.now();
		const due = this.#late.filter(({ dueAt }) => dueAt <= now);
		this.#late = this.#late.filter(({ dueAt }) => dueAt > now);
		for (const { message, isUntold } of due.sort((left, right) => left.dueAt - right.dueAt)) {
			message.changedAt = message.enteredAt = this.revision += 1;
			this.messages.set(message.serial, message);
			this.#enter(message);
			if (isUntold) this.#tell(message, 'created');
		}
	}

	#raise(message: StoredMessage): void {
		message.version += 1;
		message.changedAt = this.revision += 1;
		message.lastModifiedDateTime = this.nowText();
	}

	#tell(message: StoredMessage, changeType: ChangeType): void {
		if (this.#isQuiet) return;
		this.announce(() => ({
			kind: 'message',
			changeType,
			ownerId: this.owner.id,
			container: message.folder,
			ids: {
				folderBound: this.messageKey(message, 'folderBound'),
				immutable: this.messageKey(message, 'immutable'),
			},
			etag: etagOf(message),
			item: message as unknown as Entity,
		}));
	}

	#enter(message: StoredMessage): void {
		for (const kind of idKinds) {
			this.#serialById.set(this.messageKey(message, kind), message.serial);
		}
		const inFolder = this.#messagesByFolder.get(message.folder) ?? new Set();
		this.#messagesByFolder.set(message.folder, inFolder.add(message));
	}

	#leave(message: StoredMessage, reason: Removal['reason']): void {
		this.#tell(message, 'deleted');
		const ids = {
			folderBound: this.messageKey(message, 'folderBound'),
			immutable: this.messageKey(message, 'immutable'),
		};
		this.#serialById.delete(ids.folderBound);
		this.#serialById.delete(ids.immutable);
		this.#messagesByFolder.get(message.folder)?.delete(message);
		this.removals.push({
			kind: 'message',
			folder: message.folder,
			serial: message.serial,
			ids,
			reason,
			at: (this.revision += 1),
		});
	}
}

function sameName(left: string, right: string): boolean {
	return left.toLowerCase() === right.toLowerCase();
}
