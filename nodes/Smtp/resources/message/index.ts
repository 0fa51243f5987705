import { defineResource } from '../../../kit/resource';
import type { SmtpTools } from '../../smtp';
import { send } from './send.operation';

export const message = defineResource<SmtpTools>({
	name: 'Message',
	value: 'message',
	description: 'An email',
	operations: [send],
});
