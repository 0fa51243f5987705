import { defineResource } from '../../../kit/resource';
import { create } from './create.operation';
import { send } from './send.operation';

export const draft = defineResource({
	name: 'Draft',
	value: 'draft',
	description: 'A message that is not sent yet',
	operations: [create, send],
});
