import { ParameterError, showWhen } from '../../../kit/field';
import { recipient, recipients } from '../../../kit/fields/recipients';
import { choice, choices, collection, text, textList } from '../../../kit/fields/values';
import { imapFolder } from '../../../kit/imap/folderField';
import { item } from '../../../kit/operation';
import { composeDraft } from '../../draft';
import { defineImapOperation, imapPermissions } from '../../imap';

const fromFields = { source: ['fields'] };
const fromFile = { source: ['file'] };

export const append = defineImapOperation({
	name: 'Append',
	value: 'append',
	action: 'Append a message to a folder',
	description: 'Put a draft or an .eml file into a folder; nothing is sent',
	permissions: imapPermissions,
	properties: [
		imapFolder('folder', {
			displayName: 'Folder',
			default: { mode: 'path', value: '\\Drafts' },
		}),
		choice('source', {
			displayName: 'Message',
			options: [
				{ name: 'From a File', value: 'file', description: 'An .eml file of a binary field' },
				{ name: 'From Fields', value: 'fields', description: 'A draft that is written here' },
			],
			default: 'fields',
		}),
		showWhen(
			text('binaryField', {
				displayName: 'Input Binary Field',
				default: 'data',
				required: true,
				description: 'The name of the binary field with the .eml file',
			}),
			fromFile,
		),
		showWhen(recipients('to', { displayName: 'To' }), fromFields),
		showWhen(text('subject', { displayName: 'Subject' }), fromFields),
		showWhen(
			choice('bodyType', {
				displayName: 'Body Type',
				options: [
					{ name: 'HTML', value: 'html' },
					{ name: 'Plain Text', value: 'text' },
				],
				default: 'html',
			}),
			fromFields,
		),
		showWhen(text('body', { displayName: 'Body', rows: 5 }), fromFields),
		showWhen(
			textList('attachments', {
				displayName: 'Attachments (Binary Fields)',
				placeholder: 'e.g. data, invoice or *',
				description: 'Names of binary fields, several with commas; * stands for all of them',
			}),
			fromFields,
		),
		showWhen(
			collection('more', {
				displayName: 'More Fields',
				placeholder: 'Add Field',
				fields: [
					recipients('bcc', { displayName: 'Bcc' }),
					recipients('cc', { displayName: 'Cc' }),
					recipient('from', { displayName: 'From' }),
					text('inReplyTo', {
						displayName: 'In Reply To',
						placeholder: 'e.g. <abc@contoso.com>',
						description: 'The message ID of the message that this one answers',
					}),
					recipients('replyTo', { displayName: 'Reply To' }),
				],
			}),
			fromFields,
		),
		choices('flags', {
			displayName: 'Flags',
			options: [
				{ name: 'Draft', value: '\\Draft' },
				{ name: 'Flagged', value: '\\Flagged' },
				{ name: 'Read', value: '\\Seen' },
			],
			default: ['\\Draft', '\\Seen'],
		}),
	],
	execute: async ({ imap, folders, params, binary }) => {
		const { source, to = [], subject = '', bodyType = 'html', body = '', flags } = params;
		const { attachments = [], more = {}, binaryField = '' } = params;
		const folder = await folders.pathOf(params.folder);
		const fields = { to, subject, bodyType, body, attachments, more };
		const content =
			source === 'fields'
				? await composeDraft(fields, imap.login.mailbox, binary)
				: await fileContent();
		// Not repeated where the session dies meanwhile: a second draft would be there.
		const { uid, uidValidity } = await imap.use(async (session) =>
			session.run(async (client) => await client.append(folder, content, [...flags]), folder),
		);
		return [
			item({
				folder,
				...(uid !== undefined && { uid }),
				...(uidValidity !== undefined && { uidValidity: String(uidValidity) }),
				sizeBytes: content.length,
				flags,
			}),
		];

		async function fileContent(): Promise<Buffer> {
			const [file] = await binary.sources([binaryField], 'Input Binary Field');
			if (file && file.size > 0) return await file.buffer();
			throw new ParameterError('Input Binary Field', 'has an empty file');
		}
	},
});
