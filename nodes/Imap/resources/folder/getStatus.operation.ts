import { item } from '../../../kit/operation';
import { folderField } from '../../fields/folder';
import { statusOutput, statusQuery } from '../../folderOutput';
import { defineImapOperation, imapPermissions } from '../../imap';

export const getStatus = defineImapOperation({
	name: 'Get Status',
	value: 'getStatus',
	action: 'Get the status of a folder',
	description: 'Count the messages and unread messages of a folder without opening it',
	permissions: imapPermissions,
	properties: [folderField],
	execute: async ({ imap, folders, params }) => {
		const path = await folders.pathOf(params.folder);
		const status = await imap.use(
			async (session) =>
				session.run(async (client) => await client.status(path, statusQuery), path),
			{ isRepeatable: true },
		);
		return [item({ path, ...statusOutput(status) })];
	},
});
