import type { Message } from '@microsoft/microsoft-graph-types';
import { type GraphPath, path } from '../../../../core/graph/path';
import type { GraphClient } from '../../../../core/graph/types';
import { AftermathError } from '../../../kit/aftermath';
import { mailboxField } from '../../../kit/fields/mailbox';
import { toggle } from '../../../kit/fields/values';
import { defineOperation, item } from '../../../kit/operation';
import { folderField } from '../../fields/folder';
import { listFolders } from '../../folders';

export const markAllRead = defineOperation({
	name: 'Mark All as Read',
	value: 'markAllRead',
	action: 'Mark all messages of a folder as read',
	description: 'Mark every unread message of a folder as read, twenty at a time',
	permissions: { delegated: 'Mail.ReadWrite', application: 'Mail.ReadWrite' },
	properties: [
		mailboxField,
		folderField,
		toggle('recursive', {
			displayName: 'Include Subfolders',
			description: 'Whether to mark the messages of folders inside of the folder too, at any depth',
		}),
	],
	execute: async ({ graph, params }) => {
		const { mailbox, folder, recursive } = params;
		const below = recursive
			? await listFolders(graph, mailbox, {
					parentId: folder,
					recursive: true,
					includeHidden: false,
				})
			: [];
		let marked = 0;
		for (const id of [folder, ...below.map((each) => each.folder.id ?? '')]) {
			marked += await markRead(graph, mailbox, id, marked);
		}
		return [item({ success: true, folderId: folder, marked })];
	},
});

async function markRead(
	graph: GraphClient,
	mailbox: GraphPath,
	folder: string,
	markedBefore: number,
): Promise<number> {
	const unread: string[] = [];
	// All ids first: pages of a filter shift under the changes.
	const pages = graph.pages<Message>(
		{
			method: 'GET',
			path: path`${mailbox}/mailFolders/${folder}/messages`,
			query: { $filter: 'isRead eq false', $select: 'id' },
		},
		{ pageSize: 1000 },
	);
	for await (const page of pages) unread.push(...page.map(({ id }) => id ?? ''));
	const outcomes = await graph.batch(
		unread.map((id) => ({
			method: 'PATCH',
			path: path`${mailbox}/messages/${id}`,
			body: { isRead: true },
		})),
	);
	const errors = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.error]));
	if (errors.length > 0) {
		const marked = markedBefore + unread.length - errors.length;
		throw new AftermathError(
			errors[0],
			`${marked} messages were marked as read, ${errors.length} were not. Run it again for those.`,
		);
	}
	return unread.length;
}
