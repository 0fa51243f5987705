import { defineResource } from '../../../kit/resource';
import { create } from './create.operation';
import { deleteCategory } from './delete.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';

export const category = defineResource({
	name: 'Category',
	value: 'category',
	description: 'A name with a color that messages are marked with',
	operations: [getAll, create, deleteCategory, update],
});
