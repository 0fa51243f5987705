import { destinationFields, locationFields } from '../../kit/drive/locationFields';
import { itemField } from '../../kit/drive/itemField';

/** Location and file, first in each operation on a file. */
export const fileFields = [
	...locationFields,
	itemField('item', { displayName: 'File', kind: 'file' }),
] as const;

export const folderFields = [
	...locationFields,
	itemField('item', { displayName: 'Folder', kind: 'folder' }),
] as const;

export const fileOrFolderFields = [
	...locationFields,
	itemField('item', { displayName: 'File or Folder', kind: 'any' }),
] as const;

/** Where something is copied or moved to. */
export const destinationFolderFields = [
	...destinationFields,
	itemField('folder', {
		displayName: 'Destination Folder',
		kind: 'folder',
		role: 'destination',
		description: 'The folder that it is put into',
	}),
] as const;
