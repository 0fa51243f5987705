import type { MessageRule } from '@microsoft/microsoft-graph-types';
import { ParameterError } from '../../../kit/field';
import { mailboxField } from '../../../kit/fields/mailbox';
import { text } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { ruleContentFields, ruleOptionsField } from '../../fields/rule';
import { ruleBody } from '../../ruleBody';
import { messageRules, simplifyRule } from '../../rules';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create a rule',
	description: 'Make Exchange treat incoming messages of the Inbox by conditions and actions',
	permissions: {
		delegated: 'MailboxSettings.ReadWrite',
		application: 'MailboxSettings.ReadWrite',
	},
	needs: 'messageRule',
	properties: [
		mailboxField,
		text('name', {
			displayName: 'Name',
			required: true,
			placeholder: 'e.g. Invoices to Accounting',
		}),
		...ruleContentFields,
		ruleOptionsField,
	],
	request: ({ params }) => {
		const { sequence = 1, isEnabled = true, ...parts } = ruleBody(params);
		if (Object.keys(parts.actions ?? {}).length === 0) {
			throw new ParameterError('Actions', 'is empty', 'Add an action, or choose a folder.');
		}
		return {
			method: 'POST',
			path: messageRules(params.mailbox),
			body: { displayName: params.name, sequence, isEnabled, ...parts },
		};
	},
	shape: (body) => simplifyRule(body as MessageRule),
});
