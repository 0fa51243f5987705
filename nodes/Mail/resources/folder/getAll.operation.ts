import { mailboxField } from '../../../kit/fields/mailbox';
import { collection, toggle } from '../../../kit/fields/values';
import { defineOperation, item } from '../../../kit/operation';
import { simplifyFolder } from '../../folderOutput';
import { listFolders } from '../../folders';
import { simplifyField } from '../../../kit/fields/output';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many folders',
	description: 'List the folders of a mailbox with their paths and numbers of messages',
	permissions: { delegated: 'Mail.ReadBasic', application: 'Mail.ReadBasic.All' },
	properties: [
		mailboxField,
		toggle('recursive', {
			displayName: 'Include Subfolders',
			default: true,
			description: 'Whether to list folders inside of folders too, at any depth',
		}),
		simplifyField,
		collection('options', {
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: [
				toggle('includeHidden', {
					displayName: 'Include Hidden',
					description: 'Whether to list folders that Outlook does not show',
				}),
			],
		}),
	],
	execute: async ({ graph, params }) => {
		const { recursive, options } = params;
		const { includeHidden = false } = options;
		const folders = await listFolders(graph, params.mailbox, { recursive, includeHidden });
		return folders.map(({ folder, path }) =>
			item(params.simplify ? { ...simplifyFolder(folder), path } : { ...folder, path }),
		);
	},
});
