import { defineResource } from '../../../kit/resource';
import { checkIn } from './checkIn.operation';
import { checkOut } from './checkOut.operation';
import { copy } from './copy.operation';
import { deleteFile } from './delete.operation';
import { discardCheckOut } from './discardCheckOut.operation';
import { download } from './download.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getPreview } from './getPreview.operation';
import { getText } from './getText.operation';
import { getThumbnails } from './getThumbnails.operation';
import { move } from './move.operation';
import { permanentDelete } from './permanentDelete.operation';
import { rename } from './rename.operation';
import { search } from './search.operation';
import { update } from './update.operation';
import { upload } from './upload.operation';
import { uploadFromUrl } from './uploadFromUrl.operation';

export const file = defineResource({
	name: 'File',
	value: 'file',
	description: 'A file in OneDrive, SharePoint or Teams',
	operations: [
		upload,
		uploadFromUrl,
		download,
		get,
		getAll,
		search,
		copy,
		move,
		rename,
		update,
		deleteFile,
		permanentDelete,
		checkOut,
		checkIn,
		discardCheckOut,
		getThumbnails,
		getPreview,
		getText,
	],
});
