import { path } from '../../../../core/graph/path';
import { defineOperation } from '../../../kit/operation';
import { fileOrFolderFields } from '../../fields/items';
import { writes } from '../../shared/permissions';
import { refuseRoot } from '../../shared/refuseRoot';

export const permanentDelete = defineOperation({
	name: 'Delete Permanently',
	value: 'permanentDelete',
	action: 'Delete a file permanently',
	description: 'Remove a file, or a folder with all that is in it, without the recycle bin',
	permissions: writes,
	batchable: true,
	properties: fileOrFolderFields,
	request: ({ params }) => {
		refuseRoot(params.item, 'deleted');
		return { method: 'POST', path: path`${params.item.path}/permanentDelete` };
	},
	shape: () => ({ success: true }),
});
