import { mailboxField } from '../../../kit/fields/mailbox';
import { defineOperation, item } from '../../../kit/operation';
import { simplifyField } from '../../../kit/fields/output';
import { listRules, simplifyRule } from '../../rules';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many rules',
	description: 'List the rules of the Inbox in the order in which Exchange applies them',
	permissions: { delegated: 'MailboxSettings.Read', application: 'MailboxSettings.Read' },
	needs: 'messageRule',
	properties: [mailboxField, simplifyField],
	execute: async ({ graph, params }) => {
		const rules = await listRules(graph, params.mailbox);
		return rules.map((rule) => item(params.simplify ? simplifyRule(rule) : rule));
	},
});
