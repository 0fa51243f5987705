import { defineResource } from '../../../kit/resource';
import { deleteMessage } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { move } from './move.operation';
import { reply } from './reply.operation';
import { replyAll } from './replyAll.operation';
import { send } from './send.operation';
import { update } from './update.operation';

export const message = defineResource({
	name: 'Message',
	value: 'message',
	description: 'An email in any folder',
	operations: [send, deleteMessage, get, getAll, move, reply, replyAll, update],
});
