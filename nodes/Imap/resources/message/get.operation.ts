import { toggle } from '../../../kit/fields/values';
import { item } from '../../../kit/operation';
import { readMessage } from '../../content';
import { bodyField } from '../../fields/body';
import { folderField } from '../../fields/folder';
import { uidField } from '../../fields/uids';
import { defineImapOperation, imapPermissions } from '../../imap';
import { bodyOutput, overview, overviewQuery } from '../../message';
import { notFound } from '../../onMessages';

export const get = defineImapOperation({
	name: 'Get',
	value: 'get',
	action: 'Get a message',
	description: 'Read one message with its text, without marking it as read',
	permissions: imapPermissions,
	properties: [
		folderField,
		uidField,
		bodyField({ default: 'text', description: "What to return of the message's text" }),
		toggle('includeHeaders', {
			displayName: 'Include Headers',
			description: 'Whether to return all header lines too, as they were sent',
		}),
	],
	execute: async ({ imap, folders, params, signal }) => {
		const { uid, body, includeHeaders } = params;
		const folder = await folders.pathOf(params.folder);
		return await imap.inFolder(
			folder,
			async (session) => {
				const [message] = await session.run(
					async (client) => await client.fetchAll(String(uid), overviewQuery, { uid: true }),
					folder,
				);
				if (!message) throw notFound(folder, [uid], [uid]);
				const basics = overview(message, folder);
				if (body === 'none' && !includeHeaders) return [item(basics)];
				const parsed = await readMessage(session, folder, uid, signal ? { signal } : {});
				return [
					item({
						...basics,
						references: parsed.references,
						importance: parsed.importance,
						...bodyOutput(parsed, body),
						...(includeHeaders && { headers: parsed.headers }),
					}),
				];
			},
			{ readOnly: true, isRepeatable: true },
		);
	},
});
