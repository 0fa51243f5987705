import { defineResource } from '../../../kit/resource';
import { download } from './download.operation';
import { getAll } from './getAll.operation';

export const attachment = defineResource({
	name: 'Attachment',
	value: 'attachment',
	description: 'A file or item that is attached to a message',
	operations: [download, getAll],
});
