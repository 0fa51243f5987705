import type { OutlookCategory } from '@microsoft/microsoft-graph-types';
import { path } from '../../../../core/graph/path';
import { mailboxField } from '../../../kit/fields/mailbox';
import { defineOperation } from '../../../kit/operation';
import { masterCategories, simplifyCategory } from '../../categories';
import { categoryField, colorField } from '../../fields/category';

export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update a category',
	description: 'Give a category another color; its name is fixed, since messages carry it',
	permissions: {
		delegated: 'MailboxSettings.ReadWrite',
		application: 'MailboxSettings.ReadWrite',
	},
	needs: 'outlookCategory',
	properties: [mailboxField, categoryField, colorField],
	request: ({ params }) => ({
		method: 'PATCH',
		path: path`${masterCategories(params.mailbox)}/${params.category}`,
		body: { color: params.color },
	}),
	shape: (body) => simplifyCategory(body as OutlookCategory),
});
