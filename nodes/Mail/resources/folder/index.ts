import { defineResource } from '../../../kit/resource';
import { copy } from './copy.operation';
import { create } from './create.operation';
import { deleteFolder } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { markAllRead } from './markAllRead.operation';
import { move } from './move.operation';
import { update } from './update.operation';

export const folder = defineResource({
	name: 'Folder',
	value: 'folder',
	description: 'A folder of a mailbox',
	operations: [getAll, copy, create, deleteFolder, get, markAllRead, move, update],
});
