import { defineResource } from '../../../kit/resource';
import { getAll } from './getAll.operation';

export const folder = defineResource({
	name: 'Folder',
	value: 'folder',
	description: 'A folder of a mailbox',
	operations: [getAll],
});
