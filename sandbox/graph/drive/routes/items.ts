import { answerCollection, selectFrom, type CollectionRules } from '../../odata/collection';
import { RefusedError } from '../../refused';
import type { GraphCall, Route } from '../../server/call';
import { driveRead, driveSearch, driveWrite } from '../access';
import { conflictOf, forEachItem } from '../addressing';
import { deltaPage } from '../delta';
import type { Drive } from '../drive';
import { expansions } from '../itemView';
import { invalid } from '../refusals';
import type { DriveService } from '../service';
import type { StoredDriveItem } from '../types';

const rules: CollectionRules = { defaultPage: 200, largestPage: 1_000 };

interface Changes {
	readonly name?: string;
	readonly description?: string;
	readonly parentReference?: { readonly id?: string; readonly driveId?: string };
	readonly fileSystemInfo?: Readonly<Record<string, string>>;
}

export function itemRoutes(service: DriveService): Route[] {
	const answerItem = (call: GraphCall, drive: Drive, item: StoredDriveItem) => ({
		...selectFrom(service.itemView(drive, item), call.target.query),
		...expansions(service.view, drive, item, call.target.query),
	});
	const answerItems = (call: GraphCall, drive: Drive, items: readonly StoredDriveItem[]) =>
		answerCollection(
			call,
			{
				items,
				view: (item) => service.itemView(drive, item),
				expand: (item) => expansions(service.view, drive, item, call.target.query),
			},
			rules,
		);
	return [
		...forEachItem(service, {
			method: 'GET',
			tail: '',
			access: driveRead,
			handle: (call, { drive, item }) => ({ status: 200, json: answerItem(call, drive, item) }),
		}),
		...forEachItem(service, {
			method: 'PATCH',
			tail: '',
			access: driveWrite,
			handle: (call, { drive, item }) => {
				requireMatch(call, service, drive, item);
				change(service, call, drive, item);
				return { status: 200, json: answerItem(call, drive, item) };
			},
		}),
		...forEachItem(service, {
			method: 'DELETE',
			tail: '',
			access: driveWrite,
			handle: (call, { drive, item }) => {
				requireMatch(call, service, drive, item);
				drive.requireUnlocked(item, service.nameOf(call));
				drive.remove(item);
				return { status: 204 };
			},
		}),
		...forEachItem(service, {
			method: 'POST',
			tail: 'permanentDelete',
			access: driveWrite,
			handle: (_call, { drive, item }) => {
				drive.remove(item);
				return { status: 204 };
			},
		}),
		...forEachItem(service, {
			method: 'GET',
			tail: 'children',
			access: driveRead,
			handle: (call, { drive, item }) => ({
				status: 200,
				json: answerItems(call, drive, drive.children(item)),
			}),
		}),
		...forEachItem(service, {
			method: 'POST',
			tail: 'children',
			access: driveWrite,
			handle: (call, { drive, item }) => {
				const { name, folder } = (call.body ?? {}) as { name?: string; folder?: unknown };
				if (typeof name !== 'string' || folder === undefined || !item.isFolder) {
					throw invalid('A folder needs a name, the facet folder, and a parent that is a folder.');
				}
				const conflict = conflictOf(call, call.body, 'fail');
				const made = drive.addFolder(item, name, conflict, service.nameOf(call));
				return { status: 201, json: service.itemView(drive, made) };
			},
		}),
		...forEachItem(service, {
			method: 'GET',
			tail: 'search',
			access: driveSearch,
			handle: (call, { drive, item }) => {
				const last = call.target.segments.at(-1);
				const words = (last?.kind === 'operation' ? (last.arguments['q'] ?? '') : '')
					.toLowerCase()
					.split(/\s+/);
				const found = drive
					.descendants(item)
					.filter((each) => words.every((word) => searchText(drive, each).includes(word)));
				return { status: 200, json: answerItems(call, drive, found) };
			},
		}),
		...forEachItem(service, {
			method: 'GET',
			tail: 'delta',
			access: driveRead,
			handle: (call, { drive, item }) => {
				if (item !== drive.root) throw invalid('Delta is supported on the root of a drive only.');
				return deltaPage(call, drive, (each) =>
					selectFrom(service.itemView(drive, each), call.target.query),
				);
			},
		}),
		...forEachItem(service, {
			method: 'PATCH',
			tail: 'listItem/fields',
			access: driveWrite,
			handle: (call, { drive, item }) => ({
				status: 200,
				json: service.writeFields(call, drive, item),
			}),
		}),
	];
}

function change(service: DriveService, call: GraphCall, drive: Drive, item: StoredDriveItem): void {
	const { name, description, parentReference, fileSystemInfo } = (call.body ?? {}) as Changes;
	const by = service.nameOf(call);
	if (parentReference?.driveId !== undefined && parentReference.driveId !== drive.id) {
		throw new RefusedError(
			400,
			'notSupported',
			'Moving an item to another drive is not supported.',
		);
	}
	if (name !== undefined || parentReference?.id !== undefined) {
		drive.move(item, {
			...(name !== undefined && { name }),
			...(parentReference?.id !== undefined && { parent: drive.item(parentReference.id) }),
			conflict: conflictOf(call, call.body, 'fail'),
			by,
		});
	}
	if (description !== undefined) item.description = description ?? '';
	drive.touch(item, by);
	if (fileSystemInfo !== undefined) item.fileSystem = { ...item.fileSystem, ...fileSystemInfo };
}

/** @throws {RefusedError} 412 where the item has changed since */
function requireMatch(
	{ headers }: GraphCall,
	service: DriveService,
	drive: Drive,
	item: StoredDriveItem,
): void {
	const wanted = headers['if-match'];
	const { eTag } = service.itemView(drive, item);
	if (wanted === undefined || wanted === '*' || wanted === eTag) return;
	throw new RefusedError(412, 'resourceModified', "ETag does not match current item's value");
}

/** Names, and what small files say: the index of real drives lags by minutes. */
function searchText(drive: Drive, item: StoredDriveItem): string {
	const current = item.versions.at(-1);
	const text =
		current && item.mimeType.startsWith('text/') && current.content.size < 65_536
			? drive.content.read(current.content).toString('utf8')
			: '';
	return `${item.name} ${text}`.toLowerCase();
}
