import type { IBinaryKeyData } from 'n8n-workflow';
import type { AttachmentInfo } from '../../../../core/mail/parsedMessage';
import { fitting } from '../../../kit/attachments/download';
import {
	fieldPrefixOption,
	includeInlineOption,
	namePatternsOption,
} from '../../../kit/attachments/fields';
import { collection, textList } from '../../../kit/fields/values';
import { readMessage } from '../../content';
import { folderField } from '../../fields/folder';
import { uidField } from '../../fields/uids';
import { defineImapOperation, imapPermissions } from '../../imap';

export const downloadAttachments = defineImapOperation({
	name: 'Download Attachments',
	value: 'downloadAttachments',
	action: 'Download the attachments of a message',
	description:
		'Put the attachments of a message into binary fields, attached messages as .eml files',
	permissions: imapPermissions,
	properties: [
		folderField,
		uidField,
		collection('options', {
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: [
				fieldPrefixOption,
				includeInlineOption('logos in signatures'),
				namePatternsOption('*.pdf, invoice-*'),
				textList('contentTypes', {
					displayName: 'Types',
					placeholder: 'e.g. application/pdf, image/*',
					description:
						'Download only files of such a MIME type; an attached message is message/rfc822',
				}),
			],
		}),
	],
	execute: async ({ imap, folders, params, binary, signal }) => {
		const { uid, options } = params;
		const { fieldPrefix = 'data_', includeInline = false } = options;
		const nameFits = fitting(options.namePatterns ?? []);
		const typeFits = fitting(options.contentTypes ?? []);
		const isWanted = ({ fileName, contentType, isInline }: AttachmentInfo): boolean =>
			(includeInline || !isInline) && nameFits(fileName) && typeFits(contentType);
		const folder = await folders.pathOf(params.folder);
		return await imap.inFolder(
			folder,
			async (session) => {
				const files: IBinaryKeyData = {};
				const fields = new Map<number, string>();
				const message = await readMessage(session, folder, uid, {
					...(signal && { signal }),
					onAttachment: async (info, content) => {
						if (!isWanted(info)) return;
						const field = `${fieldPrefix}${fields.size}`;
						files[field] = await binary.store(content, info.fileName, info.contentType);
						fields.set(info.index, field);
					},
				});
				const attachments = message.attachments
					.filter(({ index }) => fields.has(index))
					.map(({ index, fileName, contentType, size, isInline }) => ({
						fileName,
						contentType,
						sizeBytes: size,
						isInline,
						field: fields.get(index) ?? '',
					}));
				return [
					{
						json: { uid, folder, subject: message.subject, attachments },
						binary: files,
					},
				];
			},
			{ readOnly: true, isRepeatable: true },
		);
	},
});
