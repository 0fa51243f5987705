import { defineResource } from '../../../kit/resource';
import { archive } from './archive.operation';
import { copy } from './copy.operation';
import { deleteMessage } from './delete.operation';
import { exportMessage } from './export.operation';
import { forward } from './forward.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getHeaders } from './getHeaders.operation';
import { getThread } from './getThread.operation';
import { move } from './move.operation';
import { permanentDelete } from './permanentDelete.operation';
import { reply } from './reply.operation';
import { replyAll } from './replyAll.operation';
import { send } from './send.operation';
import { sendAndWait } from './sendAndWait.operation';
import { update } from './update.operation';

export const message = defineResource({
	name: 'Message',
	value: 'message',
	description: 'An email in any folder',
	operations: [
		send,
		archive,
		copy,
		deleteMessage,
		exportMessage,
		forward,
		get,
		getAll,
		getHeaders,
		getThread,
		move,
		permanentDelete,
		reply,
		replyAll,
		sendAndWait,
		update,
	],
});
