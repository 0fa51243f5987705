import { defineImapOperation, imapPermissions } from '../../imap';
import { folderField, targetFolderField } from '../../fields/folder';
import { uidsField } from '../../fields/uids';
import { intoFolder } from '../../intoFolder';

export const copy = defineImapOperation({
	name: 'Copy',
	value: 'copy',
	action: 'Copy messages to another folder',
	description: 'Put copies of messages into another folder',
	permissions: imapPermissions,
	properties: [folderField, uidsField, targetFolderField],
	...intoFolder({
		done: 'copied',
		command: async (client, range, target) =>
			await client.messageCopy(range, target, { uid: true }),
	}),
});
