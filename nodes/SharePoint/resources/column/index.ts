import { defineResource } from '../../../kit/resource';
import { create } from './create.operation';
import { getAll } from './getAll.operation';

export const column = defineResource({
	name: 'Column',
	value: 'column',
	description: 'A column of a list',
	operations: [create, getAll],
});
