import type { MessageRule } from '@microsoft/microsoft-graph-types';
import { path } from '../../../../core/graph/path';
import { mailboxField } from '../../../kit/fields/mailbox';
import { defineOperation } from '../../../kit/operation';
import { simplifyField } from '../../../kit/fields/output';
import { ruleField } from '../../fields/rule';
import { messageRules, simplifyRule } from '../../rules';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get a rule',
	description: 'Get a rule of the Inbox with its conditions, exceptions and actions',
	permissions: { delegated: 'MailboxSettings.Read', application: 'MailboxSettings.Read' },
	needs: 'messageRule',
	properties: [mailboxField, ruleField, simplifyField],
	request: ({ params }) => ({
		method: 'GET',
		path: path`${messageRules(params.mailbox)}/${params.rule}`,
	}),
	shape: (body, { params }) =>
		params.simplify ? simplifyRule(body as MessageRule) : { ...(body as object) },
});
