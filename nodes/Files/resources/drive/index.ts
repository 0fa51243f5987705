import { defineResource } from '../../../kit/resource';
import { get } from './get.operation';
import { getAll } from './getAll.operation';

export const drive = defineResource({
	name: 'Drive',
	value: 'drive',
	description: 'A OneDrive or a document library',
	operations: [getAll, get],
});
