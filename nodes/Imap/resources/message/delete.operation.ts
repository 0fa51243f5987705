import { uidSet } from '../../../../core/mail/uidSet';
import { choice } from '../../../kit/fields/values';
import { defineImapOperation, imapPermissions } from '../../imap';
import { folderField } from '../../fields/folder';
import { uidsField } from '../../fields/uids';
import { place, presentUids } from '../../intoFolder';
import { type MessagesParams, onMessages } from '../../onMessages';

interface DeleteParams extends MessagesParams {
	readonly how: 'trash' | 'permanent';
	/** The folder of deleted items. */
	readonly trash?: string;
}

export const deleteMessages = defineImapOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete messages',
	description: 'Move messages to the deleted items, or remove them for good',
	permissions: imapPermissions,
	properties: [
		folderField,
		uidsField,
		choice('how', {
			displayName: 'How',
			options: [
				{ name: 'Move to Deleted Items', value: 'trash' },
				{
					name: 'Delete Permanently',
					value: 'permanent',
					description: 'An admin can get them back from Exchange for some days',
				},
			],
			default: 'trash',
		}),
	],
	...onMessages<DeleteParams>({
		done: 'deleted',
		isRepeatable: false,
		prepare: async ({ params, folders }) =>
			params.how === 'permanent' ? params : { ...params, trash: await folders.pathOf('\\Trash') },
		command: async ({ session, mailbox, uids, params: { trash } }) => {
			const folder = mailbox.path;
			// What is in the deleted items already has nowhere further to go.
			if (trash !== undefined && trash !== folder) {
				return await place(
					session,
					folder,
					uids,
					trash,
					async (client, range, target) => await client.messageMove(range, target, { uid: true }),
				);
			}
			const present = await presentUids(session, folder, uids);
			if (present.length > 0) {
				await session.run(
					async (client) => await client.messageDelete(uidSet(present), { uid: true }),
					folder,
				);
			}
			return new Map(present.map((uid) => [uid, { deleted: true }]));
		},
	}),
});
