import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { chown, mkdir, rename, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Whose files they are, where they are not this process's own. */
export interface Owner {
	readonly uid: number;
	readonly gid: number;
}

/** Maildir's letters; a message with none of them is unread. */
const flagLetters: Readonly<Record<string, string>> = {
	'\\Draft': 'D',
	'\\Flagged': 'F',
	'\\Answered': 'R',
	'\\Seen': 'S',
	'\\Deleted': 'T',
};

export interface Delivery {
	readonly content: Readable | Buffer | string;
	/** As shown in IMAP, with `/` between a folder and its subfolder. */
	readonly folder: string;
	/** IMAP's names, such as `\Seen`. */
	readonly flags?: readonly string[];
	/** When it arrived; default: now. */
	readonly receivedAt?: Date;
}

/** Puts messages into a Maildir as a delivery agent does: whole in `tmp`, then at once in `new` or `cur`. */
export class Maildir {
	#number = 0;

	constructor(
		/** The folder that holds INBOX and the others. */
		readonly root: string,
		readonly owner: Owner | undefined,
	) {}

	folderPath(folder: string): string {
		return join(this.root, ...folder.split('/').map(toModifiedUtf7));
	}

	async deliver({ content, folder, flags = [], receivedAt }: Delivery): Promise<string> {
		const path = this.folderPath(folder);
		for (const part of ['tmp', 'new', 'cur']) {
			await this.#own(await makeFolder(join(path, part)));
		}
		this.#number += 1;
		const seconds = Math.floor((receivedAt?.getTime() ?? Date.now()) / 1000);
		const name = `${seconds}.M${this.#number}P${process.pid}Q${randomUUID().slice(0, 8)}.sandbox`;
		const temporary = join(path, 'tmp', name);
		const source = content instanceof Readable ? content : Readable.from([content]);
		await pipeline(source, createWriteStream(temporary));
		await this.#own([temporary]);
		// Dovecot takes the file's time for INTERNALDATE.
		if (receivedAt) await utimes(temporary, receivedAt, receivedAt);
		const { size } = await stat(temporary);
		const letters = flags.map((flag) => flagLetters[flag] ?? '').sort();
		const target =
			letters.length > 0
				? join(path, 'cur', `${name},S=${size}:2,${letters.join('')}`)
				: join(path, 'new', `${name},S=${size}`);
		await rename(temporary, target);
		return target;
	}

	async #own(paths: readonly string[]): Promise<void> {
		if (!this.owner) return;
		for (const path of paths) await chown(path, this.owner.uid, this.owner.gid);
	}
}

/** The folders that had to be made, outermost first. */
async function makeFolder(path: string): Promise<string[]> {
	const first = await mkdir(path, { recursive: true });
	if (first === undefined) return [];
	const made = [first];
	let current = first;
	for (const part of path.slice(first.length).split('/').filter(Boolean)) {
		current = join(current, part);
		made.push(current);
	}
	return made;
}

/** RFC 3501, 5.1.3: how a mailbox's name is written on the wire and on disk. */
function toModifiedUtf7(name: string): string {
	return name.replaceAll('&', '&-').replace(/[^ -~]+/g, (text) => {
		const utf16 = Buffer.from(text, 'utf16le').swap16();
		return `&${utf16.toString('base64').replace(/=+$/, '').replaceAll('/', ',')}-`;
	});
}
