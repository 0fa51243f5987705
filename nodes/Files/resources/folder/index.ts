import { defineResource } from '../../../kit/resource';
import { copy } from './copy.operation';
import { create } from './create.operation';
import { deleteFolder } from './delete.operation';
import { downloadZip } from './downloadZip.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { move } from './move.operation';
import { rename } from './rename.operation';

export const folder = defineResource({
	name: 'Folder',
	value: 'folder',
	description: 'A folder and what is in it',
	operations: [getAll, create, get, copy, move, rename, deleteFolder, downloadZip],
});
