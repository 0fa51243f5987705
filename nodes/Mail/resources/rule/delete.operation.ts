import { path } from '../../../../core/graph/path';
import { mailboxField } from '../../../kit/fields/mailbox';
import { defineOperation } from '../../../kit/operation';
import { ruleField } from '../../fields/rule';
import { messageRules } from '../../rules';

export const deleteRule = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a rule',
	description: 'Remove a rule of the Inbox for good',
	permissions: {
		delegated: 'MailboxSettings.ReadWrite',
		application: 'MailboxSettings.ReadWrite',
	},
	needs: 'messageRule',
	properties: [mailboxField, ruleField],
	request: ({ params }) => ({
		method: 'DELETE',
		path: path`${messageRules(params.mailbox)}/${params.rule}`,
	}),
	shape: (_, { params }) => ({ success: true, id: params.rule }),
});
