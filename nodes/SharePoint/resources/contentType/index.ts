import { defineResource } from '../../../kit/resource';
import { getAll } from './getAll.operation';

export const contentType = defineResource({
	name: 'Content Type',
	value: 'contentType',
	description: 'A content type of a list',
	operations: [getAll],
});
