import { defineResource } from '../../../kit/resource';
import type { SmtpTools } from '../../smtp';
import { verify } from './verify.operation';

export const connection = defineResource<SmtpTools>({
	name: 'Connection',
	value: 'connection',
	description: 'The way to the SMTP server',
	operations: [verify],
});
