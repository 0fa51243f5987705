import type { MailFolder } from '@microsoft/microsoft-graph-types';
import { path } from '../../../../core/graph/path';
import { mailboxField } from '../../../kit/fields/mailbox';
import { defineOperation } from '../../../kit/operation';
import { folder, folderField } from '../../fields/folder';
import { simplifyFolder } from '../../folderOutput';

export const copy = defineOperation({
	name: 'Copy',
	value: 'copy',
	action: 'Copy a folder',
	description: 'Copy a folder with all that is in it into another folder of its mailbox',
	permissions: { delegated: 'Mail.ReadWrite', application: 'Mail.ReadWrite' },
	properties: [
		mailboxField,
		folderField,
		folder('destination', { displayName: 'Destination Folder' }),
	],
	request: ({ params }) => ({
		method: 'POST',
		path: path`${params.mailbox}/mailFolders/${params.folder}/copy`,
		body: { destinationId: params.destination },
	}),
	shape: (body) => simplifyFolder(body as MailFolder),
});
