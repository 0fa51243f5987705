import type { MessageRule } from '@microsoft/microsoft-graph-types';
import { path } from '../../../../core/graph/path';
import { ParameterError } from '../../../kit/field';
import { mailboxField } from '../../../kit/fields/mailbox';
import { text } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { ruleContentFields, ruleField, ruleOptionsField } from '../../fields/rule';
import { ruleBody } from '../../ruleBody';
import { messageRules, simplifyRule } from '../../rules';

export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update a rule',
	description:
		'Change a rule of the Inbox; conditions, exceptions and actions that are entered take the place of the old ones',
	permissions: {
		delegated: 'MailboxSettings.ReadWrite',
		application: 'MailboxSettings.ReadWrite',
	},
	needs: 'messageRule',
	properties: [
		mailboxField,
		ruleField,
		text('name', { displayName: 'New Name', description: 'Empty: the name stays' }),
		...ruleContentFields,
		ruleOptionsField,
	],
	request: ({ params }) => {
		const body: MessageRule = {
			...(params.name !== '' && { displayName: params.name }),
			...ruleBody(params),
		};
		if (Object.keys(body).length === 0) {
			throw new ParameterError('Update', 'has nothing to change', 'Enter at least one change.');
		}
		return {
			method: 'PATCH',
			path: path`${messageRules(params.mailbox)}/${params.rule}`,
			body,
		};
	},
	shape: (body) => simplifyRule(body as MessageRule),
});
