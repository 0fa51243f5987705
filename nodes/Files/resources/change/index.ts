import { defineResource } from '../../../kit/resource';
import { getAll } from './getAll.operation';

export const change = defineResource({
	name: 'Change',
	value: 'change',
	description: 'What has happened in a drive since the last time',
	operations: [getAll],
});
