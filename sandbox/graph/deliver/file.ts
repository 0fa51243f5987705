import type { Drive } from '../drive/drive';
import { namesOf } from '../drive/drive';
import type { DriveService } from '../drive/service';
import type { StoredDriveItem } from '../drive/types';
import { mimeTypeOf } from '../drive/uploadSessions';
import { RefusedError } from '../refused';

/** What somebody else does in a drive. */
export interface DeliverFile {
	/** A drive's id, whose OneDrive it is, or a site's name for its documents. */
	readonly drive: string;
	/** Folders on the way are made; a file that is there gets a new version. `{n}` is the number. */
	readonly path: string;
	readonly text?: string;
	readonly base64?: string;
	/** Default: Ben. */
	readonly from?: string;
	/** So many, the first with number 1; `path` has `{n}`. */
	readonly count?: number;
	/** Instead of a file. */
	readonly folder?: true;
	/** To a new path in the drive: moved, renamed or both. */
	readonly moveTo?: string;
	/** What it is a copy of, in any drive. The copy keeps its times, as synchronised files do. */
	readonly copyFrom?: { readonly drive: string; readonly path: string };
	readonly delete?: true;
	/** When the file says that it was made and changed, e.g. of an old one that was moved in. */
	readonly createdDateTime?: string;
	readonly lastModifiedDateTime?: string;
}

export interface DeliveredFile {
	readonly id: string;
	readonly driveId: string;
	readonly ids: readonly string[];
}

export function deliverFile(drives: DriveService, request: DeliverFile): DeliveredFile {
	const drive = driveOf(drives, request.drive);
	const { path, count = 1 } = request;
	const ids = Array.from(
		{ length: count },
		(_, index) => deliverOne(drives, drive, request, path.replaceAll('{n}', String(index + 1))).id,
	);
	return { id: ids[0] ?? '', driveId: drive.id, ids };
}

function deliverOne(
	drives: DriveService,
	drive: Drive,
	request: DeliverFile,
	path: string,
): StoredDriveItem {
	const { from: by = 'ben@contoso.example', moveTo, copyFrom } = request;
	if (request.delete === true) {
		const item = drive.byPath(drive.root, path);
		drive.remove(item);
		return item;
	}
	if (moveTo !== undefined) {
		const item = drive.byPath(drive.root, path);
		const names = namesOf(moveTo);
		const parent = drive.ensureFolder(drive.root, names.slice(0, -1), by);
		drive.move(item, { parent, name: names.at(-1) ?? item.name, conflict: 'fail', by });
		return item;
	}
	if (request.folder === true) return drive.ensureFolder(drive.root, namesOf(path), by);
	const source =
		copyFrom === undefined ? undefined : fileAt(driveOf(drives, copyFrom.drive), copyFrom.path);
	const bytes = source ? drives.content.read(source.content) : bytesOf(request);
	const item = drives.put(drive.id, path, bytes, by, mimeTypeOf(path));
	const { createdDateTime, lastModifiedDateTime } = { ...source?.item.fileSystem, ...request };
	item.fileSystem = {
		createdDateTime: createdDateTime ?? item.fileSystem.createdDateTime,
		lastModifiedDateTime: lastModifiedDateTime ?? item.fileSystem.lastModifiedDateTime,
	};
	return item;
}

function fileAt(drive: Drive, path: string) {
	const item = drive.byPath(drive.root, path);
	const content = item.versions.at(-1)?.content;
	if (content === undefined) throw refused(`${path} is not a file`);
	return { item, content };
}

function bytesOf({ text = '', base64 }: DeliverFile): Buffer {
	return base64 === undefined ? Buffer.from(text) : Buffer.from(base64, 'base64');
}

function driveOf(drives: DriveService, key: string): Drive {
	const user = drives.user(key);
	if (user) return drives.driveOfUser(user);
	const site = drives.sites.sharePoint.sites.find(({ name }) => name === key);
	return drives.driveById(site?.documents.driveId ?? key);
}

function refused(message: string): RefusedError {
	return new RefusedError(400, 'SandboxControl', message);
}
