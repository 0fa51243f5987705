import { mailboxField } from '../../../kit/fields/mailbox';
import { defineOperation, item } from '../../../kit/operation';
import { listCategories, simplifyCategory } from '../../categories';
import { simplifyField } from '../../../kit/fields/output';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many categories',
	description: 'List the categories of a mailbox with their colors',
	permissions: { delegated: 'MailboxSettings.Read', application: 'MailboxSettings.Read' },
	needs: 'outlookCategory',
	properties: [mailboxField, simplifyField],
	execute: async ({ graph, params }) => {
		const categories = await listCategories(graph, params.mailbox);
		return categories.map((category) =>
			item(params.simplify ? simplifyCategory(category) : category),
		);
	},
});
