import { mailboxField } from '../../../kit/fields/mailbox';
import { collection } from '../../../kit/fields/values';
import { defineOperation, item } from '../../../kit/operation';
import {
	attachmentsField,
	bodyField,
	bodyTypeField,
	replyOptionFields,
	toField,
} from '../../fields/content';
import { messageField } from '../../fields/message';
import { sendReply } from '../../replying';
import { simplifyMessage } from '../../simplify';

export const forward = defineOperation({
	name: 'Forward',
	value: 'forward',
	action: 'Forward a message',
	description: 'Send a message on to other people, with its attachments and a text above it',
	// The forward is written as a draft, for its layout and attachments, and then sent.
	permissions: {
		delegated: 'Mail.ReadWrite Mail.Send',
		application: 'Mail.ReadWrite Mail.Send',
	},
	properties: [
		mailboxField,
		messageField,
		toField,
		bodyTypeField,
		{
			...bodyField,
			property: { ...bodyField.property, description: 'What to write above the original' },
		},
		attachmentsField,
		collection('options', {
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: replyOptionFields,
		}),
	],
	execute: async (input) => {
		const sent = await sendReply('createForward', input);
		return [item({ success: true, ...simplifyMessage(sent, input), isDraft: false })];
	},
});
