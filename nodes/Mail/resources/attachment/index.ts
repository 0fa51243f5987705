import { defineResource } from '../../../kit/resource';
import { add } from './add.operation';
import { deleteAttachment } from './delete.operation';
import { download } from './download.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';

export const attachment = defineResource({
	name: 'Attachment',
	value: 'attachment',
	description: 'A file or item that is attached to a message',
	operations: [download, add, deleteAttachment, get, getAll],
});
