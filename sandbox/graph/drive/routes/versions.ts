import { answerCollection, type CollectionRules } from '../../odata/collection';
import type { Route } from '../../server/call';
import { driveRead, driveWrite } from '../access';
import { forEachItem } from '../addressing';
import { personView } from '../itemView';
import { invalid, notFound } from '../refusals';
import type { DriveService } from '../service';
import type { StoredDriveItem, StoredVersion } from '../types';

const rules: CollectionRules = { defaultPage: 200, largestPage: 1_000 };

export function versionRoutes(service: DriveService): Route[] {
	const view = (version: StoredVersion) => ({
		id: version.id,
		lastModifiedDateTime: version.modifiedAt,
		size: version.content.size,
		lastModifiedBy: { user: personView(service.directory, version.modifiedBy) },
	});
	return [
		...forEachItem(service, {
			method: 'GET',
			tail: 'versions',
			access: driveRead,
			handle: (call, { item }) => {
				const items = [...item.versions].reverse();
				return { status: 200, json: answerCollection(call, { items, view }, rules) };
			},
		}),
		...forEachItem(service, {
			method: 'GET',
			tail: 'versions/*/content',
			access: driveRead,
			handle: (_call, { drive, item, keys }) => {
				const version = versionOf(item, keys[0]);
				if (version === item.versions.at(-1)) {
					throw invalid('You cannot get the content of the current version.');
				}
				const { content } = version;
				const download = { drive, content, mimeType: item.mimeType, name: item.name };
				const location = service.downloads.offer(service.publicOrigin, download);
				return { status: 302, headers: { Location: location } };
			},
		}),
		...forEachItem(service, {
			method: 'POST',
			tail: 'versions/*/restoreVersion',
			access: driveWrite,
			handle: (call, { drive, item, keys }) => {
				const { content } = versionOf(item, keys[0]);
				drive.addVersion(item, content, service.nameOf(call));
				return { status: 204 };
			},
		}),
	];
}

function versionOf(item: StoredDriveItem, id: string | undefined): StoredVersion {
	const found = item.versions.find((version) => version.id === id);
	if (found === undefined) throw notFound('The version was not found');
	return found;
}
