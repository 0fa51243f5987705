import type { MailFolder } from '@microsoft/microsoft-graph-types';
import { path } from '../../../../core/graph/path';
import { mailboxField } from '../../../kit/fields/mailbox';
import { defineOperation } from '../../../kit/operation';
import { folderField } from '../../fields/folder';
import { simplifyField } from '../../../kit/fields/output';
import { simplifyFolder } from '../../folderOutput';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get a folder',
	description: 'Get a folder with its numbers of messages, unread messages and subfolders',
	permissions: { delegated: 'Mail.ReadBasic', application: 'Mail.ReadBasic.All' },
	batchable: true,
	properties: [mailboxField, folderField, simplifyField],
	request: ({ params }) => ({
		method: 'GET',
		path: path`${params.mailbox}/mailFolders/${params.folder}`,
	}),
	shape: (body, { params }) =>
		params.simplify ? simplifyFolder(body as MailFolder) : { ...(body as object) },
});
