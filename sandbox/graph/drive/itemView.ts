import type { Entity } from '../odata/evaluate';
import type { ODataQuery } from '../odata/query';
import type { SandboxDirectory } from '../../directory';
import type { Drive } from './drive';
import type { StoredDriveItem, StoredPermission } from './types';

export interface ViewContext {
	readonly directory: SandboxDirectory;
	/** Where pre-authorised addresses are. */
	readonly publicOrigin: string;
	readonly downloadUrl: (drive: Drive, item: StoredDriveItem) => string;
}

export function itemView(context: ViewContext, drive: Drive, item: StoredDriveItem): Entity {
	const isRoot = item === drive.root;
	const current = item.versions.at(-1);
	return {
		...(current && { '@microsoft.graph.downloadUrl': context.downloadUrl(drive, item) }),
		createdDateTime: item.createdAt,
		eTag: `"{${item.guid.toUpperCase()}},${item.changes}"`,
		id: item.id,
		lastModifiedDateTime: item.modifiedAt,
		name: item.name,
		webUrl: webUrlOf(drive, item),
		cTag: `"c:{${item.guid.toUpperCase()}},${item.changes}"`,
		size: drive.sizeOf(item),
		...(item.description !== '' && { description: item.description }),
		createdBy: { user: personView(context.directory, item.createdBy) },
		lastModifiedBy: { user: personView(context.directory, item.modifiedBy) },
		parentReference: parentView(drive, item),
		fileSystemInfo: item.fileSystem,
		...(isRoot && { root: {} }),
		...(item.isFolder
			? { folder: { childCount: drive.children(item).length } }
			: {
					file: {
						mimeType: item.mimeType,
						hashes: { quickXorHash: current?.content.hash ?? '' },
					},
				}),
		...(item.permissions.length > 0 && { shared: { scope: 'users' } }),
		...(item.checkedOutBy !== undefined && {
			publication: {
				level: 'checkout',
				versionId: current?.id ?? '1.0',
				checkedOutBy: { user: personView(context.directory, item.checkedOutBy) },
			},
		}),
	};
}

function parentView(drive: Drive, item: StoredDriveItem): Entity {
	const { type, id, site } = drive.options;
	const common = { driveType: type, driveId: id, ...(site && { siteId: site.id.split(',')[1] }) };
	if (item.parentId === undefined) return common;
	const parent = drive.item(item.parentId);
	const path = drive.pathOf(parent).map(encodeURIComponent).join('/');
	return {
		...common,
		id: parent.id,
		name: parent === drive.root ? drive.options.name : parent.name,
		path: `/drives/${id}/root:${path === '' ? '' : `/${path}`}`,
	};
}

export function webUrlOf(drive: Drive, item: StoredDriveItem): string {
	const names = drive.pathOf(item).map((name) => encodeURIComponent(name));
	return [drive.options.webUrl, ...names].join('/');
}

export function personView(directory: SandboxDirectory, name: string): Entity {
	const user = directory.users.find(({ userPrincipalName }) => userPrincipalName === name);
	return user
		? { email: user.userPrincipalName, id: user.id, displayName: user.displayName }
		: { displayName: name, ...(name.includes('@') && { email: name }) };
}

export function driveView({ directory }: ViewContext, drive: Drive): Entity {
	const { id, name, type, webUrl, owner, ownerName } = drive.options;
	const used = drive.sizeOf(drive.root);
	const total = 1_099_511_627_776;
	return {
		createdDateTime: drive.root.createdAt,
		description: '',
		id,
		lastModifiedDateTime: drive.root.modifiedAt,
		name,
		webUrl,
		driveType: type,
		owner: owner
			? { user: personView(directory, owner.userPrincipalName) }
			: { group: { displayName: ownerName } },
		quota: { deleted: 0, remaining: total - used, state: 'normal', total, used },
	};
}

export function permissionView(context: ViewContext, permission: StoredPermission): Entity {
	const people = permission.grantedTo.map((name) => ({
		user: personView(context.directory, name),
	}));
	const { id, roles, link, hasPassword, expirationDateTime } = permission;
	return {
		id,
		roles,
		...(expirationDateTime !== undefined && { expirationDateTime }),
		hasPassword,
		...(link
			? {
					shareId: `u!${Buffer.from(link.webUrl).toString('base64url')}`,
					link: { ...link, preventsDownload: false },
					...(people.length > 0 && { grantedToIdentitiesV2: people }),
				}
			: { grantedToV2: people[0] }),
	};
}

/** What `$expand` adds. */
export function expansions(
	context: ViewContext,
	drive: Drive,
	item: StoredDriveItem,
	query: ODataQuery,
): Entity {
	const added: Record<string, unknown> = {};
	for (const { path, query: inner } of query.expand ?? []) {
		if (path === 'children') {
			added[path] = drive.children(item).map((child) => itemView(context, drive, child));
		} else if (path === 'listItem') {
			const hasFields = inner.expand?.some((each) => each.path === 'fields') === true;
			added[path] = {
				id: item.id.slice(-6),
				...(hasFields && { fields: fieldsView(drive, item) }),
			};
		} else if (path === 'permissions') {
			added[path] = item.permissions.map((each) => permissionView(context, each));
		}
	}
	return added;
}

export function fieldsView(drive: Drive, item: StoredDriveItem): Entity {
	const isPerson = (name: string): boolean =>
		/person|lookup/i.test(
			drive.options.list?.columns.find((each) => each.name === name)?.kind ?? '',
		);
	return {
		FileLeafRef: item.name,
		...Object.fromEntries(
			Object.entries(item.fields).map(([name, value]) => [
				isPerson(name) ? `${name}LookupId` : name,
				value,
			]),
		),
	};
}
