import { text } from '../../../kit/fields/values';
import { imapFolder } from '../../../kit/imap/folderField';
import { item } from '../../../kit/operation';
import { folderOutput } from '../../folderOutput';
import { pathUnder } from '../../folderName';
import { defineImapOperation, imapPermissions } from '../../imap';

export const rename = defineImapOperation({
	name: 'Rename',
	value: 'rename',
	action: 'Rename a folder',
	description: 'Give a folder another name; its messages and subfolders stay in it',
	permissions: imapPermissions,
	properties: [
		imapFolder('folder', { displayName: 'Folder' }),
		text('newName', { displayName: 'New Name', required: true, placeholder: 'e.g. Invoices 2026' }),
	],
	execute: async ({ imap, folders, params }) => {
		const { path, parentPath, delimiter } = await folders.find(params.folder);
		const newPath = pathUnder(parentPath, params.newName, delimiter, 'New Name');
		await imap.use(async (session) =>
			session.run(async (client) => await client.mailboxRename(path, newPath), newPath),
		);
		folders.forget();
		return [item({ ...folderOutput(await folders.find(newPath)), oldPath: path })];
	},
});
