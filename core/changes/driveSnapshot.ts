import { fingerprint } from './fingerprint';

/** What is remembered of a file or folder. */
export interface SnapshotEntry {
	/** Fingerprint of the parent's id. */
	readonly parent: string;
	/** Fingerprint of the state: of the content of a file, of a folder's own properties. */
	readonly tag: string;
	readonly isFolder: boolean;
	/** Empty where nobody needs it. */
	readonly name: string;
}

const markLength = 10;
const tagLength = 6;

export const markOf = (id: string): string => fingerprint(id, markLength);
export const tagOf = (state: string): string => fingerprint(state, tagLength);

/** Deeper is a fault of the data, such as a folder in itself. */
const deepest = 400;

/**
 * The files and folders of a drive, as it was at the last look: Graph's delta tells what is, not
 * what was, and no paths. One line of text an item, 28 characters and its name.
 */
export class DriveSnapshot {
	private constructor(readonly entries: Map<string, SnapshotEntry>) {}

	static empty(): DriveSnapshot {
		return new DriveSnapshot(new Map());
	}

	static parse(text: string): DriveSnapshot {
		const entries = new Map<string, SnapshotEntry>();
		for (const line of text.split('\n')) {
			if (line === '') continue;
			const parentEnd = 2 * markLength;
			entries.set(line.slice(0, markLength), {
				parent: line.slice(markLength, parentEnd),
				tag: line.slice(parentEnd, parentEnd + tagLength),
				isFolder: line[parentEnd + tagLength] === 'd',
				name: line.slice(parentEnd + tagLength + 1),
			});
		}
		return new DriveSnapshot(entries);
	}

	copy(): DriveSnapshot {
		return new DriveSnapshot(new Map(this.entries));
	}

	toString(): string {
		const lines: string[] = [];
		for (const [mark, { parent, tag, isFolder, name }] of this.entries) {
			// No service allows a line break in a name; it would end the line.
			lines.push(`${mark}${parent}${tag}${isFolder ? 'd' : 'f'}${name.replaceAll('\n', ' ')}`);
		}
		return lines.join('\n');
	}

	/** Whether an item with this parent is, at any depth, in one of the folders. */
	isWithin(parent: string, folders: { has(mark: string): boolean }): boolean {
		let mark: string | undefined = parent;
		for (let depth = 0; mark !== undefined && depth < deepest; depth++) {
			if (folders.has(mark)) return true;
			mark = this.entries.get(mark)?.parent;
		}
		return false;
	}

	/** Names of the folders from below one of them to the parent, with slashes. */
	pathOf(parent: string, top: string): string {
		const names: string[] = [];
		let mark = parent;
		for (let depth = 0; mark !== top && depth < deepest; depth++) {
			const folder = this.entries.get(mark);
			if (!folder) break;
			names.unshift(folder.name);
			mark = folder.parent;
		}
		return names.join('/');
	}
}
