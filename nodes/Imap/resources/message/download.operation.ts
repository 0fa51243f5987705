import { emlFileName } from '../../../kit/attachments/download';
import { text } from '../../../kit/fields/values';
import { withSource } from '../../content';
import { folderField } from '../../fields/folder';
import { uidField } from '../../fields/uids';
import { defineImapOperation, imapPermissions } from '../../imap';
import { overview, overviewQuery } from '../../message';
import { notFound } from '../../onMessages';

export const download = defineImapOperation({
	name: 'Download',
	value: 'download',
	action: 'Download a message as a file',
	description:
		'Put a whole message with its headers and attachments into a binary field, as an .eml file (MIME)',
	permissions: imapPermissions,
	properties: [
		folderField,
		uidField,
		text('binaryField', {
			displayName: 'Put Output File in Field',
			default: 'data',
			required: true,
			description: 'The name of the binary field for the file',
		}),
		text('fileName', {
			displayName: 'File Name',
			placeholder: 'e.g. {{ $json.uid }}.eml',
			description: "Empty: the message's subject",
		}),
	],
	execute: async ({ imap, folders, params, binary }) => {
		const { uid, binaryField } = params;
		const folder = await folders.pathOf(params.folder);
		return await imap.inFolder(
			folder,
			async (session) => {
				const [message] = await session.run(
					async (client) => await client.fetchAll(String(uid), overviewQuery, { uid: true }),
					folder,
				);
				if (!message) throw notFound(folder, [uid], [uid]);
				const fileName = emlFileName(params.fileName || message.envelope?.subject);
				const file = await withSource(session, folder, uid, async (source) =>
					binary.store(source, fileName, 'message/rfc822'),
				);
				return [
					{
						json: { ...overview(message, folder), fileName } as never,
						binary: { [binaryField]: file },
					},
				];
			},
			{ readOnly: true, isRepeatable: true },
		);
	},
});
