import { defineImapOperation, imapPermissions } from '../../imap';
import { folderField, targetFolderField } from '../../fields/folder';
import { uidsField } from '../../fields/uids';
import { intoFolder } from '../../intoFolder';

export const move = defineImapOperation({
	name: 'Move',
	value: 'move',
	action: 'Move messages to another folder',
	description: 'Move messages to another folder, where they get new UIDs',
	permissions: imapPermissions,
	properties: [folderField, uidsField, targetFolderField],
	...intoFolder({
		done: 'moved',
		command: async (client, range, target) =>
			await client.messageMove(range, target, { uid: true }),
	}),
});
