import { path } from '../../../../core/graph/path';
import { mailboxField } from '../../../kit/fields/mailbox';
import { defineOperation } from '../../../kit/operation';
import { folderField } from '../../fields/folder';

export const deleteFolder = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a folder',
	description:
		'Move a folder with all that is in it to Deleted Items; one that is in there already is gone for good',
	permissions: { delegated: 'Mail.ReadWrite', application: 'Mail.ReadWrite' },
	properties: [mailboxField, folderField],
	request: ({ params }) => ({
		method: 'DELETE',
		path: path`${params.mailbox}/mailFolders/${params.folder}`,
		// The second time it would remove the folder from Deleted Items for good.
		repeatable: false,
	}),
	shape: (_, { params }) => ({ success: true, id: params.folder }),
});
