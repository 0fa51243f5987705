import type { Route } from '../../server/call';
import { driveWrite } from '../access';
import { conflictOf, forEachItem } from '../addressing';
import type { Conflict, Drive } from '../drive';
import { invalid } from '../refusals';
import type { DriveService } from '../service';
import type { StoredDriveItem } from '../types';

interface CopyParameters {
	readonly name?: string;
	readonly parentReference?: { readonly driveId?: string; readonly id?: string };
	readonly includeAllVersionHistory?: boolean;
}

export function copyRoutes(service: DriveService): Route[] {
	return forEachItem(service, {
		method: 'POST',
		tail: 'copy',
		access: driveWrite,
		handle: (call, { drive, item }) => {
			const {
				name = item.name,
				parentReference,
				includeAllVersionHistory = false,
			} = (call.body ?? {}) as CopyParameters;
			const target =
				parentReference?.driveId === undefined ? drive : service.driveById(parentReference.driveId);
			const parent = target.item(parentReference?.id ?? item.parentId ?? 'root');
			if (!parent.isFolder) throw invalid('The parent is not a folder.');
			service.requireOpen(call, target, parent);
			const options = {
				conflict: conflictOf(call, undefined, 'fail'),
				by: service.nameOf(call),
				withVersions: includeAllVersionHistory,
			};
			const monitor = service.jobs.start(
				service.publicOrigin,
				() => copyInto({ drive, item }, { drive: target, parent, name }, options).id,
			);
			return { status: 202, headers: { Location: monitor } };
		},
	});
}

interface CopyOptions {
	readonly conflict: Conflict;
	readonly by: string;
	readonly withVersions: boolean;
}

function copyInto(
	source: { readonly drive: Drive; readonly item: StoredDriveItem },
	target: { readonly drive: Drive; readonly parent: StoredDriveItem; readonly name: string },
	options: CopyOptions,
): StoredDriveItem {
	const { drive, item } = source;
	const { conflict, by, withVersions } = options;
	if (item.isFolder) {
		// Before the copy is there: it may be made inside of what it is made from.
		const children = drive.children(item);
		const folder = target.drive.addFolder(target.parent, target.name, conflict, by);
		for (const child of children) {
			const into = { drive: target.drive, parent: folder, name: child.name };
			copyInto({ drive, item: child }, into, options);
		}
		return folder;
	}
	const versions = withVersions ? item.versions : item.versions.slice(-1);
	let copy: StoredDriveItem | undefined;
	for (const { content } of versions) {
		if (copy) target.drive.addVersion(copy, content, by);
		else {
			const file = { content, mimeType: item.mimeType };
			copy = target.drive.putFile(target.parent, target.name, file, { conflict, by }).item;
		}
	}
	if (copy === undefined) throw invalid('The file has no content.');
	copy.description = item.description;
	return copy;
}
