import { defineResource } from '../../../kit/resource';
import { download } from './download.operation';
import { getAll } from './getAll.operation';
import { restore } from './restore.operation';

export const version = defineResource({
	name: 'Version',
	value: 'version',
	description: 'What a file was before',
	operations: [getAll, download, restore],
});
