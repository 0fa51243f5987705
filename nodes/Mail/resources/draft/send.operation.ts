import { path } from '../../../../core/graph/path';
import { mailboxField } from '../../../kit/fields/mailbox';
import { defineOperation } from '../../../kit/operation';
import { message } from '../../fields/message';
import { sendRequest } from '../../sending';

export const send = defineOperation({
	name: 'Send',
	value: 'send',
	action: 'Send a draft',
	description: 'Send a message that is in Drafts, as it is',
	permissions: { delegated: 'Mail.Send', application: 'Mail.Send' },
	properties: [
		mailboxField,
		message('messageId', { displayName: 'Draft', searchListMethod: 'searchDrafts' }),
	],
	request: ({ params }) => sendRequest(path`${params.mailbox}/messages/${params.messageId}`),
	shape: (_, { params }) => ({ success: true, id: params.messageId }),
});
