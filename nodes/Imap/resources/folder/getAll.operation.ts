import { folderFrom } from '../../../../core/mail/folderTree';
import { text, toggle } from '../../../kit/fields/values';
import { limitField, returnAllField } from '../../../kit/fields/output';
import { item } from '../../../kit/operation';
import { folderOutput, statusOutput, statusQuery } from '../../folderOutput';
import { defineImapOperation, imapPermissions } from '../../imap';

export const getAll = defineImapOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many folders',
	description: 'List the folders of the mailbox with their whole paths',
	permissions: imapPermissions,
	properties: [
		returnAllField,
		limitField,
		text('nameContains', {
			displayName: 'Name Contains',
			description: 'Empty: all folders',
		}),
		toggle('includeCounts', {
			displayName: 'Include Counts',
			description: 'Whether to count messages and unread messages of each folder too',
		}),
	],
	execute: async ({ imap, params }) => {
		const { nameContains, includeCounts, limit = Infinity } = params;
		const wanted = nameContains.trim().toLowerCase();
		const listed = await imap.use(
			async (session) =>
				session.run(
					async (client) => await client.list(includeCounts ? { statusQuery } : undefined),
				),
			{ isRepeatable: true },
		);
		return listed
			.filter(({ name }) => name.toLowerCase().includes(wanted))
			.slice(0, limit)
			.map((entry) =>
				item({
					...folderOutput(folderFrom(entry)),
					...(entry.status && statusOutput(entry.status)),
				}),
			);
	},
});
