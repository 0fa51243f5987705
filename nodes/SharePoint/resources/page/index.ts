import { defineResource } from '../../../kit/resource';
import { create } from './create.operation';
import { deletePage } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { publish } from './publish.operation';
import { update } from './update.operation';

export const page = defineResource({
	name: 'Page',
	value: 'page',
	description: 'A page or news post of a site',
	operations: [create, deletePage, get, getAll, publish, update],
});
