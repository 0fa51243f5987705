import { defineResource } from '../../../kit/resource';
import type { ImapTools } from '../../imap';
import { append } from './append.operation';
import { copy } from './copy.operation';
import { deleteMessages } from './delete.operation';
import { download } from './download.operation';
import { downloadAttachments } from './downloadAttachments.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { move } from './move.operation';
import { setFlags } from './setFlags.operation';

export const message = defineResource<ImapTools>({
	name: 'Message',
	value: 'message',
	description: 'A message in a folder',
	operations: [
		getAll,
		append,
		copy,
		deleteMessages,
		download,
		downloadAttachments,
		get,
		move,
		setFlags,
	],
});
