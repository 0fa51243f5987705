import { imapFolder } from '../../../kit/imap/folderField';
import { item } from '../../../kit/operation';
import { defineImapOperation, imapPermissions } from '../../imap';

export const deleteFolder = defineImapOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete a folder',
	description: 'Remove a folder with all messages in it, for good',
	permissions: imapPermissions,
	properties: [imapFolder('folder', { displayName: 'Folder' })],
	execute: async ({ imap, folders, params }) => {
		const { path } = await folders.find(params.folder);
		await imap.use(async (session) =>
			session.run(async (client) => await client.mailboxDelete(path), path),
		);
		folders.forget();
		return [item({ path, deleted: true })];
	},
});
