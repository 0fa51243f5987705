import { path } from '../../../../core/graph/path';
import { mailboxField } from '../../../kit/fields/mailbox';
import { defineOperation } from '../../../kit/operation';
import { masterCategories } from '../../categories';
import { categoryField } from '../../fields/category';

export const deleteCategory = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a category',
	description: 'Remove a category from the list of the mailbox; messages keep its name',
	permissions: {
		delegated: 'MailboxSettings.ReadWrite',
		application: 'MailboxSettings.ReadWrite',
	},
	needs: 'outlookCategory',
	properties: [mailboxField, categoryField],
	request: ({ params }) => ({
		method: 'DELETE',
		path: path`${masterCategories(params.mailbox)}/${params.category}`,
	}),
	shape: (_, { params }) => ({ success: true, id: params.category }),
});
