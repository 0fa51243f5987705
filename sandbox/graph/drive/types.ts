import type { SandboxUser } from '../../directory';
import type { SandboxSite } from '../sharepoint/sites';
import type { StoredList } from '../sharepoint/types';

/** Content of a file, on disk. */
export interface StoredContent {
	readonly file: string;
	readonly size: number;
	/** As the `quickXorHash` of Graph is for clients: equal for equal contents. */
	readonly hash: string;
}

export interface StoredVersion {
	/** `1.0`, `2.0` … */
	readonly id: string;
	readonly content: StoredContent;
	readonly modifiedAt: string;
	readonly modifiedBy: string;
}

export interface StoredPermission {
	readonly id: string;
	roles: string[];
	readonly link?: {
		readonly type: string;
		readonly scope: string;
		readonly webUrl: string;
	};
	/** User principal names or addresses. */
	readonly grantedTo: readonly string[];
	readonly hasPassword: boolean;
	expirationDateTime?: string;
}

export interface StoredDriveItem {
	readonly id: string;
	readonly guid: string;
	name: string;
	/** `undefined` of the root. */
	parentId: string | undefined;
	readonly isFolder: boolean;
	mimeType: string;
	/** The last is the current one; none of folders. */
	versions: StoredVersion[];
	description: string;
	fields: Readonly<Record<string, unknown>>;
	permissions: StoredPermission[];
	checkedOutBy?: string;
	createdAt: string;
	createdBy: string;
	modifiedAt: string;
	modifiedBy: string;
	fileSystem: { createdDateTime: string; lastModifiedDateTime: string };
	/** The drive's at the last change. */
	revision: number;
	changes: number;
}

export interface DriveOptions {
	readonly id: string;
	readonly name: string;
	readonly type: 'business' | 'documentLibrary';
	readonly webUrl: string;
	readonly ownerName: string;
	readonly owner?: SandboxUser;
	readonly site?: SandboxSite;
	readonly list?: StoredList;
}
