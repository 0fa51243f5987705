import { randomUUID } from 'node:crypto';
import { RefusedError } from '../refused';
import type { GraphAnswer, IncomingCall } from '../server/call';
import type { Conflict, Drive } from './drive';
import { invalid, notFound } from './refusals';
import type { StoredDriveItem } from './types';

const chunkUnit = 320 * 1024;
const largestRange = 60 * 1024 * 1024;
const lifetimeMs = 24 * 60 * 60 * 1000;

interface Session {
	readonly drive: Drive;
	readonly parent: StoredDriveItem;
	readonly name: string;
	readonly conflict: Conflict;
	readonly by: string;
	readonly file: string;
	readonly expiresAt: number;
	total: number | undefined;
	received: number;
}

export interface NewSession {
	readonly drive: Drive;
	readonly parent: StoredDriveItem;
	readonly name: string;
	readonly conflict: Conflict;
	readonly by: string;
}

/** Upload sessions for files, by learn.microsoft.com/graph/api/driveitem-createuploadsession. */
export class DriveUploads {
	readonly #sessions = new Map<string, Session>();

	get open(): number {
		return this.#sessions.size;
	}

	create(origin: string, session: NewSession): Readonly<Record<string, unknown>> {
		const token = randomUUID();
		const { drive } = session;
		const stored: Session = {
			...session,
			file: drive.content.begin(),
			expiresAt: drive.clock.now() + lifetimeMs,
			total: undefined,
			received: 0,
		};
		this.#sessions.set(token, stored);
		return {
			uploadUrl: `${origin}/drive/uploads/${token}?tempauth=${randomUUID()}`,
			...status(stored),
		};
	}

	clear(): void {
		this.#sessions.clear();
	}

	answer(
		token: string,
		incoming: IncomingCall,
		view: (drive: Drive, item: StoredDriveItem) => unknown,
	): GraphAnswer {
		const session = this.#sessions.get(token);
		if (session === undefined || session.expiresAt <= session.drive.clock.now()) {
			this.#sessions.delete(token);
			throw notFound('The upload session was not found');
		}
		switch (incoming.method) {
			case 'GET':
				return { status: 200, json: status(session) };
			case 'DELETE':
				this.#sessions.delete(token);
				return { status: 204 };
			case 'PUT':
				return this.#put(token, session, incoming, view);
		}
		throw new RefusedError(405, 'notAllowed', 'The method is not allowed.');
	}

	#put(
		token: string,
		session: Session,
		{ headers, bytes }: IncomingCall,
		view: (drive: Drive, item: StoredDriveItem) => unknown,
	): GraphAnswer {
		const { drive } = session;
		const [, first, last, total] =
			/^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers['content-range'] ?? '') ?? [];
		if (first === undefined || last === undefined || total === undefined) {
			throw invalid('The Content-Range header is missing or malformed.');
		}
		session.total ??= Number(total);
		const isLast = Number(last) === session.total - 1;
		if (Number(total) !== session.total) throw invalid('The total size has changed.');
		if (bytes.length >= largestRange) {
			throw new RefusedError(413, 'requestEntityTooLarge', 'A range must be smaller than 60 MiB.');
		}
		if (Number(first) !== session.received) {
			throw new RefusedError(
				416,
				'invalidRange',
				'The uploaded fragment is out of order or was received already.',
			);
		}
		if (Number(last) - Number(first) + 1 !== bytes.length)
			throw invalid('The length of the content is not that of its range.');
		if (!isLast && bytes.length % chunkUnit !== 0) {
			throw invalid('A fragment that is not the last has to be a multiple of 320 KiB.');
		}
		drive.content.append(session.file, bytes);
		session.received += bytes.length;
		if (!isLast) return { status: 202, json: status(session) };
		this.#sessions.delete(token);
		const file = {
			content: drive.content.finish(session.file),
			mimeType: mimeTypeOf(session.name),
		};
		const { item, isNew } = drive.putFile(session.parent, session.name, file, session);
		return { status: isNew ? 201 : 200, json: view(drive, item) };
	}
}

function status({ expiresAt, received }: Session): Readonly<Record<string, unknown>> {
	return {
		expirationDateTime: new Date(expiresAt).toISOString(),
		nextExpectedRanges: [`${received}-`],
	};
}

const mimeTypes: Readonly<Record<string, string>> = {
	txt: 'text/plain',
	csv: 'text/csv',
	html: 'text/html',
	json: 'application/json',
	pdf: 'application/pdf',
	png: 'image/png',
	jpg: 'image/jpeg',
	zip: 'application/zip',
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
};

/** By the name, as OneDrive does it. */
export function mimeTypeOf(name: string): string {
	return mimeTypes[/\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''] ?? 'application/octet-stream';
}
