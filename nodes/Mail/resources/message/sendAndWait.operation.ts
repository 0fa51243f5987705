import { mailboxField } from '../../../kit/fields/mailbox';
import { defineOperation } from '../../../kit/operation';
import { questionFields, questionOf } from '../../../kit/review/question';

export const sendAndWait = defineOperation({
	name: 'Send and Wait for Response',
	value: 'sendAndWait',
	action: 'Send a message and wait for a response',
	description: 'Ask people by email, and continue the workflow with the first answer',
	permissions: { delegated: 'Mail.Send', application: 'Mail.Send' },
	properties: [mailboxField, ...questionFields],
	review: {
		ask: ({ params }) => ({ mailbox: params.mailbox, ...questionOf(params) }),
	},
});
