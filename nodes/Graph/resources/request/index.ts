import { defineResource } from '../../../kit/resource';
import { batch } from './batch.operation';
import { send } from './send.operation';

export const request = defineResource({
	name: 'Request',
	value: 'request',
	description: 'What no other operation does: any request to Microsoft Graph',
	operations: [send, batch],
});
