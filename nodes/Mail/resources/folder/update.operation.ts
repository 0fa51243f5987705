import type { MailFolder } from '@microsoft/microsoft-graph-types';
import { path } from '../../../../core/graph/path';
import { mailboxField } from '../../../kit/fields/mailbox';
import { text } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { folderField } from '../../fields/folder';
import { simplifyFolder } from '../../folderOutput';

export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update a folder',
	description: 'Give a folder another name',
	permissions: { delegated: 'Mail.ReadWrite', application: 'Mail.ReadWrite' },
	properties: [
		mailboxField,
		folderField,
		text('name', { displayName: 'New Name', required: true, placeholder: 'e.g. Invoices 2026' }),
	],
	request: ({ params }) => ({
		method: 'PATCH',
		path: path`${params.mailbox}/mailFolders/${params.folder}`,
		body: { displayName: params.name },
	}),
	shape: (body) => simplifyFolder(body as MailFolder),
});
