import { defineResource } from '../../../kit/resource';
import { create } from './create.operation';
import { createMany } from './createMany.operation';
import { deleteItem } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getVersions } from './getVersions.operation';
import { update } from './update.operation';
import { upsert } from './upsert.operation';

export const item = defineResource({
	name: 'Item',
	value: 'item',
	description: 'An item of a list',
	operations: [create, createMany, deleteItem, get, getAll, getVersions, update, upsert],
});
