import { defineResource } from '../../../kit/resource';
import { create } from './create.operation';
import { deleteRule } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';

export const rule = defineResource({
	name: 'Rule',
	value: 'rule',
	description: 'What Exchange does with incoming messages of the Inbox',
	operations: [getAll, create, deleteRule, get, update],
});
