import { defineResource } from '../../../kit/resource';
import { getAll } from './getAll.operation';
import { getMembers } from './getMembers.operation';

export const group = defineResource({
	name: 'Group',
	value: 'group',
	description: 'Microsoft 365 groups, security groups and distribution lists',
	operations: [getAll, getMembers],
});
