import { defineResource } from '../../../kit/resource';
import { create } from './create.operation';
import { deleteDraft } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { send } from './send.operation';
import { sendAfterApproval } from './sendAfterApproval.operation';
import { update } from './update.operation';

export const draft = defineResource({
	name: 'Draft',
	value: 'draft',
	description: 'A message that is not sent yet',
	operations: [create, deleteDraft, get, getAll, send, sendAfterApproval, update],
});
