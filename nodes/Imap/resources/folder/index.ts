import { defineResource } from '../../../kit/resource';
import type { ImapTools } from '../../imap';
import { create } from './create.operation';
import { deleteFolder } from './delete.operation';
import { getAll } from './getAll.operation';
import { getStatus } from './getStatus.operation';
import { rename } from './rename.operation';

export const folder = defineResource<ImapTools>({
	name: 'Folder',
	value: 'folder',
	description: 'A folder of the mailbox',
	operations: [getAll, create, deleteFolder, getStatus, rename],
});
