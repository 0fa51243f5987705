import type { OutlookCategory } from '@microsoft/microsoft-graph-types';
import { mailboxField } from '../../../kit/fields/mailbox';
import { text } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { masterCategories, simplifyCategory } from '../../categories';
import { colorField } from '../../fields/category';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create a category',
	description: 'Add a category with a color to the list of the mailbox',
	permissions: {
		delegated: 'MailboxSettings.ReadWrite',
		application: 'MailboxSettings.ReadWrite',
	},
	needs: 'outlookCategory',
	properties: [
		mailboxField,
		text('name', {
			displayName: 'Name',
			required: true,
			placeholder: 'e.g. Invoices',
			description: 'Unique in the mailbox, and fixed afterwards',
		}),
		colorField,
	],
	request: ({ params }) => ({
		method: 'POST',
		path: masterCategories(params.mailbox),
		body: { displayName: params.name, color: params.color },
	}),
	shape: (body) => simplifyCategory(body as OutlookCategory),
});
