import { defineOperation, item } from '../../../kit/operation';
import { replyFields, sendReply } from '../../replying';
import { simplifyMessage } from '../../simplify';

export const replyAll = defineOperation({
	name: 'Reply All',
	value: 'replyAll',
	action: 'Reply to everyone on a message',
	description:
		'Answer the sender and all recipients of a message within its conversation, with the original quoted below',
	// The answer is written as a draft, for its layout and attachments, and then sent.
	permissions: {
		delegated: 'Mail.ReadWrite Mail.Send',
		application: 'Mail.ReadWrite Mail.Send',
	},
	properties: replyFields,
	execute: async (input) => {
		const sent = await sendReply('createReplyAll', input);
		return [item({ success: true, ...simplifyMessage(sent, input), isDraft: false })];
	},
});
