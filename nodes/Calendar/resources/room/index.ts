import { defineResource } from '../../../kit/resource';
import { getAll } from './getAll.operation';
import { getLists } from './getLists.operation';

export const room = defineResource({
	name: 'Room',
	value: 'room',
	description: 'A meeting room of the organization',
	operations: [getAll, getLists],
});
