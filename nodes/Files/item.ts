import type { DriveItem, IdentitySet } from '@microsoft/microsoft-graph-types';
import type { IDataObject } from 'n8n-workflow';
import type { ItemAddress } from '../../core/drive/itemAddress';
import { type GraphPath, path } from '../../core/graph/path';
import type { GraphClient } from '../../core/graph/types';
import { ItemAddress as Address } from '../../core/drive/itemAddress';

/** What a simplified item is made of. */
export const itemSelect =
	'id,name,file,folder,package,size,webUrl,parentReference,createdDateTime,createdBy,lastModifiedDateTime,lastModifiedBy,eTag';

/** `$select` and `$expand` for items; raw output has everything. */
export function itemQuery(
	simplify: boolean,
	includeColumns = false,
): { $select?: string; $expand?: string } {
	return {
		...(simplify && { $select: itemSelect }),
		...(includeColumns && { $expand: 'listItem($expand=fields)' }),
	};
}

/** A file or folder as one flat object that has the same keys for every one. */
export function simplifyItem(item: DriveItem): IDataObject {
	const fields = item.listItem?.fields as IDataObject | undefined;
	return {
		id: item.id ?? '',
		driveId: item.parentReference?.driveId ?? '',
		name: item.name ?? '',
		type: kindOf(item),
		path: pathOf(item),
		size: item.size ?? 0,
		mimeType: item.file?.mimeType ?? '',
		webUrl: item.webUrl ?? '',
		childCount: item.folder?.childCount ?? 0,
		parentId: item.parentReference?.id ?? '',
		createdDateTime: item.createdDateTime ?? '',
		createdBy: personOf(item.createdBy),
		lastModifiedDateTime: item.lastModifiedDateTime ?? '',
		lastModifiedBy: personOf(item.lastModifiedBy),
		eTag: item.eTag ?? '',
		...(fields && { fields: withoutAnnotations(fields) }),
	};
}

export const outputItem = (item: DriveItem, simplify: boolean): IDataObject =>
	simplify ? simplifyItem(item) : { ...item };

/** OneNote notebooks are packages. */
export function kindOf({
	folder,
	package: notebook,
	file,
}: DriveItem): 'file' | 'folder' | 'notebook' {
	if (notebook) return 'notebook';
	return folder && !file ? 'folder' : 'file';
}

/** From the top of its drive, e.g. `Invoices/2026/May.pdf`. Search results don't have it. */
export function pathOf({ name, parentReference }: DriveItem): string {
	const parent = /root:\/?(.*)$/.exec(parentReference?.path ?? '')?.[1];
	if (parent === undefined) return '';
	const folder = decoded(parent);
	return folder === '' ? (name ?? '') : `${folder}/${name ?? ''}`;
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

function personOf(identity: IdentitySet | null | undefined): string {
	const { user, application } = identity ?? {};
	const email = (user as { email?: string } | null | undefined)?.email;
	return email ?? user?.displayName ?? application?.displayName ?? '';
}

function withoutAnnotations(fields: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(fields).filter(([name]) => !name.startsWith('@odata')));
}

/** An item by the id and drive that Graph knows it by, whatever it was addressed by. */
export interface KnownItem {
	readonly item: DriveItem;
	readonly id: string;
	readonly driveId: string;
	readonly address: ItemAddress;
}

export async function readItem(graph: GraphClient, address: ItemAddress): Promise<KnownItem> {
	return knownItem(
		await graph.request<DriveItem>({
			method: 'GET',
			path: address.path,
			query: { $select: itemSelect },
		}),
	);
}

export function knownItem(item: DriveItem): KnownItem {
	const id = item.id ?? '';
	const driveId = item.parentReference?.driveId ?? '';
	return { item, id, driveId, address: Address.item(driveRoot(driveId), id) };
}

export const driveRoot = (driveId: string): GraphPath => path`/drives/${driveId}`;
