import { defineResource } from '../../../kit/resource';
import { create } from './create.operation';
import { deleteList } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';

export const list = defineResource({
	name: 'List',
	value: 'list',
	description: 'A list or document library of a site',
	operations: [create, deleteList, get, getAll, update],
});
