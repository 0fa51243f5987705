import type { MailFolder } from '@microsoft/microsoft-graph-types';
import type { IDataObject } from 'n8n-workflow';

/** A folder as one flat object that has the same keys for every folder. */
export function simplifyFolder(folder: MailFolder): IDataObject {
	return {
		id: folder.id ?? '',
		name: folder.displayName ?? '',
		parentFolderId: folder.parentFolderId ?? '',
		messages: folder.totalItemCount ?? 0,
		unread: folder.unreadItemCount ?? 0,
		subfolders: folder.childFolderCount ?? 0,
	};
}
