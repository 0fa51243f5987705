import type { INodeParameters } from 'n8n-workflow';
import type { StoredDriveItem } from '../../../sandbox/graph/drive/types';
import { byId, byPath, type FilesSandbox } from './filesSandbox';

type Minimal = (
	item: StoredDriveItem,
	folder: StoredDriveItem,
	sandbox: FilesSandbox,
) => INodeParameters;

const file: Minimal = ({ id }) => ({ item: byId(id) });
const folder: Minimal = (_, { id }) => ({ item: byId(id) });

/** The least that each operation needs, on a file or folder of Ana's OneDrive. */
export const cases: Readonly<Record<string, Minimal>> = {
	'change/getAll': () => ({ since: 'beginning' }),
	'drive/get': () => ({}),
	'drive/getAll': () => ({}),
	'file/checkIn': file,
	'file/checkOut': file,
	'file/copy': ({ id }) => ({ item: byId(id), folder: byPath('To'), conflict: 'rename' }),
	'file/delete': file,
	'file/discardCheckOut': file,
	'file/download': file,
	'file/get': file,
	'file/getAll': () => ({ folder: byPath('Docs') }),
	'file/getPreview': file,
	'file/getText': file,
	'file/getThumbnails': file,
	'file/move': ({ id }) => ({ item: byId(id), folder: byPath('To') }),
	'file/permanentDelete': file,
	'file/rename': ({ id }) => ({ item: byId(id), name: 'New.txt' }),
	'file/search': () => ({ query: 'a' }),
	'file/update': ({ id }) => ({ item: byId(id), changes: { description: 'New' } }),
	'file/upload': () => ({ folder: byPath('/'), conflict: 'replace' }),
	'file/uploadFromUrl': (_item, _folder, sandbox) => ({
		folder: byPath('/'),
		conflict: 'replace',
		url: sandbox.drives.downloads.offer(sandbox.graph.uploadUrl, {
			content: Buffer.from('from the web'),
			mimeType: 'text/plain',
			name: 'web.txt',
		}),
	}),
	'folder/copy': (_, { id }) => ({ item: byId(id), folder: byPath('To'), conflict: 'rename' }),
	'folder/create': () => ({ name: 'New' }),
	'folder/delete': folder,
	'folder/downloadZip': folder,
	'folder/get': folder,
	'folder/getAll': folder,
	'folder/move': (_, { id }) => ({ item: byId(id), folder: byPath('To') }),
	'folder/rename': (_, { id }) => ({ item: byId(id), name: 'New' }),
	'sharing/createLink': file,
	'sharing/deletePermission': (item) => ({ item: byId(item.id), permission: permissionId(item) }),
	'sharing/getPermissions': file,
	'sharing/invite': ({ id }) => ({ item: byId(id), recipients: 'ben@contoso.example' }),
	'sharing/resolveLink': () => ({
		link: 'https://contoso-my.sharepoint.example/personal/ana_contoso_example/Documents/Docs/a.txt',
	}),
	'sharing/updatePermission': (item) => ({
		item: byId(item.id),
		permission: permissionId(item),
		changes: { role: 'write' },
	}),
	'version/download': ({ id }) => ({ item: byId(id), version: '1.0' }),
	'version/getAll': file,
	'version/restore': ({ id }) => ({ item: byId(id), version: '1.0' }),
};

const permissionId = (item: StoredDriveItem): string => item.permissions[0]?.id ?? '';

/** What the drive needs for it, and the parameters. */
export function prepare(sandbox: FilesSandbox, key: string): INodeParameters {
	const [resource = '', operation = ''] = key.split('/');
	sandbox.folder('To');
	sandbox.put('Docs/a.txt', 'first');
	const item = sandbox.put('Docs/a.txt', 'second');
	item.permissions.push({
		id: 'permission-1',
		roles: ['read'],
		grantedTo: ['ben@contoso.example'],
		hasPassword: false,
	});
	if (/checkIn|discardCheckOut/.test(operation)) item.checkedOutBy = 'ana@contoso.example';
	const { drives } = sandbox;
	const parent = drives.driveById('b!sandbox-onedrive-0001').item(item.parentId ?? '');
	return { resource, operation, ...cases[key]?.(item, parent, sandbox) };
}

/** Of an input item; some operations send it. */
export const files = {
	data: { fileName: 'upload.txt', mimeType: 'text/plain', content: Buffer.from('hello') },
};
